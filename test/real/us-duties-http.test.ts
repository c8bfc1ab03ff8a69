import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { dutyAnswer, historyAnswer } from '../../api/schemas/duties.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { ledgerClock, mirrorLedger, US_LEDGER } from '../support/mirror-ledger.ts';
import { EXPECTED_RATES, factsOf, rateOf } from '../support/us-golden.ts';
import { csvRows, mirrorIsHere, SHARED } from '../support/us-mirror.ts';

if (!mirrorIsHere) console.warn('skipped: no US ledger without the official files and worked cases of ../shared');

const database = mirrorIsHere ? await mirrorLedger(US_LEDGER) : null;
let app: FastifyInstance;
beforeAll(async () => {
  if (database) app = await apiOn(database, {}, ledgerClock);
});
afterAll(async () => {
  if (database) await app.close();
});

const cases = (name: string) => (mirrorIsHere ? csvRows(`${SHARED}/golden/us/${name}`) : []);

type Answer = z.output<typeof dutyAnswer>;

async function post(body: Record<string, unknown>): Promise<Answer> {
  const response = await app.inject({ method: 'POST', url: '/api/v1/duties', payload: { destination: 'US', ...body } });
  expect(response.statusCode, response.body.slice(0, 600)).toBe(200);
  const json: unknown = response.json();
  const answer = dutyAnswer.parse(json);
  expect(answer).toEqual(json);
  return answer;
}

const get = (query: string) => read(app, `/api/v1/duties?destination=US&${query}`, dutyAnswer);

/** Families that a statement of coverage calls less than covered. */
const open = ({ meta }: Answer) => meta.coverage.filter(({ status }) => status !== 'covered');

describe.skipIf(!mirrorIsHere)('dated compositions over HTTP', () => {
  it.each(cases('composition_cases_dev.csv').map((row) => [row['name'], row] as const))('%s', async (_name, row) => {
    const asked = { code: row['hts_number'] ?? '', origin: row['country'] ?? '', as_of: row['date'] ?? '' };
    const { data, meta } = await post({
      ...asked,
      customs_value: { amount: row['customs_value'] ?? '', currency: 'USD' },
      facts: factsOf(row),
    });
    expect(Number(data.total.ad_valorem_rate)).toBeCloseTo(Number(row['exp_us_tariff_total_ad_valorem_rate']), 10);
    expect(Number(data.total.amount)).toBe(Number(row['exp_us_tariff_duty']));
    for (const [column, matches] of Object.entries(EXPECTED_RATES)) {
      const expected = row[column];
      if (expected === undefined || expected === '') continue;
      expect([column, rateOf(data.components as never, matches)]).toEqual([column, Number(expected)]);
    }
    // Past the newest edition at hand the same numbers are a lower bound, and coverage says so.
    expect(data.total.status).toBe(asked.as_of < '2026-06-29' ? 'complete' : 'lower_bound');
    if (data.total.status === 'lower_bound')
      expect(meta.coverage.some(({ status }) => status === 'partial')).toBe(true);

    const got = await get(
      `code=${asked.code}&origin=${asked.origin}&as_of=${asked.as_of}&customs_value=${row['customs_value'] ?? ''}`,
    );
    if (Object.keys(factsOf(row)).length === 0) expect(got.data).toEqual(data);
  });
});

describe.skipIf(!mirrorIsHere)('worked examples over HTTP', () => {
  it.each(cases('worked_examples_dev.csv').map((row) => [row['id'], row] as const))('%s', async (_id, row) => {
    const { data } = await post({
      code: row['hts'] ?? '',
      origin: row['country'] ?? '',
      as_of: row['entry_date'] ?? '',
      facts:
        row['claims_or_facts'] === 'qualifying semiconductor article' ? { qualifying_article: 'semiconductor' } : {},
    });
    const additional = rateOf(data.components as never, ({ effect }) => effect !== 'base');
    expect(additional).toBeCloseTo(Number(row['expected_additional_rate']), 10);
    expect(Number(data.total.ad_valorem_rate)).toBeCloseTo(Number(row['expected_total_rate']), 10);
  });
});

