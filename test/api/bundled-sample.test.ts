import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { isOffered } from '../../ingest/offered.ts';
import { DECLARATIONS, SOURCES } from '../../ingest/registry.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import { apiOn } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { ingestDeps } from '../support/ingest-deps.ts';

/** What a fresh clone answers: the European side of the bundled sample, loaded as `tariff start` loads it. Amounts are worked by hand. */
const folder = fileURLToPath(new URL('../../snapshots/sample/', import.meta.url));
const TODAY = '2026-11-20';
const clock = () => `${TODAY}T12:00:00.000Z`;
const database = await testDatabase();
const loaded: string[] = [];
let app: FastifyInstance;

beforeAll(async () => {
  const fetch = withDeclarations(await openMirror(folder), DECLARATIONS);
  const deps = { ...(await ingestDeps(database, fetch, clock)), sample: true };
  for (const source of SOURCES.filter(({ jurisdiction }) => jurisdiction !== 'US')) {
    if (!(await isOffered(source, fetch, TODAY))) continue;
    const report = await runSource(deps, source, { trigger: 'manual', select: notPublished });
    expect([source.id, report.state, report.message]).toEqual([source.id, 'published', null]);
    loaded.push(source.id);
  }
  app = await apiOn(database, {}, clock);
}, 120_000);
afterAll(() => app.close());

interface Component {
  program: string;
  status: string;
  amount: string | null;
  reason: string | null;
}
interface Answer<T> {
  data: T;
  meta: { coverage: { family: string; status: string; reason: string | null }[] };
}
type Duties = Answer<{
  total: { status: string; amount: string | null; currency: string | null; missing: string[] };
  components: Component[];
}>;

/** 200, with the answer. */
async function ask<T>(path: string, body?: object): Promise<T> {
  const url = `/api/v1/${path}`;
  const response = await (body ? app.inject({ method: 'POST', url, payload: body }) : app.inject(url));
  expect(response.statusCode, `${path}: ${response.body.slice(0, 500)}`).toBe(200);
  return response.json<T>();
}

/** 'CODE DESTINATION ORIGIN [DATE]' and an amount of the destination's currency. */
async function duties(question: string, amount: string, more: object = {}): Promise<Duties> {
  const [code, destination = '', origin, as_of] = question.split(' ');
  const currency = ['GB', 'XI'].includes(destination) ? 'GBP' : 'EUR';
  return ask<Duties>('duties', {
    code,
    destination,
    origin,
    ...(as_of === undefined ? {} : { as_of }),
    customs_value: { amount, currency },
    ...more,
  });
}

const totalOf = ({ data }: Duties) => [data.total.status, data.total.amount, data.total.currency];
const statesOf = ({ data }: Duties) => data.components.map(({ program, status }) => `${program} ${status}`);
const kilograms = (amount: string) => ({ quantities: [{ unit: 'KGM', amount }] });

describe('the sample', () => {
  it('loads every source that it has files of, without an error', async () => {
    const held = [
      'eu.meursing',
      'eu.quotas',
      'eu.taric',
      'eu.vat',
      'fx.ecb',
      'fx.hmrc',
      'gb.quotas',
      'gb.regimes',
      'gb.tariff',
      'gb.trade-tariff-api',
      'no.tolltariffen',
      'wco.hs',
    ];
    expect(loaded).toEqual(expect.arrayContaining(held));
    const { rows } = await sql<{ code: string }>`select distinct code from issue where severity <> 'info'`.execute(
      database.db,
    );
    // Each says that this is no whole tariff; nothing that was written is misread.
    expect(rows.map(({ code }) => code)).toEqual(['family-incomplete']);
  });

  it('says in every duty answer that it is a sample, and never calls a total complete', async () => {
    for (const question of ['6109100010 DE CN', '6109100010 GB CN', '6109100010 XI CN']) {
      const answer = await duties(question, '1000.00');
      expect(answer.data.total.status).toBe('lower_bound');
      const { coverage } = answer.meta;
      expect(coverage.filter(({ status }) => status === 'covered')).toEqual([]);
      const stating = coverage.filter(({ family }) => family === 'general' || family === 'preference');
      expect(stating.length).toBeGreaterThan(0);
      for (const { reason } of stating) expect(reason).toContain('bundled sample');
    }
  });
});

