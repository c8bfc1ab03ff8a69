import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseAnswer } from './case-answer.ts';
import { goldenCase } from './stated-case.ts';
import type { MeursingRow } from '../../transforms/duty/meursing.ts';

const TABLES: MeursingRow[] = [
  ['674', '1011', 1, '40'],
  ['674', 'AA', 1, '30'],
  ['674', 'AA', 2, '20'],
].map(([measure_type, geographical_area, reduction_indicator, amount]) => ({
  measure_type: measure_type as MeursingRow['measure_type'],
  additional_code: '476',
  geographical_area: String(geographical_area),
  reduction_indicator: Number(reduction_indicator),
  amount: String(amount),
}));

const answer = (fields: object) =>
  caseAnswer(
    goldenCase.parse({
      id: 'a',
      kind: 'expression',
      jurisdiction: 'EU',
      currency: 'EUR',
      customs_value: '1000',
      ...fields,
    }),
    TABLES,
  );
const amount = (fields: object) => answer(fields).amount;
const refusal = (fields: object) => {
  const { amount, rounded, lines, reason } = answer(fields);
  expect([amount, rounded, lines]).toEqual([null, null, []]);
  return reason;
};

describe('a value that is not stated', () => {
  const compound = '0.000 % + 10.000 EUR DTN';

  it('has no influence where no share of it is asked for', () => {
    const quantities = { KGM: '250' };
    expect(amount({ expression: compound, customs_value: null, quantities })).toBe('25');
    expect(amount({ expression: '0.000 %', customs_value: undefined })).toBe('0');
    const line = 'Cond: B cert: Y-155 (01):8.000 EUR TNE ; B (01):6.000 %';
    const held = { certificates: ['Y155'] };
    expect(amount({ kind: 'condition', expression: line, customs_value: null, quantities, inputs: held })).toBe('2');
    expect(amount({ kind: 'at_risk', customs_value: null, inputs: { uk_duty: '5', eu_duty: '4' } })).toBe('5');
  });

  it('is missed where one is, and where a price would follow from it', () => {
    expect(
      refusal({ expression: '5.000 % MIN 1.000 EUR DTN', customs_value: null, quantities: { KGM: '250' } }),
    ).toContain('customs_value');
    const minimum =
      'Cond: M 20.000 EUR/DTN(01):0.000 % ; M 10.000 EUR/DTN(11):20.000 EUR DTN ; M 0.000 EUR/DTN(01):0.000 %';
    const asked = { kind: 'price_condition', expression: minimum, quantities: { KGM: '1000' } };
    expect(refusal({ ...asked, customs_value: null })).toContain('customs_value');
    expect(amount({ ...asked, customs_value: '150' })).toBe('50');
    expect(amount({ ...asked, customs_value: null, inputs: { price_per_dtn: '15' } })).toBe('50');
  });
});

describe('prices', () => {
  const frontier = 'Cond: F 325.000 EUR/MIL(01):0.000 EUR MIL ; F 0.000 EUR/MIL(11):325.000 EUR MIL';
  const minimum = 'Cond: M 400.000 EUR/TNE(01):0.000 EUR TNE ; M 0.000 EUR/TNE(11):400.000 EUR TNE';
  const price = (expression: string, inputs: object, quantities: object = { KGM: '5000', NAR: '4000' }) =>
    amount({ kind: 'price_condition', expression, inputs, quantities });

  it('are compared in the unit they are stated for', () => {
    expect(price(frontier, { price_per_mil: '325' })).toBe('0');
    expect(price(frontier, { free_at_frontier_price_per_mil: 300 })).toBe('100');
    expect(price(frontier, { price_per_nar: '0.3' })).toBe('100');
    const spelled = [
      'price_per_tne',
      'price_per_tonne',
      'price_per_1000kg',
      'price_eur_per_tne',
      'declared_price_per_t',
    ];
    for (const key of spelled) expect([key, price(minimum, { [key]: '390' })]).toEqual([key, '50']);
    for (const key of ['price_per_dtn', 'price_per_100kg', 'price_per_100_kg']) {
      expect([key, price(minimum, { [key]: '39' })]).toEqual([key, '50']);
    }
    const must = 'Cond: V 50.000 EUR/HLT(01):0.000 % ; V 0.000 EUR/HLT(01):7.000 EUR HLT';
    expect(price(must, { import_price_per_hlt: '49.99' }, { LTR: '200' })).toBe('14');
  });

  it('that cannot be read are named, and nothing is taken in their place', () => {
    for (const inputs of [
      { price_per_tne: '1,390' },
      { price_per_tne: 'dear' },
      { cif_price: '39' },
      { price_per_parsec: '3' },
    ]) {
      const [key = ''] = Object.keys(inputs);
      expect(refusal({ kind: 'price_condition', expression: minimum, inputs, quantities: { KGM: '5000' } })).toContain(
        `inputs.${key}`,
      );
    }
  });
});

