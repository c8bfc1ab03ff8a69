import { describe, expect, it } from 'vitest';
import type { MeursingRow } from '../../../../transforms/duty/meursing.ts';
import { stackTaric } from '../../../../transforms/stacking/taric.ts';
import { measure, taricInput, type Asked, COVERED } from '../../../support/taric-input.ts';

const LINE = '1111222233';
type Measures = Parameters<typeof taricInput>[0];

const stack = (measures: Measures, asked: Asked = {}) => stackTaric(taricInput(measures, asked));
const brief = (result: ReturnType<typeof stackTaric>) =>
  result.components.map(({ status, measure_type, heading, amount }) => [status, measure_type, heading, amount]);
const find = (result: ReturnType<typeof stackTaric>, type: string) =>
  result.components.filter((component) => component.measure_type === type);

describe('the base', () => {
  it('stands on the nearest line above that prints it', () => {
    const result = stack([measure('103', '1111', '8.000 %')], { value: '100.00' });
    expect(result.total).toMatchObject({ status: 'complete', ad_valorem_rate: '0.08', amount: '8.00' });
    expect(result.components[0]).toMatchObject({ program: 'eu.third-country', code: '1111', status: 'applied' });
  });

  it('is not there: not computable, never nothing', () => {
    const result = stack([], { value: '100.00' });
    expect(result.total).toMatchObject({ status: 'not_computable', amount: null, missing: ['schedule'] });
  });

  it('leaves out what is not valid on the date', () => {
    const ended = measure('103', LINE, '5.000 %', { valid_to: '2026-06-10' });
    const next = measure('103', LINE, '6.000 %', { valid_from: '2026-06-10' });
    expect(brief(stack([ended, next], { value: '100.00' }))).toEqual([['applied', '103', null, '6.00']]);
  });

  it('overlapping lines (ME32): the nearest counts, then the latest, with an issue', () => {
    const result = stack(
      [
        measure('103', '11112222', '10.000 %'),
        measure('103', LINE, '7.000 %', { valid_from: '2020-01-01' }),
        measure('103', LINE, '6.000 %', { valid_from: '2024-01-01' }),
      ],
      { value: '100.00' },
    );
    expect(result.total).toMatchObject({ status: 'complete', amount: '6.00' });
    expect(find(result, '103').map(({ status }) => status)).toEqual(['applied', 'suppressed', 'suppressed']);
    expect(result.issues).toHaveLength(2);
    expect(result.issues[0]).toContain('ME32');
  });

  it('of an origin stands before that of all: 50 % on Russia is not the rate of the others', () => {
    const measures = [measure('103', '1111', '50.000 %', { geographical_area: 'RU' }), measure('103', LINE, '3.000 %')];
    const russia = stack(measures, { value: '100.00', origin: 'RU' });
    expect(russia.total.amount).toBe('50.00');
    expect(find(russia, '103')[1]).toMatchObject({
      status: 'suppressed',
      suppressed_by: { program: 'eu.third-country' },
    });
    expect(stack(measures, { value: '100.00', origin: 'US' }).total.amount).toBe('3.00');
  });

  it('split by additional code is open until one is declared, unless both say the same', () => {
    const split = [
      measure('103', LINE, '0.000 %', { additional_code: '2500' }),
      measure('103', LINE, '6.500 %', { additional_code: '2501' }),
    ];
    const open = stack(split, { value: '1234.56' });
    expect(open.total).toMatchObject({ status: 'not_computable', amount: null, missing: ['additional_code'] });
    expect(find(open, '103').map(({ status }) => status)).toEqual(['undetermined', 'undetermined']);
    const told = stack(split, { value: '1234.56', facts: { additional_code: '2501' } });
    expect(told.total).toMatchObject({ status: 'complete', amount: '80.25' });
    const alike = split.map((each) => ({ ...each, duty_expression: '0.000 %', duty: { op: 'free' as const } }));
    expect(stack(alike, { value: '100.00' }).total).toMatchObject({ status: 'complete', amount: '0.00' });
    expect(stack(split.slice(1), { value: '100.00' }).total.status).toBe('not_computable');
  });

  it('a split below replaces the rate above', () => {
    const measures = [
      measure('103', '11112222', '6.500 %'),
      measure('103', LINE, '0.000 %', { additional_code: '2500' }),
    ];
    expect(stack(measures, { facts: { additional_code: '2500' } }).total.ad_valorem_rate).toBe('0');
    expect(stack(measures).total.status).toBe('not_computable');
  });

  it('of goods for slaughter needs its end-use authorisation: never 0 % without', () => {
    const slaughter = measure('105', LINE, '0.000 % Cond:  B cert: N-990 (27):; B (08):');
    const without = stack([slaughter], { value: '100.00' });
    expect(without.total).toMatchObject({ status: 'not_computable', amount: null, missing: ['certificates'] });
    expect(without.components.some(({ status }) => status === 'applied')).toBe(false);
    expect(stack([slaughter], { value: '100.00', facts: { certificates: ['N990'] } }).total).toMatchObject({
      status: 'complete',
      amount: '0.00',
    });
    // Even where no condition is printed beside it.
    expect(stack([measure('105', LINE, '0.000 %')], { value: '100.00' }).total.status).toBe('not_computable');
  });

  it('with MIN and MAX is split at the last of them', () => {
    const bounded = measure('103', LINE, '18.400 % MIN 22.000 EUR DTN MAX 24.000 EUR DTN');
    const asked = { value: '980.00', quantities: [{ unit: 'kg', amount: '800' }] };
    expect(stack([bounded], asked).total).toMatchObject({ status: 'complete', amount: '180.32' });
    expect(stack([bounded], { ...asked, value: '200.00' }).total.amount).toBe('176.00');
    expect(stack([bounded], { value: '980.00' }).total).toMatchObject({
      status: 'not_computable',
      amount: null,
      missing: ['quantity:DTN'],
    });
  });

  it('of a season follows the date', () => {
    const seasonal = measure('103', LINE, '15.00% (01 JAN-14 FEB, 16 JUN-31 DEC), 0.00% (15 FEB-15 JUN)');
    expect(stack([seasonal], { value: '100.00', as_of: '2026-06-15' }).total.amount).toBe('0.00');
    expect(stack([seasonal], { value: '100.00', as_of: '2026-06-16' }).total.amount).toBe('15.00');
  });

  it('of an entry price follows the declared price, and is open without', () => {
    const price = measure(
      '103',
      LINE,
      'Cond:  V 52.600 EUR/DTN(01):14.400 % ; V 50.500 EUR/DTN(01):14.400 % + 2.100 EUR DTN ; V 0.000 EUR/DTN(01):14.400 % + 29.800 EUR DTN',
    );
    const asked = { value: '500.00', quantities: [{ unit: 'KGM', amount: '1000' }] };
    expect(stack([price], asked).total).toMatchObject({ status: 'not_computable', missing: ['entry_price'] });
    expect(stack([price], { ...asked, facts: { entry_price: '50.5' } }).total.amount).toBe('93.00');
    expect(stack([price], { ...asked, facts: { entry_price: '50.49' } }).total.amount).toBe('370.00');
  });

  it('of a minimum price free at frontier follows the price that is declared, in its unit', () => {
    const lighters = measure(
      '103',
      LINE,
      'Cond: F 325.000 EUR/MIL(01):0.000 EUR MIL ; F 0.000 EUR/MIL(11):325.000 EUR MIL',
    );
    const asked = { value: '500.00', quantities: [{ unit: 'NAR', amount: '2000' }] };
    const price = (free_at_frontier_price: string, price_unit = 'MIL') =>
      stack([lighters], { ...asked, facts: { free_at_frontier_price, price_unit } }).total.amount;
    expect([price('325'), price('324.99'), price('0.3', 'NAR')]).toEqual(['0.00', '0.02', '50.00']);
    expect(stack([lighters], asked).total).toMatchObject({ status: 'not_computable', amount: null });
    // Per 100 kg unless said otherwise: no price of a thousand pieces.
    expect(stack([lighters], { ...asked, facts: { free_at_frontier_price: '300' } }).total.amount).toBeNull();
  });

  it('with Meursing components looks up the additional code of type 7', () => {
    const row = (type: '672' | '674', amount: string): MeursingRow => ({
      measure_type: type,
      additional_code: '476',
      geographical_area: '1011',
      reduction_indicator: 1,
      amount,
    });
    const biscuit = measure('103', LINE, '9.000 % + EA MAX 24.200 % +ADSZ');
    const asked: Asked = { value: '1000.00', quantities: [{ unit: 'KGM', amount: '200' }] };
    const ask = (facts: Asked['facts']) =>
      stackTaric({
        ...taricInput([biscuit], { ...asked, ...(facts ? { facts } : {}) }),
        meursing: [row('674', '40'), row('672', '5')],
      });
    // 90 + 80 against 242 + 10: the smaller.
    expect(ask({ additional_code: '7476' }).total).toMatchObject({ status: 'complete', amount: '170.00' });
    expect(ask({}).total).toMatchObject({ status: 'not_computable', missing: ['additional_code'] });
    expect(ask({}).components[0]?.reason).toContain('7000 to 7999');
    const unknown = ask({ additional_code: '7999' });
    expect(unknown.total.missing).toEqual(['meursing:EA', 'meursing:ADSZ']);
    expect(unknown.components[0]?.reason).toContain('no amount for the additional code 7999');
    const unloaded = stackTaric(taricInput([biscuit], { ...asked, facts: { additional_code: '7476' } }));
    expect(unloaded.coverage).toContainEqual(expect.objectContaining({ family: 'meursing', status: 'not_covered' }));
    expect(unloaded.total.status).toBe('not_computable');
  });
});

