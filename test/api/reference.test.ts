import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import {
  exchangeRatesAnswerSchema,
  factsAnswerSchema,
  feesAnswerSchema,
  ordersAnswerSchema,
  pgaFlagsAnswerSchema,
  quotasAnswerSchema,
} from '../../api/schemas/reference.ts';
import { apiForTest, apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';
import { loadReference } from '../support/reference-ledger.ts';

const clock = () => '2026-11-20T12:00:00.000Z';
const database = await testDatabase();
const empty = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock });
  await loadReference(database, clock);
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

const status = (coverage: readonly { family: string; status: string }[], family: string) =>
  coverage.find((statement) => statement.family === family)?.status;

describe('GET /orders', () => {
  const orders = (query: string) => read(app, `/api/v1/orders?${query}`, ordersAnswerSchema);

  it('names candidates by code and origin, with the rates of the date, and computes no duty', async () => {
    const { data, meta } = await orders('code=7214.20.00.10&origin=IN');
    expect(data.candidates).toHaveLength(1);
    expect(data.candidates[0]).toMatchObject({
      case_number: 'A-533-999',
      matched_codes: ['72142000'],
      match: 'above',
      confidence: 'possible',
      status: 'order',
      all_others_rate: '0.3000',
      archived: false,
    });
    expect(data.candidates[0]?.rates.map(({ exporter, rate }) => [exporter, rate])).toEqual([
      ['Exporter One', '0.0100'],
      ['All Others', '0.3000'],
    ]);
    expect(data).toMatchObject({ duty: null, confidence: 'possible', entry: { type: '03' } });
    expect(status(meta.coverage, 'antidumping')).toBe('partial');
    expect(meta.sources.map(({ id }) => id)).toContain('us.adcvd');
  });

  it('also matches longer numbers of a scope below a short code', async () => {
    const { data } = await orders('code=8471.30&origin=IN');
    expect(data.candidates).toMatchObject([{ matched_codes: ['8471300100'], match: 'below' }]);
  });

  it('says that no candidate is not no order: those without tariff numbers were not compared', async () => {
    const { data } = await orders('code=0101.21&origin=IN');
    expect(data).toMatchObject({
      candidates: [],
      unchecked_orders_for_country: 1,
      unchecked: [{ case_number: 'A-533-998', product: 'Rope' }],
      absence_means: 'unknown',
      entry: null,
    });
    expect((await orders('code=0101.21&origin=JP')).data).toMatchObject({
      candidates: [],
      unchecked_orders_for_country: 1,
    });
  });

  it('does not cover a date before its notices: nothing found then means nothing known', async () => {
    const { data, meta } = await orders('code=72142000&origin=IN&as_of=2024-01-01');
    expect(data).toMatchObject({ candidates: [], absence_means: 'unknown' });
    expect(status(meta.coverage, 'antidumping')).toBe('not_covered');
  });

  it('knows nothing before the notices were published', async () => {
    const { data, meta } = await orders('code=72142000&origin=IN&known_at=2026-01-01');
    expect([data.candidates, data.absence_means]).toEqual([[], 'unknown']);
    expect(status(meta.coverage, 'antidumping')).toBe('not_covered');
  });

  it('refuses what is no code and no country, and says when nothing is loaded', async () => {
    const bad = problemOf(await app.inject('/api/v1/orders?code=x&origin=India'));
    expect(bad.code).toBe('invalid-request');
    expect(bad.errors.map(({ field }) => field).sort()).toEqual(['code', 'origin']);
    const bare = await apiForTest(empty, {}, clock);
    for (const path of [
      'orders?code=7214&origin=IN',
      'pga-flags?code=7214',
      'quotas',
      'fees',
      'exchange-rates?from=EUR&to=USD',
    ])
      expect([path, problemOf(await bare.inject(`/api/v1/${path}`)).code]).toEqual([path, 'not-loaded']);
  });
});