describe('documents', () => {
  const expression = 'Cond: A cert: D-017 (01):0.000 % ; A cert: D-018 (01):20.000 % ; A (01):30.000 %';
  const held = (certificates: unknown) => amount({ kind: 'condition', expression, inputs: { certificates } });

  it('are read as a list or a text, in any spelling; none where nothing is said', () => {
    expect([held(['D018']), held('d-018'), held('X999, D018'), held(['D018', 'D017'])]).toEqual([
      '200',
      '200',
      '200',
      '0',
    ]);
    expect([held([]), held(''), held(null), held(undefined), held(['X999'])]).toEqual([
      '300',
      '300',
      '300',
      '300',
      '300',
    ]);
    expect(refusal({ kind: 'condition', expression, inputs: { certificates: [{ code: 'D018' }] } })).toContain(
      'inputs.certificates',
    );
  });

  it('of a line that cannot be read leave no line to another', () => {
    expect(refusal({ kind: 'condition', expression: expression.replace('D-018', 'D/018') })).toContain('expression');
  });
});

describe('numbers and units', () => {
  it('in other hands are the same', () => {
    const expression = '10.000 % + 4.000 EUR DTN E';
    const written = [
      { customs_value: 1234.5, quantities: { KGM_E: 250 } },
      { customs_value: '1,234.50', quantities: { 'kgm-e': '250' } },
      { customs_value: '1234,5', quantities: { DTN_E: '2,5' }, currency: 'eur', jurisdiction: null },
    ];
    for (const fields of written) expect(amount({ expression, ...fields })).toBe('133.45');
  });

  it('that can be read in two ways are named', () => {
    expect(refusal({ expression: '10.000 %', customs_value: '1,234' })).toContain('customs_value');
    expect(refusal({ expression: '10.000 EUR DTN', quantities: { KGM: '1,234' } })).toContain('quantities.KGM');
    expect(refusal({ expression: '10.000 EUR DTN', quantities: { KGM: -5 } })).toContain('quantities.KGM');
    expect(refusal({ expression: '10.000 EUR DTN', quantities: { KGM_E: '5' } })).toContain('quantity:DTN');
    expect(refusal({ kind: 'total', inputs: { lines: ['1', null] } })).toContain('inputs.lines');
    expect(refusal({ kind: 'total', inputs: {} })).toContain('inputs.lines');
    expect(refusal({ kind: 'at_risk', inputs: { uk_duty: '3' } })).toContain('inputs.eu_duty');
  });

  it('of a currency need its rate, either way round', () => {
    const asked = {
      kind: 'currency',
      currency: 'GBP',
      jurisdiction: 'UK',
      expression: '8.000 EUR DTN',
      quantities: { KGM: '100' },
    };
    const rates = [{ eur_to_gbp: '0.8' }, { gbp_per_eur: 0.8 }, { gbp_to_eur: '1.25' }, { exchange_rate: '0,8' }];
    for (const inputs of rates) expect(amount({ ...asked, inputs })).toBe('6.4');
    expect(refusal(asked)).toContain('exchange_rate:EUR');
  });
});

describe('the date', () => {
  const expression = '15.00% (01 JAN-14 FEB, 16 JUN-31 DEC), 0.00% (15 FEB-15 JUN)';

  it('decides a seasonal duty, and is not taken for another where it is not stated', () => {
    expect(amount({ expression, inputs: { date: '2026-06-15' } })).toBe('0');
    expect(amount({ expression, inputs: { date: '2026-06-16' } })).toBe('150');
    expect(refusal({ expression })).toContain('inputs.date');
    expect(refusal({ expression, inputs: { date: '16/06/2026' } })).toContain('inputs.date');
    expect(amount({ expression: '10.000 %', inputs: { date: '16/06/2026' } })).toBe('100');
  });
});