describe.skipIf(!mirrorIsHere)('a US duty answer', () => {
  const CLUBS = 'code=9506.62.40.40&origin=CN';

  it('is complete only where every family is covered, and names what is not', async () => {
    const settled = await get(`${CLUBS}&as_of=2026-05-06`);
    // Which numbers belong to a priority sector is inferred, and bounds no duty.
    expect([settled.data.total.status, open(settled).map(({ family }) => family)]).toEqual([
      'complete',
      ['forced-labour-sectors'],
    ]);
    const past = await get(`${CLUBS}&as_of=2026-08-01`);
    expect(past.data.total.status).toBe('lower_bound');
    const general = open(past).find(({ family }) => family === 'general');
    expect(general?.reason).toContain('2026HTSRev10');
    expect(general?.data_as_of).toBe('2026-06-08');
    for (const family of ['section-122', 'section-201', 'section-232', 'section-301', 'section-338', 'ieepa'])
      expect(past.meta.coverage.map((part) => part.family)).toContain(family);
  });

  it('is given under an id that returns the same bytes, and again for the same two dates', async () => {
    const url = `/api/v1/duties?destination=US&${CLUBS}&as_of=2025-09-01&known_at=2025-09-10T00:00:00.000Z&customs_value=250.00`;
    const first = await app.inject(url);
    const again = await app.inject(`${url}&currency=USD`);
    expect(again.json()).toEqual(first.json());
    const { meta } = dutyAnswer.parse(first.json());
    const stored = await app.inject(`/api/v1/answers/${meta.answer_id}`);
    expect(stored.statusCode).toBe(200);
    expect(stored.json<{ data: { response: unknown } }>().data.response).toEqual(first.json());
  });

  it('takes back with the knowledge of a later day what an earlier day could not know', async () => {
    const total = async (query: string) => (await get(query)).data.total.ad_valorem_rate;
    const heading = async (query: string) =>
      (await get(query)).data.components
        .flatMap(({ status, heading: number }) => (status === 'applied' ? [number] : []))
        .sort();
    // The end of the IEEPA duties was published on 2026-02-20 with effect for entries from 2026-02-24.
    expect(await total(`${CLUBS}&as_of=2026-02-23`)).toBe('0.275');
    expect(await total(`${CLUBS}&as_of=2026-02-24`)).toBe('0.175');
    expect(await total(`${CLUBS}&as_of=2026-02-24&known_at=2026-02-15T00:00:00.000Z`)).toBe('0.275');
    // Switzerland: 39 % as known in November, 15 % in all after the notice of 2025-12-18 that works back to 2025-11-14.
    const swiss = 'code=9506.62.40.40&origin=CH&as_of=2025-11-20';
    expect(await total(`${swiss}&known_at=2025-11-25T00:00:00.000Z`)).toBe('0.39');
    expect(await total(swiss)).toBe('0.15');
    // EO 14289 of 2025-04-29 worked back: metals of Mexico bore both duties as known before it.
    const mexico = 'code=7601.10.30.00&origin=MX&as_of=2025-04-15';
    expect(await heading(`${mexico}&known_at=2025-04-20T00:00:00.000Z`)).toEqual(['9903.01.01', '9903.85.02', null]);
    expect(await heading(mexico)).toEqual(['9903.01.01', null]);
  });

  it('answers for a code that is not declarable when its lines agree, else names the lines', async () => {
    const alike = await get('code=9506.62.40&origin=CN&as_of=2025-09-01');
    expect([alike.data.declarable, alike.data.total.ad_valorem_rate, alike.data.differing_lines]).toEqual([
      false,
      '0.375',
      [],
    ]);
    const apart = await get('code=7616.99.51&origin=DE&as_of=2025-02-01');
    expect([apart.data.total.status, apart.data.total.ad_valorem_rate]).toEqual(['not_computable', null]);
    const rates = new Set(apart.data.differing_lines.map((line) => line.ad_valorem_rate));
    expect(apart.data.differing_lines.map((line) => line.code)).toContain('7616995160');
    expect(rates.size + new Set(apart.data.differing_lines.map((line) => line.status)).size).toBeGreaterThan(2);
  });

  it('says when the schedule at hand does not reach back', async () => {
    const problem = problemOf(await app.inject(`/api/v1/duties?destination=US&${CLUBS}&as_of=2019-06-01`));
    expect([problem.status, problem.code, problem['first_date']]).toEqual([404, 'not-covered-at-date', '2025-01-01']);
    expect(problemOf(await app.inject('/api/v1/duties?code=9999.99.99.99&origin=CN')).code).toBe('code-not-found');
  });
});

