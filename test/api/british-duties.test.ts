import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { dutyAnswer, historyAnswer } from '../../api/schemas/duties.ts';
import { landedCostAnswer } from '../../api/schemas/landed-cost.ts';
import { requirementsAnswer } from '../../api/schemas/requirements.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import type { MeasureRecord, TariffRecord } from '../../transforms/records.ts';
import { testDatabase } from '../support/database.ts';
import { duty, goods, publishRecords } from '../support/record-source.ts';

const clock = () => '2026-08-25T12:00:00.000Z';
const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  const shirts = { code: '61091000', duty_expression: '12.00%', duty: { op: 'ad_valorem', rate: '0.12' } } as const;
  const jerseys = { code: '61101010', duty_expression: '10.00%', duty: { op: 'ad_valorem', rate: '0.1' } } as const;
  const preferred = {
    ...{ measure_type: '142', geographical_area: '1033', duty_expression: '0.00%' },
    duty: { op: 'ad_valorem', rate: '0' },
  } as const;
  const control = (measure_type: string, more: Partial<MeasureRecord>) =>
    duty({ code: '61101010', natural_key: measure_type, measure_type, effect: 'prohibition', ...more });
  const dumping = { measure_type: '552', geographical_area: 'CN', valid_from: '2026-01-01' };
  const of = (additional_code: string, rate: string) =>
    duty({ ...shirts, ...dumping, natural_key: additional_code, additional_code, duty: { op: 'ad_valorem', rate } });
  await publishRecords(database, clock, {
    id: 'gb.tariff',
    jurisdiction: 'GB',
    families: [
      'nomenclature',
      'general',
      'preference',
      'antidumping',
      'countervailing',
      'additional-duties',
      'controls',
    ],
    date: '2026-08-01',
    records: [
      goods('6109', 'T-shirts', [], false),
      goods('61091000', 'Of cotton', ['6109']),
      duty({ ...shirts, natural_key: 'third-country' }),
      of('C999', '0.6'),
      of('C490', '0.1'),
      goods('6110', 'Jerseys', [], false),
      goods('61101010', 'Of wool', ['6110']),
      duty({ ...jerseys, natural_key: 'jerseys' }),
      duty({ ...jerseys, ...preferred, natural_key: 'preference' }),
      control('465', { excluded_areas: ['EU'] }),
      control('475', { geographical_area: '1033' }),
    ],
  });
  const member = (group: string, country: string): TariffRecord => ({
    kind: 'reference',
    natural_key: `${group}:${country}`,
    topic: 'geographical-area',
    code: null,
    subject: group,
    data: { group, member: country, dated: false },
    valid_from: '1900-01-01',
    valid_to: null,
  });
  await publishRecords(database, clock, {
    id: 'gb.trade-tariff-api',
    jurisdiction: 'GB',
    families: ['country-groups'],
    date: '2026-08-20',
    records: [member('1011', 'JM'), member('1011', 'CN'), member('1033', 'JM')],
  });
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

it.each([
  ['GB', ['gb.domestic-goods']],
  ['XI', ['gb.domestic-goods']],
  ['FR', []],
])('goods of %s: whether they owe it only from outside the Kingdom is said', async (origin, programs) => {
  const { data } = await read(app, `/api/v1/duties?code=61091000&destination=GB&origin=${origin}`, dutyAnswer);
  expect(data.total.ad_valorem_rate).toBe('0.12');
  expect(data.requirements.map(({ program }) => program)).toEqual(programs);
  // A landed cost says it with the line's other requirements, and once.
  const payload = { destination: 'GB', currency: 'GBP', lines: [{ code: '61091000', origin, value: '500.00' }] };
  const response = await app.inject({ method: 'POST', url: '/api/v1/landed-cost', payload });
  const cost = landedCostAnswer.parse(response.json()).data;
  expect(cost.lines[0]?.requirements.map(({ program }) => program)).toEqual(programs);
  expect(cost.assumptions.join()).not.toContain('from outside');
});