describe('Meursing', () => {
  const ask = (inputs: object, expression = '1.000 % + EAR') =>
    answer({ kind: 'meursing', expression, quantities: { KGM: '200' }, inputs });

  it('takes the reduced amounts of the area and its indicator, the full ones for all', () => {
    const of = { meursing_code: '7476', origin_or_group: 'AA' };
    expect(ask({ ...of, reduction_indicator: 2 }).amount).toBe('50');
    expect(ask({ meursing_code: 476, origin: 'aa', reduction_indicator: '1' }).amount).toBe('70');
    expect(ask({ ...of, reduction_indicator: 2 }, '1.000 % + EA').amount).toBe('90');
  });

  it('has no amount without them', () => {
    const of = { meursing_code: '7476', origin_or_group: 'AA', reduction_indicator: 2 };
    expect(ask({ ...of, reduction_indicator: 3 }).amount).toBeNull();
    expect(ask({ ...of, reduction_indicator: null }).amount).toBeNull();
    expect(ask({ ...of, origin_or_group: 'BB' }).amount).toBeNull();
    expect(ask({ ...of, meursing_code: '7999' }).amount).toBeNull();
    expect(ask({ ...of, meursing_code: 'about 476' }).reason).toContain('inputs.meursing_code');
  });
});

describe('taxes', () => {
  const gb = { kind: 'excise', jurisdiction: 'UK', currency: 'GBP', customs_value: null };

  it('of a small producer are times its relief, whatever they are measured by', () => {
    const inputs = { spr_discount: '2' };
    const small = (unit: string, quantities: object, given: object = inputs) =>
      answer({ ...gb, expression: `1.500 GBP ${unit}, small producer discount`, quantities, inputs: given });
    expect(small('LPA', { LPA: '10' }).amount).toBe('30');
    expect(small('LPA', { LTR: '100', ASV: '10' }).amount).toBe('30');
    expect(small('ASV X', { LTR: '1000', ASV: '4' }).amount).toBe('120');
    expect(small('HLT', { LTR: '1000' }, {}).reason).toContain('spr_discount');
    expect(small('LPA', { LPA: '10' }, {}).reason).toContain('small_producer_relief');
  });

  it('on a retail price keep their minimum', () => {
    const expression = '16.500 % RET + 200.000 GBP MIL MIN 300.000 GBP MIL';
    const cigarettes = (retail_price: string) =>
      amount({ ...gb, expression, quantities: { NAR: '1000' }, inputs: { retail_price } });
    expect([cigarettes('1000'), cigarettes('500')]).toEqual(['365', '300']);
  });

  it('are on the value and every duty', () => {
    const vat = { kind: 'vat', expression: '20.000 %', customs_value: '1000' };
    expect([
      amount({ ...vat, inputs: { vat_base: '1500' } }),
      amount({ ...vat, inputs: { lines: ['300', 50] } }),
    ]).toEqual(['300', '270']);
  });
});

describe('a stack', () => {
  const list = (...rows: [type: string, duty: string, additional_code?: string][]) =>
    rows.map(([type, duty, additional_code]) => ({ type, duty, ...(additional_code ? { additional_code } : {}) }));
  const stack = (measures: object[], inputs: object = {}, fields: object = {}) =>
    answer({
      kind: 'stack',
      jurisdiction: 'UK',
      currency: 'GBP',
      expression: 'see measures',
      ...fields,
      inputs: { ...inputs, measures },
    });
  const steel = list(
    ['103', '2.000 %'],
    ['142', '0.000 %'],
    ['122', '10.000 %'],
    ['696', '25.000 %'],
    ['VTS', '20.000 %'],
  );

  it('has one base: the one of its option', () => {
    expect(stack(steel, { option: 'third_country' }).lines).toEqual(['20.00', '250.00', '254.00']);
    expect(stack(steel, { option: 'tariff_preference' }).lines).toEqual(['0.00', '250.00', '250.00']);
    expect(stack(steel, { option: 'quota' })).toMatchObject({ lines: ['100.00', '220.00'], vat_base: '1100.00' });
    expect(stack(steel).reason).toContain('inputs.option');
    expect(stack(steel, { option: 'the cheapest' }).reason).toContain('inputs.option');
  });

  it('within a quota whose measure is not listed leaves out the safeguard all the same', () => {
    expect(stack(list(['103', '2.000 %'], ['696', '25.000 %'], ['695', '5.000 %']), { option: 'quota' }).lines).toEqual(
      ['20.00', '50.00'],
    );
  });

  it('keeps the order of its measures, excise among them, and both duties of one type', () => {
    const measures = list(
      ['103', '1.000 %'],
      ['306', '3.000 GBP LPA'],
      ['695', '5.000 %'],
      ['695', '7.000 %'],
      ['305', '10.000 %'],
    );
    expect(stack(measures, {}, { quantities: { LPA: '10' } })).toMatchObject({
      lines: ['10.00', '30.00', '50.00', '70.00', '116.00'],
      vat_base: '1160.00',
      amount: '276',
    });
  });

  it('under an end use or without a base is what its measures say', () => {
    expect(stack(list(['115', '0.000 %'], ['552', '3.000 %', 'B999'])).lines).toEqual(['0.00', '30.00']);
    expect(stack(list(['552', '3.000 %', 'B999'], ['710', ''])).lines).toEqual(['30.00']);
  });

  it('of several companies is that of the one declared, and none otherwise', () => {
    const companies = list(['103', '2.000 %'], ['552', '4.000 %', 'C114'], ['552', '9.000 %', 'B999']);
    expect(stack(companies, { additional_code: 'b999' }).amount).toBe('110');
    expect(stack(companies)).toMatchObject({ amount: null, lines: [] });
    expect(stack(companies).reason).toContain('additional_code');
  });

  it('answers a case of another kind that names its measures', () => {
    const split = list(['103', '0.000 %', '2500'], ['103', '6.500 %', '2501']);
    const asked = { kind: 'Additional code', customs_value: '200' };
    expect(stack(split, { additional_code: '2501' }, asked).amount).toBe('13');
    expect(stack(split, {}, asked).amount).toBeNull();
  });

  it('has no total where a line has none', () => {
    expect(stack(list(['103', '2.000 %'], ['552', '10.000 GBP TNE I', 'B999']))).toMatchObject({
      amount: null,
      lines: [],
    });
  });
});