describe('what may take the place of the third-country duty', () => {
  const third = measure('103', LINE, '12.800 % + 176.800 EUR DTN');
  const goods: Asked = { value: '10000.00', quantities: [{ unit: 'KGM', amount: '2000' }] };

  it('a preference only when claimed, and then as printed: that of Türkiye removes the ad valorem part alone', () => {
    const turkey = measure('142', LINE, '0.000 % + 176.800 EUR DTN', { geographical_area: 'TR' });
    const unasked = stack([third, turkey], { ...goods, origin: 'TR' });
    expect(unasked.total.amount).toBe('4816.00');
    expect(find(unasked, '142')[0]).toMatchObject({ status: 'available', needs: ['preference'] });
    const claimed = stack([third, turkey], { ...goods, origin: 'TR', facts: { preference: '300' } });
    expect(claimed.total.amount).toBe('3536.00');
    expect(find(claimed, '103')[0]).toMatchObject({
      status: 'suppressed',
      suppressed_by: { program: 'eu.preference' },
    });
  });

  it('a group counts by its members on the date: CN in GSP until 2014-12-31', () => {
    const gsp = measure('142', LINE, '2.200 %', { geographical_area: '2020' });
    const plain = measure('103', LINE, '6.500 %');
    const on = (as_of: string) =>
      stack([plain, gsp], { value: '100.00', as_of, facts: { preference: '200' } }).total.amount;
    expect(on('2014-12-31')).toBe('2.20');
    expect(on('2015-01-01')).toBe('6.50');
  });

  it('an origin excluded from a group stays in the answer as excluded, and its claim is refused', () => {
    const gsp = measure('142', LINE, '2.200 %', { geographical_area: '2020', excluded_areas: ['IN'] });
    const plain = measure('103', LINE, '6.500 %');
    const result = stack([plain, gsp], { value: '100.00', origin: 'IN', facts: { preference: '200' } });
    expect(result.total).toMatchObject({ status: 'complete', amount: '6.50' });
    expect(find(result, '142').map(({ status, reason }) => [status, reason])).toEqual([
      ['excluded', 'IN is excluded from what 200 claims'],
      ['excluded', 'IN is excluded from 2020'],
    ]);
    expect(stack([plain, gsp], { value: '100.00', origin: 'ID', facts: { preference: '200' } }).total.amount).toBe(
      '2.20',
    );
  });

  it('an exclusion may be a group: EU is 1013 on the date', () => {
    const duty = measure('695', LINE, '25.000 %', { excluded_areas: ['EU'] });
    const plain = measure('103', LINE, '1.000 %');
    const from = (origin: string, as_of = '2026-06-10') =>
      stack([plain, duty], { value: '100.00', origin, as_of }).total.amount;
    expect([from('FR'), from('GB'), from('GB', '2020-01-31'), from('US')]).toEqual(['1.00', '26.00', '1.00', '26.00']);
  });

  it('a claim that nothing answers leaves the third-country duty, unless preferences are not covered', () => {
    const plain = measure('103', LINE, '6.500 %');
    const asked: Asked = { value: '100.00', facts: { preference: '300' } };
    expect(stack([plain], asked).total).toMatchObject({ status: 'complete', amount: '6.50' });
    const coverage = COVERED.map((each) =>
      each.family === 'preference' ? { ...each, status: 'partial' as const } : each,
    );
    expect(stack([plain], { ...asked, coverage }).total).toMatchObject({
      status: 'not_computable',
      missing: ['coverage:preference'],
    });
    expect(stack([plain], { ...asked, facts: { preference: 'magic' } }).total.amount).toBe('6.50');
  });

  it('a group whose members are not known is neither in nor out', () => {
    const plain = measure('103', LINE, '6.500 %');
    const unknown = { geographical_area: '9998' };
    expect(find(stack([plain, measure('142', LINE, '0.000 %', unknown)]), '142')[0]).toMatchObject({
      status: 'available',
      needs: ['preference', 'members:9998'],
    });
    const duty = stack([plain, measure('552', LINE, '30.000 %', unknown)], { value: '100.00' });
    expect(duty.total).toMatchObject({ status: 'lower_bound', amount: '6.50', missing: ['members:9998'] });
  });

  it('a suspension without conditions lowers the duty for everybody; a conditional or described one is offered', () => {
    const plain = measure('103', LINE, '6.500 %');
    const free = measure('112', LINE, '0.000 %');
    expect(stack([plain, free], { value: '100.00' }).total.amount).toBe('0.00');
    expect(stack([plain, free], { value: '100.00', facts: { preference: '100' } }).total.amount).toBe('6.50');
    expect(stack([plain, measure('112', LINE, '9.000 %')], { value: '100.00' }).total.amount).toBe('6.50');
    const ship = measure('117', LINE, '0.000 % Cond:  B cert: C-990 (27):; B (07):');
    const offered = stack([plain, ship], { value: '100.00' });
    expect(offered.total.amount).toBe('6.50');
    expect(find(offered, '117')[0]).toMatchObject({ status: 'available', needs: ['preference', 'certificates'] });
    expect(stack([plain, ship], { value: '100.00', facts: { certificates: ['C990'] } }).total.amount).toBe('0.00');
    const described = { ...free, footnotes: ['DS444', 'TM861'] };
    expect(stack([plain, described], { value: '100.00', tariff: 'gb' }).total.amount).toBe('6.50');
    expect(
      stack([plain, described], { value: '100.00', tariff: 'gb', facts: { preference: '110' } }).total.amount,
    ).toBe('0.00');
  });

  it('a suspension excludes BY and RU', () => {
    const measures = [
      measure('103', LINE, '6.500 %'),
      measure('112', LINE, '0.000 %', { excluded_areas: ['BY', 'RU'] }),
    ];
    expect(stack(measures, { value: '100.00', origin: 'RU' }).total.amount).toBe('6.50');
    expect(stack(measures, { value: '100.00', origin: 'US' }).total.amount).toBe('0.00');
  });

  it('a preference that needs proof is open until documents are declared', () => {
    const proof = measure('142', LINE, '0.000 % Cond:  B cert: U-088 (27):; B (07):');
    const measures = [measure('103', LINE, '6.500 %'), { ...proof, geographical_area: 'CA' }];
    const ask = (facts: NonNullable<Asked['facts']>) => stack(measures, { value: '100.00', origin: 'CA', facts });
    expect(ask({ preference: '300' }).total).toMatchObject({
      status: 'not_computable',
      missing: ['certificates'],
    });
    expect(ask({ preference: '300', certificates: ['U088'] }).total.amount).toBe('0.00');
    expect(ask({ preference: '300', certificates: [] }).total.amount).toBe('6.50');
  });

  it('a base that a document changes is open while nothing is said about documents', () => {
    const measures = [measure('103', LINE, 'Cond:  B cert: Y-155 (01):50.000 % ; B (01):12.000 %')];
    expect(stack(measures, { value: '2400.00' }).total).toMatchObject({
      status: 'not_computable',
      missing: ['certificates'],
    });
    expect(stack(measures, { value: '2400.00', facts: { certificates: [] } }).total.amount).toBe('288.00');
    expect(stack(measures, { value: '2400.00', facts: { certificates: ['Y155'] } }).total.amount).toBe('1200.00');
  });
});