describe.skipIf(!mirrorIsHere)('the history of a duty', () => {
  it.each([
    ['9506.62.40.40', 'CN', 11],
    ['7601.10.30.00', 'CA', 6],
    ['8703.23.01.90', 'JP', 5],
    ['9506.62.40.40', 'CH', 7],
  ])('%s of %s is told in gapless intervals that equal the answers within them', async (code, origin, atLeast) => {
    const to = '2026-10-10';
    const url = `/api/v1/history?destination=US&code=${code}&origin=${origin}&from=2025-01-01&to=${to}`;
    const { rows } = (await read(app, url, historyAnswer)).data;
    expect(rows.length).toBeGreaterThanOrEqual(atLeast);
    expect(rows[0]?.from).toBe('2025-01-01');
    expect(rows.at(-1)?.to).toBeNull();
    for (const [index, row] of rows.entries()) {
      if (index > 0) expect(row.from).toBe(rows[index - 1]?.to);
      const last = Date.parse(row.to ?? to) - (row.to === null ? 0 : 86_400_000);
      const days = [row.from, new Date((Date.parse(row.from) + last) / 2).toISOString().slice(0, 10)];
      for (const day of [...days, new Date(last).toISOString().slice(0, 10)]) {
        const { data } = await get(`code=${code}&origin=${origin}&as_of=${day}`);
        expect([day, data.total]).toEqual([day, row.total]);
      }
    }
  });
});

describe.skipIf(!mirrorIsHere)('membership of the lists of section 301 China in the ledger', () => {
  // Notes and footnotes differ by the four 9802 provisions on lists 1 and 2; 20(s) prints 16 numbers of ten digits besides.
  it.each([
    ['9903.88.01', 'note:20(b)', 856, 860],
    ['9903.88.02', 'note:20(d)', 283, 287],
    ['9903.88.03', 'note:20(f)', 5906, 5906],
    ['9903.88.15', 'note:20(s)', 2963, 2963],
  ])(
    '%s: as many numbers in the note and in the footnotes as the publisher prints',
    async (heading, list, noted, footnoted) => {
      const digits = heading.replaceAll('.', '');
      const count = async (text: string, values: unknown[]) =>
        Number((await database?.pool.query<{ count: string }>(text, values))?.rows[0]?.count);
      expect(
        await count(
          `select count(distinct code) from reference_data
         where topic = 'list-entry' and (subject = $1 or starts_with(subject, $1 || '(')) and length(code) <= 8 and known_to is null`,
          [list],
        ),
      ).toBe(noted);
      expect(
        await count(
          `select count(distinct code) from goods_nomenclature, jsonb_array_elements(footnotes) note
         where source_id = 'us.htsus' and valid_from <= '2026-06-10' and (valid_to is null or valid_to > '2026-06-10')
           and known_to is null and note->'refs' ? $1 and code < '99'`,
          [digits],
        ),
      ).toBe(footnoted);
    },
  );
});