describe('any case', () => {
  const term = fc.oneof(
    fc
      .integer({ min: 0, max: 60_000 })
      .map((share) => ({ text: `${(share / 1000).toFixed(3)} %`, milli: BigInt(share) * 50n })),
    fc
      .integer({ min: 0, max: 400_000 })
      .map((each) => ({ text: `${(each / 1000).toFixed(3)} EUR DTN`, milli: BigInt(each) * 12n })),
  );
  /** A value of 5,000 and 1,200 kg: thousandths of a euro are exact. */
  const side = fc.array(term, { minLength: 1, maxLength: 3 }).map((terms) => ({
    text: terms.map(({ text }) => text).join(' + '),
    milli: terms.reduce((sum, { milli }) => sum + milli, 0n),
  }));

  it('of bounds and sums is what the rule says, read from the left', () => {
    fc.assert(
      fc.property(side, fc.array(fc.tuple(fc.constantFrom('MIN', 'MAX'), side), { maxLength: 3 }), (first, bounds) => {
        let [text, milli] = [first.text, first.milli];
        for (const [word, other] of bounds) {
          text += ` ${word} ${other.text}`;
          milli = (word === 'MAX') === other.milli < milli ? other.milli : milli;
        }
        const result = amount({ expression: text, customs_value: '5000', quantities: { KGM: '1200' } });
        expect(Number(result) * 1000).toBeCloseTo(Number(milli), 3);
      }),
    );
  });

  it('ends with a number or a reason, never with an error', () => {
    const key = fc.constantFrom(
      'certificates',
      'meursing_code',
      'price_per_tne',
      'measures',
      'lines',
      'option',
      'eur_to_gbp',
      'uk_duty',
      'eu_duty',
      'vat_base',
      'spr_discount',
      'origin_or_group',
      'reduction_indicator',
      'date',
    );
    const kind = fc.constantFrom(
      'expression',
      'condition',
      'price_condition',
      'meursing',
      'currency',
      'stack',
      'vat',
      'excise',
      'total',
      'at_risk',
      'other',
    );
    const expression = fc.oneof(
      fc.constantFrom(
        '5.000 %',
        '1.000 EUR DTN',
        'EAR',
        'Cond: V 1.000 EUR/DTN(01):2.000 % ; V 0.000 EUR/DTN(11):3.000 EUR DTN',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.record({
          kind,
          expression,
          customs_value: fc.oneof(fc.constant(null), fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })),
          quantities: fc.dictionary(fc.constantFrom('KGM', 'KGM_E', 'kg', '', '__proto__x'), fc.jsonValue()),
          inputs: fc.dictionary(key, fc.jsonValue()),
        }),
        (fields) => {
          const result = answer({ id: 'a', ...fields });
          expect((result.amount === null) !== (result.reason === null)).toBe(true);
          if (result.amount !== null) expect(result.amount).toMatch(/^-?\d+(\.\d+)?$/);
        },
      ),
      { numRuns: 400 },
    );
  });
});