describe('what a source cannot know', () => {
  it('stays said beside the sample', async () => {
    const body = {
      destination: 'DE',
      currency: 'EUR',
      lines: [{ code: '6109100010', origin: 'CN', value: '1000.00' }],
    };
    const { meta } = await ask<Answer<unknown>>('landed-cost', body);
    const vat = meta.coverage.find(({ family }) => family === 'vat');
    expect(vat?.reason).toMatch(/bundled sample: .*; reduced rates are candidates/);
  });
});

describe('duties of the sample', () => {
  it('ad valorem in the Union and in Great Britain', async () => {
    expect(totalOf(await duties('6109100010 DE CN', '1000.00'))).toEqual(['lower_bound', '120.00', 'EUR']);
    expect(totalOf(await duties('6912002310 GB CN', '1000.00'))).toEqual(['lower_bound', '40.00', 'GBP']);
    expect(totalOf(await duties('8471300000 FR CN', '1000.00'))).toEqual(['lower_bound', '0.00', 'EUR']);
  });

  it('a preference of a group, and its exclusion', async () => {
    const claimed = { facts: { preference: '2005' } };
    const given = await duties('6109100010 DE BD', '1000.00', claimed);
    expect([totalOf(given)[1], statesOf(given)]).toEqual([
      '0.00',
      ['eu.preference applied', 'eu.third-country suppressed'],
    ]);
    const refused = await duties('6109100010 DE KH', '1000.00', claimed);
    expect(totalOf(refused)[1]).toBe('120.00');
    expect(refused.data.components.map(({ reason }) => reason)).toContain('KH is excluded from 2005');
  });

  it('a Meursing duty: 9 % of 500 EUR and 38.99 EUR for each 100 kg, less than 24.2 % and the sugar duty', async () => {
    const declared = { ...kilograms('200'), facts: { additional_code: '7004' } };
    expect(totalOf(await duties('1905311900 DE CN', '500.00', declared))[1]).toBe('122.98');
    const open = await duties('1905311900 DE CN', '500.00', kilograms('200'));
    expect([open.data.total.amount, open.data.total.missing]).toEqual([null, ['additional_code']]);
  });

  it('an entry price: oranges at 34.00 EUR pay 16 % and 1.40 EUR for each 100 kg in December, 16 % in November', async () => {
    const tons = kilograms('2000');
    const december = await duties('0805102290 DE ZA 2026-12-10', '680.00', {
      ...tons,
      facts: { entry_price: '34.00' },
    });
    expect(totalOf(december)[1]).toBe('136.80');
    const undeclared = await duties('0805102290 DE ZA 2026-12-10', '680.00', tons);
    expect([undeclared.data.total.amount, undeclared.data.total.missing]).toEqual([null, ['entry_price']]);
    expect(totalOf(await duties('0805102290 DE ZA', '680.00', tons))[1]).toBe('108.80');
  });

  it('a quota by its documents', async () => {
    const quota = { facts: { in_quota: true, certificates: ['A014'] } };
    expect(totalOf(await duties('6912002111 DE IN', '1000.00', quota))[1]).toBe('0.00');
    const unclaimed = await duties('6912002111 DE IN', '1000.00');
    expect([totalOf(unclaimed)[1], statesOf(unclaimed)]).toEqual([
      '50.00',
      ['eu.third-country applied', 'eu.quota available'],
    ]);
  });

  it('anti-dumping and countervailing duty by company: 6 + 62.1 + 17.2 % or 6 + 10.3 + 8.5 %', async () => {
    expect(totalOf(await duties('8711601000 FR CN', '1000.00'))[1]).toBe('853.00');
    const company = { facts: { additional_code: 'C384', certificates: ['D008'] } };
    expect(totalOf(await duties('8711601000 FR CN', '1000.00', company))[1]).toBe('248.00');
    expect(totalOf(await duties('8711601000 FR VN', '1000.00'))[1]).toBe('60.00');
  });
});

