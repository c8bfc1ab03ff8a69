import { describe, expect, it } from 'vitest';
import { entryPriceLine, evaluateConditions, type ConditionInput } from '../../../transforms/duty/conditions.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';

const decide = (text: string, over: Partial<ConditionInput> = {}) =>
  evaluateConditions(parseTaricDuty(text).conditions, { certificates: [], quantities: [], ...over });
const price = (name: string, amount: string, unit = 'DTN', currency = 'EUR') => [{ name, amount, currency, unit }];

describe('evaluateConditions', () => {
  const company = 'Cond: A cert: D-017 (01):0.000 % ; A cert: D-008 (01):28.200 % ; A (01):33.400 %';

  it('takes the first line whose document is held, else the rest', () => {
    expect(decide(company, { certificates: ['D008'] })).toMatchObject({
      status: 'duty',
      duty: { rate: '0.282' },
      alternatives: ['D017'],
    });
    expect(decide(company)).toMatchObject({ status: 'duty', duty: { rate: '0.334' }, alternatives: ['D017', 'D008'] });
  });

  it('reads lines in sequence, however they are stored', () => {
    const conditions = parseTaricDuty(company).conditions.toReversed();
    expect(evaluateConditions(conditions, { certificates: ['D017', 'D008'], quantities: [] })).toMatchObject({
      duty: { rate: '0' },
    });
  });

  it('joins different codes with and', () => {
    const both = '7.000 % Cond:  B cert: C-001 (27):; B (08):; C cert: C-002 (27):; C (07):';
    expect(decide(both, { certificates: ['C001', 'C002'] })).toMatchObject({ status: 'duty', duty: null });
    expect(decide(both, { certificates: ['C001'] }).status).toBe('not_applicable');
    expect(decide(both, { certificates: ['C002'] })).toMatchObject({ status: 'not_allowed', alternatives: ['C001'] });
    // What may not come in is no longer asked whether a measure applies.
    expect(decide(both).status).toBe('not_allowed');
  });

  it('knows a waiver from a licence', () => {
    const control = 'Cond:  Y cert: L-139 (29):; Y cert: Y-926 (29):; Y (09):';
    expect(decide(control)).toMatchObject({ status: 'not_allowed', alternatives: ['L139', 'Y926'] });
    expect(decide(control, { certificates: ['Y926'] })).toMatchObject({ status: 'allowed', waivers: ['Y926'] });
    expect(decide(control, { certificates: ['L139'] })).toMatchObject({ status: 'allowed', waivers: [] });
  });

  const entry =
    'Cond:  V 52.600 EUR/DTN(01):12.000 % ; V 51.500 EUR/DTN(01):12.000 % + 1.100 EUR DTN ; V 0.000 EUR/DTN(01):12.000 % + 29.800 EUR DTN';

  it('selects by entry price, and at the threshold itself', () => {
    expect(decide(entry, { measured: price('entry_price', '52.6') }).lines.map((line) => line.sequence)).toEqual([1]);
    expect(decide(entry, { measured: price('entry_price', '52.59') }).lines.map((line) => line.sequence)).toEqual([2]);
    expect(
      decide(entry, { measured: price('entry_price', '514.9', 'TNE') }).lines.map((line) => line.sequence),
    ).toEqual([3]);
    expect(
      entryPriceLine(parseTaricDuty(entry).conditions, { amount: '60', currency: 'EUR', unit: 'DTN' })?.duty_expression,
    ).toBe('12.000 %');
  });

  it('never picks a line without the price', () => {
    expect(decide(entry)).toMatchObject({ status: 'undetermined', duty: null, lines: [], missing: ['entry_price'] });
    expect(decide(entry, { measured: price('entry_price', '60', 'NAR') }).missing).toEqual(['entry_price:DTN']);
    expect(decide(entry, { measured: price('entry_price', '60', 'DTN', 'GBP') }).missing).toEqual([
      'exchange_rate:GBP:EUR',
    ]);
    expect(decide(entry, { measured: price('entry_price', '60', 'DTN', 'GBP'), exchange: () => '1.2' }).status).toBe(
      'duty',
    );
  });

  it('charges the difference to the declared price under action 11', () => {
    const minimum =
      'Cond: M 1,536.000 EUR/TNE(01):0.000 EUR TNE ; M 1,264.200 EUR/TNE(11):1,536.000 EUR TNE ; M 0.000 EUR/TNE(01):21.500 %';
    expect(decide(minimum, { measured: price('declared_price', '1300', 'TNE') }).duty).toMatchObject({
      op: 'difference',
      from: { amount: '1536' },
      less: { amount: '1300', unit: 'TNE' },
    });
    expect(decide(minimum, { measured: price('declared_price', '1000', 'TNE') }).duty).toMatchObject({ rate: '0.215' });
  });

  it('lets a small quantity pass without the document', () => {
    const small = 'Cond:  E cert: N-853 (29):; E 25.000/KGM(29):; E (09):';
    expect(decide(small, { quantities: [{ unit: 'DTN', amount: '0.2' }] }).status).toBe('allowed');
    expect(decide(small, { quantities: [{ unit: 'KGM', amount: '25.1' }] }).status).toBe('not_allowed');
    expect(decide(small)).toMatchObject({ status: 'undetermined', missing: ['quantity:KGM'] });
    expect(decide(small, { certificates: ['N853'] }).status).toBe('allowed');
  });

  it('a line that names a document and a threshold wants both', () => {
    const both = 'Cond: M cert: D-008 50.000 EUR/DTN(01):1.000 % ; M (01):9.000 %';
    const rate = (certificates: string[], amount: string) =>
      decide(both, { certificates, measured: price('declared_price', amount) }).duty;
    expect(rate(['D008'], '50')).toMatchObject({ rate: '0.01' });
    expect(rate(['D008'], '49.99')).toMatchObject({ rate: '0.09' });
    expect(rate([], '50')).toMatchObject({ rate: '0.09' });
  });

  it('compares a ratio of net weight to the supplementary unit', () => {
    const ratio = 'Cond: R 160.001/KGM(10):; R 80.001/KGM(28):; R 0.000/KGM(10):';
    const weigh = (amount: string) =>
      decide(ratio, { measured: [{ name: 'weight_per_supplementary_unit', amount, currency: null, unit: 'KGM' }] })
        .status;
    expect([weigh('200'), weigh('100'), weigh('50')]).toEqual(['not_allowed', 'allowed', 'not_allowed']);
  });

  it('reaches every line, wherever it is printed: the rest last, the higher minimum first', () => {
    const restFirst = 'Cond: A (01):33.400 % ; A cert: D-008 (01):28.200 %';
    expect(decide(restFirst, { certificates: ['D008'] }).duty).toMatchObject({ rate: '0.282' });
    expect(decide(restFirst).duty).toMatchObject({ rate: '0.334' });
    const rising = 'Cond: V 0.000 EUR/DTN(01):30.000 % ; V 50.000 EUR/DTN(01):20.000 % ; V 60.000 EUR/DTN(01):10.000 %';
    const rate = (amount: string) => decide(rising, { measured: price('entry_price', amount) }).duty;
    expect([rate('60'), rate('59.99'), rate('49.99')]).toMatchObject([
      { rate: '0.1' },
      { rate: '0.2' },
      { rate: '0.3' },
    ]);
    // Documents keep their order: of two that are held the first printed decides.
    const both = 'Cond: A cert: D-017 (01):0.000 % ; A (01):33.400 % ; A cert: D-018 (01):28.200 %';
    expect(decide(both, { certificates: ['D018', 'D017'] }).duty).toMatchObject({ rate: '0' });
  });

  it('leaves open what it does not know', () => {
    expect(decide('Cond: J 4.999/KGM(28):; J 0.000/KGM(21):')).toMatchObject({
      status: 'undetermined',
      reason: 'condition_code_unknown:J',
    });
    expect(decide('Cond: B cert: A-007 (36):; B (08):', { certificates: ['A007'] }).reason).toBe(
      'action_code_unknown:36',
    );
    expect(decide('Cond: B cert: A-007 (28):').reason).toBe('no_line_met:B');
    // A line that cannot be read may be an alternative to the one that refuses, or a threshold above the one that is met.
    for (const text of [
      'Cond: Y cert: L-139 (29):; Y proof L-140 29; Y (09):',
      'Cond: V 60,5,1 EUR/DTN(01):5.000 % ; V 50.000 EUR/DTN(01):10.000 %',
    ]) {
      expect(
        decide(text, { measured: [{ name: 'entry_price', amount: '70', currency: 'EUR', unit: 'DTN' }] }),
      ).toMatchObject({ status: 'undetermined', reason: 'condition_not_understood', lines: [] });
    }
  });

  it('has nothing against a measure without conditions', () => {
    expect(evaluateConditions([], { certificates: [], quantities: [] }).status).toBe('allowed');
  });
});