describe('GET /pga-flags', () => {
  const flags = (query: string) => read(app, `/api/v1/pga-flags?${query}`, pgaFlagsAnswerSchema);

  it('takes the longest number per flag and programme, with its definition', async () => {
    const { data } = await flags('code=6109.10.00.12&as_of=2025-03-01');
    expect(data.flags).toMatchObject([
      {
        flag: 'DE1',
        program: 'DEA',
        code: '6109100012',
        requirement: 'may_be_required',
        authority: 'authoritative',
        flag_source: 'published_agency_list',
        definition: 'DE1 in words',
        stale: false,
      },
    ]);
    expect((await flags('code=6109.90.10&as_of=2025-03-01')).data.flags).toMatchObject([{ flag: 'DE1', code: '6109' }]);
  });

  it('shows flags on longer numbers, and which of those numbers have left the schedule', async () => {
    const { data } = await flags('code=6109.10.00&as_of=2025-03-01');
    expect(data.flags_below.map(({ flag, codes, stale }) => [flag, codes, stale])).toEqual([
      ['DE1', ['6109100012'], false],
      ['DE3', ['6109100099'], true],
    ]);
  });

  it('says of an empty list that it means unknown, and who publishes nothing', async () => {
    const { data, meta } = await flags('code=0101.21.00&as_of=2025-03-01');
    expect(data).toMatchObject({
      flags: [],
      flags_below: [],
      absence_means: 'unknown',
      unlisted_agencies: ['FDA', 'NMF'],
    });
    expect(status(meta.coverage, 'pga-other-agencies')).toBe('not_covered');
    expect(status(meta.coverage, 'pga-dea')).toBe('partial');
  });

  it('does not say that a number has gone at a date whose schedule is not held', async () => {
    const { data } = await flags('code=6109100099&as_of=2025-01-05');
    expect(data.flags.map(({ flag, stale }) => [flag, stale])).toEqual([
      ['DE1', false],
      ['DE3', true],
    ]);
    const before = await flags('code=6109100099&as_of=2024-06-01');
    expect(before.data.in_schedule).toBeNull();
  });
});

describe('GET /quotas', () => {
  const quotas = (query = '') => read(app, `/api/v1/quotas${query}`, quotasAnswerSchema);

  it('lists the quotas of the date as stated, nothing reported as null', async () => {
    const { data, meta } = await quotas();
    expect(data.quotas.map(({ quota, country, status: state, entered }) => [quota, country, state, entered])).toEqual([
      ['01CHEESE07', 'NEW ZEALAND', 'filled', '8200000'],
      ['01CHEESE07', 'OTHR', 'open', '250000'],
      ['09XLUMBER', 'CANADA', 'excluded', null],
    ]);
    expect(data.quotas[0]).toMatchObject({ filled_on: '2026-08-28', stated_as_of: '2026-11-16', share: '1' });
    expect(data.absence_means).toBe('unknown');
    expect([status(meta.coverage, 'quotas'), status(meta.coverage, 'quota')]).toEqual(['partial', 'not_covered']);
  });

  it('a country with a share of its own does not use that of the others', async () => {
    const named = async (query: string) =>
      (await quotas(query)).data.quotas.map(({ quota, country }) => `${quota} ${country ?? ''}`);
    expect(await named('?country=NZ')).toEqual(['01CHEESE07 NEW ZEALAND']);
    expect(await named('?country=FR')).toEqual(['01CHEESE07 OTHR']);
    // Its own share is filled: that does not open the others' to it.
    expect(await named('?country=NZ&status=open')).toEqual([]);
    expect(await named('?status=excluded')).toEqual(['09XLUMBER CANADA']);
    expect(await named('?as_of=2025-06-01')).toEqual([]);
  });

  it.each(['ZZ', 'UK', 'Nowhere', "O'x"])(
    '%s is no country: it is not given the quota of all others',
    async (country) => {
      const response = await app.inject(`/api/v1/quotas?country=${encodeURIComponent(country)}`);
      expect(problemOf(response)).toMatchObject({ status: 400, errors: [{ field: 'country' }] });
    },
  );

  it('cannot be asked by code where the publisher names none, and says so', async () => {
    const { data } = await quotas('?code=0406.90');
    expect(data).toMatchObject({ quotas: [], not_by_code: ['US'], absence_means: 'unknown' });
  });
});

describe('GET /fees', () => {
  it.each([
    ['2025-02-03', '32.71', '634.62'],
    ['2025-11-20', '33.58', '651.50'],
    ['2026-11-20', '34.58', '670.86'],
  ])('the merchandise processing fee of %s', async (date, minimum, maximum) => {
    const { data } = await read(app, `/api/v1/fees?as_of=${date}`, feesAnswerSchema);
    expect(data.fees.filter(({ fee }) => fee === 'mpf_formal')).toMatchObject([
      { rate: '0.003464', minimum, maximum, verified: 'notice text' },
    ]);
    expect(data.thresholds.find(({ threshold }) => threshold === 'informal_entry')).toMatchObject({ amount: '2500' });
    expect(data.exemptions.flatMap(({ programmes }) => programmes)).toContain('S');
  });

  it('gives the de minimis rules of the date, what suspends them included', async () => {
    const rules = async (date: string) =>
      (await read(app, `/api/v1/fees?as_of=${date}`, feesAnswerSchema)).data.thresholds
        .filter(({ threshold }) => threshold === 'de_minimis')
        .map(({ status: state, origins }) => [state, origins]);
    expect(await rules('2025-04-30')).toEqual([['granted', null]]);
    expect(await rules('2025-05-02')).toContainEqual(['suspended', ['CN', 'HK']]);
    expect(await rules('2025-08-29')).toContainEqual(['suspended', null]);
  });
});