interface Cost {
  data: {
    totals: Record<'duty' | 'fees' | 'taxes' | 'total', string | null> & { status: string; missing: string[] };
    thresholds: { threshold: string; applies: boolean | null; reason: string }[];
    assumptions: string[];
  };
}
async function cost(question: string, value: string, currency: string, more: object = {}): Promise<Cost['data']> {
  const [code, destination, origin, as_of] = question.split(' ');
  const body = {
    destination,
    currency,
    ...(as_of === undefined ? {} : { as_of }),
    lines: [{ code, origin, value, ...more }],
  };
  return (await ask<Cost>('landed-cost', body)).data;
}

describe('landed cost of the sample', () => {
  it('VAT of the state on value and duty', async () => {
    // 12 % of 1000.00; 19 % of 1120.00 in Germany, 21 % in Romania since August 2025, 19 % before.
    const { totals } = await cost('6109100010 DE CN', '1000.00', 'EUR');
    expect([totals.duty, totals.taxes, totals.total]).toEqual(['120.00', '212.80', '1332.80']);
    expect((await cost('6109100010 RO CN', '1000.00', 'EUR')).totals.taxes).toBe('235.20');
    expect((await cost('6109100010 RO CN 2025-07-31', '1000.00', 'EUR')).totals.taxes).toBe('212.80');
  });

  it('British VAT without a measure: the standard rate is an assumption until a rate is declared', async () => {
    const toys = await cost('9503004100 GB CN', '1000.00', 'GBP');
    expect([toys.totals.taxes, toys.totals.missing.includes('vat_rate')]).toEqual(['208.00', true]);
    const assumption = 'Line 1: VAT at the standard rate; goods with a zero or reduced rate cost less than this total.';
    expect(toys.assumptions).toContain(assumption);
    const declared = await cost('9503004100 GB CN', '1000.00', 'GBP', { facts: { vat_rate: '0' } });
    expect([declared.totals.taxes, declared.assumptions.includes(assumption)]).toEqual(['0.00', false]);
  });

  it('excise before VAT: 28 litres of alcohol at 32.79, 20 % on 1918.12; no rate is carried past its end', async () => {
    const spirits = { quantities: [{ unit: 'LPA', amount: '28' }] };
    const { totals } = await cost('2208308200 GB US 2025-07-14', '1000.00', 'GBP', spirits);
    expect([totals.duty, totals.taxes, totals.total]).toEqual(['0.00', '1301.74', '2301.74']);
    const later = await cost('2208308200 GB US', '1000.00', 'GBP', spirits);
    expect(later.totals.missing).toEqual(expect.arrayContaining(['tax:excise', 'tax:vat']));
    expect(later.totals.taxes).toBeNull();
  });

  it('little value: free of duty until June 2026, three euros for each item from July', async () => {
    expect((await cost('6109100010 DE CN 2026-06-30', '100.00', 'EUR')).totals.duty).toBe('0.00');
    expect((await cost('6109100010 DE CN 2026-07-01', '100.00', 'EUR')).totals.duty).toBe('3.00');
    // Relief is from customs duty: whether the anti-dumping duty on electric bicycles is due all the same is left open.
    const cycles = await cost('8711601000 DE CN 2026-06-30', '100.00', 'EUR');
    expect([cycles.totals.duty, cycles.totals.status]).toEqual(['0.00', 'lower_bound']);
    expect(cycles.totals.missing).toContain('relief:additional-duties');
  });

  it('tubes of steel: carbon certificates are a cost beside the total, from 2026 on and not for the origins left out', async () => {
    const told = async (question: string) =>
      (await cost(question, '1000.00', 'EUR')).assumptions.some((each) => each.includes('cost of its certificates'));
    expect(await told('7306307780 DE CN 2026-01-01')).toBe(true);
    expect(await told('7306307780 DE CN 2025-12-31')).toBe(false);
    expect(await told('7306307780 DE CH 2026-06-10')).toBe(false);
    expect(await told('6109100010 DE CN 2026-06-10')).toBe(false);
  });

  it('little value into Great Britain: the relief is not held, so what the sum is rests on it', async () => {
    const small = await cost('6109100010 GB CN', '135.00', 'GBP');
    expect(small.totals.missing).toContain('threshold:de_minimis');
    expect(small.assumptions.join(' ')).toContain('customs duty may not be due');
    const above = await cost('6109100010 GB CN', '135.01', 'GBP');
    expect(above.totals.missing).not.toContain('threshold:de_minimis');
    expect(above.assumptions.join(' ')).not.toContain('may not be due');
  });

  it('goods at risk in Northern Ireland pay the duty of the Union when it is more than 3 % of the value higher', async () => {
    const atRisk = ({ thresholds }: Cost['data']) =>
      thresholds.find(({ threshold }) => threshold === 'at_risk')?.applies;
    const cycles = await cost('8711601000 XI CN', '1000.00', 'GBP');
    expect([cycles.totals.duty, atRisk(cycles)]).toEqual(['853.00', true]);
    const plates = await cost('6912002310 XI CN', '1000.00', 'GBP');
    expect([plates.totals.duty, atRisk(plates)]).toEqual(['40.00', false]);
  });

  it('the month’s rate of exchange, and nothing for a month without one', async () => {
    // ECB, 2023-04-19: 1.0933 dollars; HMRC, May 2023: 1.245. Duty is 12 % of 1000.00.
    expect((await cost('6109100010 DE CN 2023-05-10', '1093.30', 'USD')).totals.duty).toBe('120.00');
    expect((await cost('6109100010 GB CN 2023-05-10', '1245.00', 'USD')).totals.duty).toBe('120.00');
    const { totals } = await cost('6109100010 DE CN', '1093.30', 'USD');
    expect([totals.total, totals.missing]).toEqual([
      null,
      expect.arrayContaining([`exchange_rate:USD/EUR@${TODAY}`]) as unknown,
    ]);
  });
});