describe('duties on top', () => {
  const base = measure('103', LINE, '10.900 %');
  const company = (code: string, duty: string, type = '552') =>
    measure(type, LINE, duty, { geographical_area: 'CN', additional_code: code });

  it('two on one line are summed, each for all other companies while none is declared', () => {
    const measures = [
      base,
      company('B107', '0.000 EUR TNE'),
      company('B999', '144.100 EUR TNE'),
      company('B999', '198.330 EUR TNE', '554'),
    ];
    const result = stack(measures, { value: '5000.00', quantities: [{ unit: 'KGM', amount: '3000' }] });
    expect(result.total).toMatchObject({ status: 'complete', amount: '1572.29' });
    expect(find(result, '552').map(({ status, heading, needs }) => [status, heading, needs])).toEqual([
      ['applied', 'B999', []],
      ['available', 'B107', ['additional_code']],
    ]);
    const named = stack(measures, {
      value: '5000.00',
      quantities: [{ unit: 'KGM', amount: '3000' }],
      facts: { additional_code: 'B107' },
    });
    expect(named.total.amount).toBe('1139.99');
  });

  it('without an all-others code the duty is open', () => {
    const result = stack([base, company('C490', '8.000 %'), company('C491', '9.000 %')], { value: '100.00' });
    expect(result.total).toMatchObject({ status: 'lower_bound', amount: '10.90', missing: ['additional_code'] });
  });

  it('an invoice declaration lowers the rate, and its absence is said', () => {
    const measures = [
      base,
      measure('552', LINE, 'Cond:  A cert: D-008 (01):28.200 % ; A (01):33.400 %', { geographical_area: 'CN' }),
    ];
    const silent = stack(measures, { value: '100.00' });
    expect(silent.total.amount).toBe('44.30');
    expect(find(silent, '552')[0]?.reason).toContain('D008');
    expect(stack(measures, { value: '100.00', facts: { certificates: ['D008'] } }).total.amount).toBe('39.10');
  });

  it('within a quota the safeguard falls away, retaliation and anti-dumping stay', () => {
    const measures = [
      measure('103', LINE, '2.000 %'),
      measure('122', LINE, '20.000 %', { quota_order_number: '054003' }),
      measure('696', LINE, '25.000 %'),
      measure('695', LINE, '25.000 %', { geographical_area: 'CN' }),
      company('C490', '144.100 GBP TNE I'),
    ];
    const asked: Asked = {
      value: '1260.89',
      tariff: 'gb',
      quantities: [{ unit: 'KGM', qualifier: 'I', amount: '2000' }],
      facts: { additional_code: 'C490', in_quota: true },
    };
    const inside = stack(measures, asked);
    expect(inside.total.amount).toBe('855.60');
    expect(find(inside, '696')[0]).toMatchObject({ status: 'suppressed', suppressed_by: { heading: '054003' } });
    const outside = stack(measures, { ...asked, facts: { additional_code: 'C490' } });
    expect(find(outside, '122')[0]).toMatchObject({ status: 'available', needs: ['in_quota'] });
    expect(find(outside, '696')[0]?.status).toBe('applied');
  });

  it('pending collection is open, never added and never silent', () => {
    const result = stack([base, measure('555', LINE, '30.000 %', { geographical_area: 'CN' })], { value: '100.00' });
    expect(result.total).toMatchObject({ status: 'lower_bound', amount: '10.90', missing: ['pending_collection'] });
  });

  it('a family that is not covered leaves a lower bound', () => {
    const coverage = COVERED.filter(({ family }) => family !== 'antidumping');
    expect(stack([base], { value: '100.00', coverage }).total.status).toBe('lower_bound');
  });

  it('amounts in another currency need a rate: none is no number', () => {
    const euro = measure('103', LINE, '35.100 EUR DTN');
    const asked: Asked = { value: '1200.00', tariff: 'gb', quantities: [{ unit: 'KGM', amount: '12000' }] };
    expect(stack([euro], asked).total).toMatchObject({
      status: 'not_computable',
      missing: ['exchange_rate:EUR/GBP@2026-06-10'],
    });
    const rated = stackTaric({ ...taricInput([euro], asked), exchange: () => '0.8571' });
    expect(rated.total.amount).toBe('3610.11');
  });
});