describe('GET /exchange-rates', () => {
  const url = (query: string) => `/api/v1/exchange-rates?${query}`;

  it('gives the published rate of a day, directly, inversely and over a common base', async () => {
    const rate = async (query: string) =>
      (await read(app, url(query), exchangeRatesAnswerSchema)).data.rates.map((each) => [
        each.kind,
        each.rate,
        each.used.length,
      ]);
    expect(await rate('from=EUR&to=USD&date=2025-02-03')).toEqual([['daily', '1.025', 1]]);
    expect(await rate('from=USD&to=EUR&date=2025-02-03&kind=daily')).toEqual([['daily', '0.9756097561', 1]]);
    expect(await rate('from=GBP&to=USD&date=2025-02-03')).toEqual([['daily', '1.234939759', 2]]);
  });

  it.each(['XXX', 'XAU', 'BTC'])('%s is no currency, and not one whose rate is missing', async (currency) => {
    const rates = await app.inject(url(`from=${currency}&to=EUR`));
    expect(problemOf(rates)).toMatchObject({ status: 400, errors: [{ field: 'from' }] });
    const payload = { code: '6109100012', destination: 'US', origin: 'DE', goods_value: '100', currency };
    const cost = await app.inject({ method: 'POST', url: '/api/v1/landed-cost', payload });
    expect(problemOf(cost)).toMatchObject({ status: 400, errors: [{ field: 'currency' }] });
  });

  it('never gives the last rate for a date without one', async () => {
    for (const query of [
      'date=2025-02-04',
      'date=2025-02-02',
      '',
      'date=2025-02-03&kind=monthly',
      'as_of=2024-02-03',
    ]) {
      const found = problemOf(await app.inject(url(`from=EUR&to=USD&${query}`)));
      expect([query, found.code]).toEqual([query, 'not-found']);
    }
    const found = problemOf(await app.inject(url('from=EUR&to=USD&date=2025-02-04')));
    expect(found['missing']).toEqual(['exchange_rate:EUR/USD@2025-02-04']);
    expect(JSON.stringify(found)).not.toContain('1.025');
    expect(found.detail).toContain('The newest held are those of 2025-02-03 (fx.ecb).');
    const early = await app.inject(url('from=EUR&to=USD&date=2025-02-03&known_at=2025-02-01'));
    expect(problemOf(early).detail).toContain('None had been published by 2025-02-01');
  });

  it('did not know it before it was published, and refuses two dates', async () => {
    expect(problemOf(await app.inject(url('from=EUR&to=USD&date=2025-02-03&known_at=2025-02-01'))).code).toBe(
      'not-found',
    );
    expect(problemOf(await app.inject(url('from=EUR&to=USD&date=2025-02-03&as_of=2025-02-02'))).code).toBe(
      'invalid-request',
    );
    expect(problemOf(await app.inject(url('from=EUR&to=EUR&date=2025-02-03'))).code).toBe('invalid-request');
  });
});

describe('GET /facts', () => {
  it('lists every fact with what is taken as given while it is undeclared', async () => {
    const { data } = await read(app, '/api/v1/facts', factsAnswerSchema);
    expect(data.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['preference', 'loaded_on', 'chapter_98', 'metal_content_value']),
    );
    for (const fact of data) expect(fact.undeclared).not.toBe('');
  });
});

it('every answer is kept under its id and can be asked again', async () => {
  for (const path of [
    'orders?code=7214&origin=IN',
    'pga-flags?code=6109',
    'quotas',
    'fees',
    'exchange-rates?from=EUR&to=USD&date=2025-02-03',
  ]) {
    const response = await app.inject(`/api/v1/${path}`);
    const { meta } = response.json<{ meta: { answer_id: string; as_of: string; known_at: string } }>();
    const stored = await app.inject(`/api/v1/answers/${meta.answer_id}`);
    expect([path, stored.statusCode]).toEqual([path, 200]);
    expect(stored.json()).toMatchObject({ data: { later: { differs: false } } });
  }
});