describe('what else is asked of the sample', () => {
  it('documents with their waivers, and the border adjustment on steel', async () => {
    interface Requirements {
      data: { requirements: { regime: string; groups: { options: { certificate: string | null }[] }[] }[] };
    }
    const { data } = await ask<Requirements>('requirements?code=0805102290&destination=DE&origin=ZA');
    expect(JSON.stringify(data.requirements)).toMatch(/C644.*Y929/s);
    const norwegian = await ask<Requirements>('requirements?code=0805102290&destination=DE&origin=NO');
    expect(JSON.stringify(norwegian.data.requirements)).not.toContain('C644');
    const tubes = await ask<Requirements>('requirements?code=7306307780&destination=DE&origin=TR');
    expect(tubes.data.requirements.map(({ regime }) => regime)).toContain('cbam');
  });

  it('whether a code stands', async () => {
    const question = { destination: 'DE', origin: 'CN' };
    const { data } = await ask<Answer<{ verdict: string }>>('validate', { code: '6109100010', ...question });
    expect(data.verdict).not.toBe('fail');
    const above = await ask<Answer<{ verdict: string }>>('validate', { code: '61091000', ...question });
    expect(above.data.verdict).toBe('fail');
  });

  it('a line with its inherited rate, and balances of quotas on a day of their period', async () => {
    const { data } = await ask<Answer<{ rates: { expression: string; inherited_from: string | null }[] }>>(
      'lookup?code=6109100010&jurisdiction=EU',
    );
    expect(data.rates).toMatchObject([{ expression: '12.000 %', inherited_from: '6109' }]);
    for (const [jurisdiction, quota] of [
      ['EU', '099820'],
      ['GB', '058604'],
    ] as const) {
      const balances = await ask<Answer<{ quotas: { quota: string; balance: string }[] }>>(
        `quotas?jurisdiction=${jurisdiction}&as_of=2026-08-22`,
      );
      expect(balances.data.quotas.map((each) => each.quota)).toEqual([quota]);
    }
  });
});