it('controls are requirements with their documents, of covered origins only', () => {
  const control = measure('410', '1111', 'Cond:  B cert: C-640 (29):; B cert: Y-170 (29):; B (09):', {
    geographical_area: '1008',
  });
  const other = measure('762', LINE, 'Cond:  Y cert: Y-984 (29):; Y (09):', { geographical_area: 'UA' });
  const result = stack([measure('103', LINE, '0.000 %'), control, other, measure('109', LINE, 'NAR')]);
  expect(result.requirements).toEqual([
    expect.objectContaining({ program: 'eu.measure-410', kind: 'document', level: 'authoritative', code: '1111' }),
  ]);
  expect(result.requirements[0]?.text).toContain('C640 or Y170 is to be declared');
});

it('a control on exports is no requirement of an import', () => {
  const byAction = measure('467', LINE, 'Cond:  B cert: C-052 (25):; B (05):');
  const byName = measure('715', LINE, 'Cond:  B cert: C-400 (29):; B (09):');
  const input = taricInput([measure('103', LINE, '0.000 %'), byAction, byName, measure('710', LINE, null)]);
  const typeNames = new Map([
    ['715', 'Export control - CITES'],
    ['710', 'Import control - CITES'],
  ]);
  expect(stackTaric({ ...input, typeNames }).requirements.map(({ program }) => program)).toEqual(['eu.measure-710']);
});