it('takes the additional code of a company in GET /duties and GET /history alike', async () => {
  const goodsOf = (company: string) => `code=61091000&destination=GB&origin=CN${company}`;
  const rate = async (company: string) =>
    (await read(app, `/api/v1/duties?${goodsOf(company)}`, dutyAnswer)).data.total.ad_valorem_rate;
  expect([await rate(''), await rate('&additional_code=C490')]).toEqual(['0.72', '0.22']);
  const rates = async (company: string) =>
    (await read(app, `/api/v1/history?${goodsOf(company)}&from=2025-06-01`, historyAnswer)).data.rows.map(
      ({ from, total }) => [from, total.ad_valorem_rate],
    );
  const before = ['2025-06-01', '0.12'];
  // Complete from the day of the first release on.
  const since = (rate: string) => [before, ['2026-01-01', rate], ['2026-08-01', rate]];
  expect(await rates('')).toEqual(since('0.72'));
  expect(await rates('&additional_code=C490')).toEqual(since('0.22'));
});

it('refuses a mistyped additional code: the goods would be those of all other companies', async () => {
  const question = { code: '61091000', destination: 'GB', origin: 'CN' };
  const query = new URLSearchParams({ ...question, additional_code: 'C49' }).toString();
  const payload = { ...question, facts: { additional_code: 'C49' } };
  for (const [response, field] of [
    [await app.inject(`/api/v1/duties?${query}`), 'additional_code'],
    [await app.inject(`/api/v1/history?${query}`), 'additional_code'],
    [await app.inject({ method: 'POST', url: '/api/v1/duties', payload }), 'facts.additional_code'],
  ] as const) {
    expect(problemOf(response)).toMatchObject({ status: 400, errors: [{ field }] });
  }
});

describe('members of groups that are held as of 2026-08-20 only', () => {
  const answered = async (code: string, more: string) => {
    const { data, meta } = await read(app, `/api/v1/duties?code=${code}&destination=GB&origin=JM${more}`, dutyAnswer);
    const groups = meta.coverage.find(({ family, status }) => family === 'country-groups' && status !== 'covered');
    return { status: data.total.status, rate: data.total.ad_valorem_rate, reason: groups?.reason ?? null };
  };
  const claimed = '&preference=300&as_of=2026-08-01';

  it('are no question where a duty is for every origin', async () => {
    expect(await answered('61091000', '&as_of=2026-08-01')).toEqual({ status: 'complete', rate: '0.12', reason: null });
    expect(await answered('61091000', '&as_of=2026-08-01&preference=100')).toMatchObject({ status: 'complete' });
  });

  it('leave a claim by membership open on another day, also when a code gathers the lines that state it', async () => {
    for (const code of ['61101010', '6110']) {
      expect(await answered(code, claimed)).toEqual({
        status: 'lower_bound',
        rate: '0',
        reason: expect.stringMatching(/^members of 1033 are those listed on 2026-08-20/) as unknown,
      });
      expect(await answered(code, '&preference=300&as_of=2026-08-20')).toMatchObject({ status: 'complete', rate: '0' });
    }
  });

  it('are those of requirements too, and the Union is its member states in both', async () => {
    const asked = async (origin: string, as_of: string) => {
      const url = `/api/v1/requirements?code=61101010&destination=GB&origin=${origin}&as_of=${as_of}`;
      const { data, meta } = await read(app, url, requirementsAnswer);
      const groups = meta.coverage.find(({ family, status }) => family === 'country-groups' && status !== 'covered');
      return [data.requirements.map(({ notes }) => notes.join()), groups?.status];
    };
    expect(await asked('DE', '2026-08-01')).toEqual([[], 'partial']);
    expect(await asked('DE', '2026-08-20')).toEqual([[], undefined]);
    expect((await asked('JM', '2026-08-20'))[0]).toHaveLength(2);
  });

  it('make a history complete for that day alone', async () => {
    const question = 'code=61101010&destination=GB&origin=JM&preference=300&from=2026-08-10';
    const { data } = await read(app, `/api/v1/history?${question}`, historyAnswer);
    expect(data.rows.map(({ from, to, total }) => [from, to, total.status])).toEqual([
      ['2026-08-10', '2026-08-20', 'lower_bound'],
      ['2026-08-20', '2026-08-21', 'complete'],
      ['2026-08-21', null, 'lower_bound'],
    ]);
  });
});
