import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { dutyAnswer } from '../../api/schemas/duties.ts';
import { ordersAnswerSchema } from '../../api/schemas/reference.ts';
import { orderRecords } from '../../ingest/sources/us-adcvd/orders.ts';
import { scopeMatch } from '../../transforms/adcvd/scope-match.ts';
import { apiOn, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';
import { publishRecords } from '../support/record-source.ts';
import { contextFor } from '../support/source-run.ts';

const clock = () => '2025-03-20T12:00:00.000Z';
const database = await testDatabase();
let app: FastifyInstance;

const SCOPES: Readonly<Record<string, string[]>> = {
  'A-533-991': ['8712'],
  'A-533-992': ['87120015'],
  'A-533-993': ['8712001520', '8712002500'],
  'A-533-994': ['8712001500'],
  'A-533-995': ['8712002500'],
  'A-533-996': ['8471300150', '6109.10.0012'],
  'A-588-997': ['8712'],
};
const scope = (number: string, codes: string[]) => ({
  case: number,
  country: null,
  product: 'Goods',
  codes,
  document_number: `2020-${number.slice(-3)}`,
  date: '2020-01-02',
  title: 'Antidumping Duty Order',
  listed_in: '2025-00001',
});
const rate = {
  case: 'A-533-992',
  exporter: 'All Others',
  producer: null,
  rate: '0.3',
  all_others: true,
  misnamed: false,
  from: '2024-01-01',
  document_number: '2024-00002',
};

beforeAll(async () => {
  await loadHts(database, { clock });
  const records = [
    ...orderRecords(
      {
        listed: [],
        scopes: Object.entries(SCOPES).map(([number, codes]) => scope(number, codes)),
        rates: [rate],
        countries: {
          segments: new Map(),
          scheduleC: new Map([
            ['5330', { iso: 'IN', name: 'India' }],
            ['5880', { iso: 'JP', name: 'Japan' }],
          ]),
        },
      },
      contextFor('x', []),
    ),
  ];
  await publishRecords(database, clock, {
    id: 'us.adcvd',
    jurisdiction: 'US',
    families: ['antidumping', 'countervailing'],
    date: '2025-01-02',
    records: records.map((record) => ({ ...record, valid_from: '2020-01-02' })),
  });
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

/** Candidates of both routes, which must be the same ones. */
async function candidates(code: string, origin = 'IN') {
  const { data } = await read(app, `/api/v1/orders?code=${code}&origin=${origin}`, ordersAnswerSchema);
  const duty = await read(app, `/api/v1/duties?code=${code}&origin=${origin}&destination=US`, dutyAnswer);
  expect(duty.data.candidate_orders).toEqual(
    data.candidates.map(({ rates: _rates, notices: _notices, ...candidate }) => candidate),
  );
  return data.candidates;
}

describe('candidate orders of GET /orders and GET /duties', () => {
  it.each([
    ['8712001510', ['A-533-991', 'A-533-992', 'A-533-994']],
    ['8712001520', ['A-533-991', 'A-533-992', 'A-533-993', 'A-533-994']],
    // shorter than what the scopes name: all that may be meant
    ['87120015', ['A-533-991', 'A-533-992', 'A-533-993', 'A-533-994']],
    ['871200', ['A-533-991', 'A-533-992', 'A-533-993', 'A-533-994', 'A-533-995']],
    // a declarable line of ten digits that end in 00, of which the scope names a former part
    ['8471300100', ['A-533-996']],
    ['6109100012', ['A-533-996']],
    ['6109100014', []],
  ])('%s: %j', async (code, cases) => {
    const found = await candidates(code);
    expect(found.map(({ case_number }) => case_number)).toEqual(cases);
    const expected = Object.entries(SCOPES)
      .filter(([number]) => number.startsWith('A-533'))
      .flatMap(([number, codes]) => {
        const matches = codes.map((scoped) => scopeMatch(code, scoped.replaceAll('.', ''))).filter(Boolean);
        return matches.length === 0 ? [] : [[number, matches.includes('above') ? 'above' : 'below']];
      });
    expect(found.map(({ case_number, match }) => [case_number, match])).toEqual(expected);
    expect(found.every(({ confidence }) => confidence === 'possible')).toBe(true);
  });

  it('a duty names the rate of all others where it is known, and computes nothing from it', async () => {
    const { data } = await read(
      app,
      '/api/v1/duties?code=8712001510&origin=IN&destination=US&customs_value=100',
      dutyAnswer,
    );
    expect(data.candidate_orders.map(({ case_number, all_others_rate }) => [case_number, all_others_rate])).toEqual([
      ['A-533-991', null],
      ['A-533-992', '0.3'],
      ['A-533-994', null],
    ]);
    expect(data.components.filter(({ family }) => /dumping|countervailing/.test(family))).toEqual([]);
  });

  it('goods of another origin are in none of them', async () => {
    expect((await candidates('8712001510', 'JP')).map(({ case_number }) => case_number)).toEqual(['A-588-997']);
    expect(await candidates('8712001510', 'BR')).toEqual([]);
  });
});
