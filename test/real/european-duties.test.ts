import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerDuty } from '../../answers/duty/answer-duty.ts';
import { europeanDutyAnswer } from '../../answers/duty/european.ts';
import { dutyHistory } from '../../answers/duty/history.ts';
import { landedCost } from '../../answers/landed-cost/landed-cost.ts';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { DECLARATIONS, sourceById } from '../../ingest/registry.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import { openStore } from '../../snapshots/store.ts';
import { significantDigits } from '../../transforms/code.ts';
import { parseTaricDuty } from '../../transforms/duty/parse-taric.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import type { DutyComponent } from '../../transforms/stacking/component.ts';
import { dutyAnswer } from '../../api/schemas/duties.ts';
import { apiForTest, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { sharedFile } from '../support/edition-load.ts';
import { asked, dutyDeps } from '../support/european-ledger.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with the European tariffs');
/** Every line when asked to verify, every eleventh otherwise. */
const whole = process.env['TARIFF_VERIFY'] === '1';
const sample = <T>(items: readonly T[]): T[] => (whole ? [...items] : items.filter((_, index) => index % 11 === 0));

const standing = (components: readonly DutyComponent[], type: string): DutyComponent[] =>
  components.filter(
    ({ measure_type, status, source }) =>
      measure_type === type && source !== null && (status === 'applied' || status === 'undetermined'),
  );

describe.skipIf(!present)('duties of the real European tariffs', async () => {
  if (!present) return;
  const database = await testDatabase();
  const deps = dutyDeps(database);

  beforeAll(async () => {
    const fetch = withDeclarations(await openMirror(new URL('mirror', shared).pathname), DECLARATIONS);
    const store = await openStore(await mkdtemp(join(tmpdir(), 'real-european-')));
    const clock = () => '2026-11-20T00:00:00.000Z';
    const run = { database, store, fetch, clock, codeVersion: 'test', report: () => undefined };
    for (const id of ['eu.taric', 'gb.tariff', 'eu.meursing', 'eu.taric-xml', 'gb.trade-tariff-api']) {
      const source = sourceById(id);
      if (!source) throw new Error(`no source ${id}`);
      const report = await runSource(run, source, {
        trigger: 'manual',
        accept: 'editions in between are left out',
        select: (editions, published) =>
          notPublished(editions, published).filter(({ label }) => !['2025-12', '2026-05', 'v1.0.0'].includes(label)),
      });
      for (const outcome of report.outcomes) expect([id, outcome.state]).toEqual([id, 'published']);
    }
  }, 240_000);

  it('303 declarable lines of June 2026 owe the third-country duty over HTTP, each from the line that declares it', async () => {
    const rows = csvRecords(sharedFile('golden/eu-uk/eu_leaf_duty_sample_2026-06.csv'), [
      'declarable_code',
      'declared_at',
      'third_country_duty',
    ]);
    expect(rows).toHaveLength(303);
    const app = await apiForTest(database, {}, () => '2026-11-20T00:00:00.000Z');
    let inherited = 0;
    const unlisted: [string, unknown][] = [];
    for (const row of rows) {
      const code = row.declarable_code ?? '';
      // 100: the third-country duty itself, whatever is suspended.
      const url = `/api/v1/duties?code=${code}&destination=DE&origin=US&as_of=2026-06-17&preference=100`;
      const { data } = await read(app, url, dutyAnswer);
      const duty = data.components.find(
        ({ measure_type, status, source }) => measure_type === '103' && status === 'applied' && source !== null,
      );
      expect([code, duty?.expression, duty?.code]).toEqual([
        code,
        row.third_country_duty,
        significantDigits(row.declared_at ?? ''),
      ]);
      if (row.declared_at !== code) inherited += 1;
      if (data.unlisted) unlisted.push([code, data.total.missing]);
      else expect([code, data.declarable]).toEqual([code, true]);
      expect([code, data.total.status]).toEqual([code, 'lower_bound']);
    }
    // The nomenclature in the folder of June is that of April: a code opened since is not in it, and no measure names it.
    expect(unlisted).toEqual([['9403208020', ['nomenclature']]]);
    expect(inherited).toBe(197);
  }, 60_000);

  it('no measure of June 2026 names a code that the nomenclature does not list', async () => {
    const { rows } = await database.pool.query<{ code: string }>(
      `select distinct m.code from measure m where m.source_id = 'eu.taric' and not exists (select 1 from goods_nomenclature g
        where g.source_id = m.source_id and g.code = m.code)`,
    );
    expect(rows).toEqual([]);
  });

  const schedule = (version: string) => {
    const byCode = new Map<string, { duty: string; from: string; to: string | null; area: string }[]>();
    for (const row of csvRecords(sharedFile(`mirror/uk/data-api/${version}/measures-as-defined.csv.gz`), [
      'commodity__code',
      'measure__type__id',
      'measure__geographical_area__id',
      'measure__duty_expression',
      'measure__effective_start_date',
      'measure__effective_end_date',
    ])) {
      if (row.measure__type__id !== '103') continue;
      const end = row.measure__effective_end_date ?? null;
      const measure = {
        duty: row.measure__duty_expression ?? '',
        from: row.measure__effective_start_date ?? '',
        to: end === '#NA' ? null : end,
        area: row.measure__geographical_area__id ?? '',
      };
      byCode.set(row.commodity__code ?? '', [...(byCode.get(row.commodity__code ?? '') ?? []), measure]);
    }
    return byCode;
  };

  it('the British schedule has the lines it is known to have', () => {
    expect(schedule('v1.0.1').size).toBe(11_793);
    // 11,797 codes have a measure of any type.
    expect(schedule('v1.0.2').size).toBe(11_796);
  });

  it.each(['2021-03-01', '2025-07-14'])(
    'every line of the British schedule answers with the printed rate of %s',
    async (date) => {
      const tally = { declarable: 0, alike: 0, replaced: 0, differing: 0, ended: 0 };
      for (const [code, printed] of sample([...schedule('v1.0.2')])) {
        const expected = printed
          .filter(({ area, from, to }) => area === '1011' && from <= date && (to === null || to >= date))
          .map(({ duty }) => duty);
        if (expected.length === 0) {
          tally.ended += 1;
          continue;
        }
        const question = asked(`${code} GB US ${date}`, { facts: { preference: '100' } });
        const { data, stack } = await europeanDutyAnswer(deps, question);
        const found = standing(stack.components, '103').map(({ expression }) => expression);
        // Lines below may all print another rate than the line above them.
        const replaced = !data.declarable && data.differing_lines.length === 0 && found.join() !== expected.join();
        if (!replaced) expect([code, found]).toEqual([code, expected]);
        if (replaced) tally.replaced += 1;
        else if (data.declarable) tally.declarable += 1;
        else if (data.differing_lines.length === 0) tally.alike += 1;
        else tally.differing += 1;
      }
      console.info(`British schedule on ${date}: ${JSON.stringify(tally)}`);
      expect(tally.declarable).toBeGreaterThan(whole ? 9_000 : 800);
      expect(tally.replaced).toBe(0);
    },
    120_000,
  );

  it.each([
    // Recorded answers of the Northern Ireland service.
    ['2924297099 EU CN 2025-07-14', '1234.56', { additional_code: '2501' }, '80.25', '103'],
    ['2924297099 EU ID 2025-07-14', '8000.00', { preference: '200' }, '176.00', '142'],
    ['2924297099 EU BD 2025-07-14', '8000.00', { preference: '200' }, '0.00', '142'],
    ['2924297099 EU TR 2025-07-14', '8000.00', { preference: '400' }, '0.00', '106'],
    // India is excluded from group 2020: its claim fails.
    ['2924297099 EU IN 2025-07-14', '8000.00', { preference: '200', additional_code: '2501' }, '520.00', '103'],
    // Compound duty, of which the preference of Türkiye removes the ad valorem part; Haiti is excluded from 1033.
    ['0201100021 EU US 2025-02-11', '10000.00', {}, '4816.00', '103'],
    ['0201100021 EU TR 2025-02-11', '10000.00', { preference: '300' }, '3536.00', '142'],
    ['0201100021 EU HT 2025-02-11', '10000.00', {}, '4816.00', '103'],
    // Meursing: 9 % + EA MAX 24.2 % + ADSZ.
    ['1905319100 EU US 2026-06-10', '20000.00', { additional_code: '7476' }, null, '103'],
  ] as const)('%s, %s', async (text, value, facts, amount, type) => {
    const quantities = [{ unit: 'KGM', amount: '2000' }];
    const { data } = await answerDuty(deps, asked(text, { value, facts, quantities }));
    const applied = data.components.filter(({ status }) => status === 'applied');
    expect(applied.map(({ measure_type }) => measure_type)).toEqual([type]);
    if (amount !== null) expect(data.total.amount).toBe(amount);
    expect(data.total.amount).not.toBeNull();
    // The months at hand hold no anti-dumping duties: the total says so.
    expect(data.total.status).toBe('lower_bound');
  });

  it('an answer with agricultural components says what their tables are', async () => {
    const biscuits = asked('1905319100 DE US 2026-06-10', { value: '1000.00', facts: { additional_code: '7476' } });
    const { coverage, cites, view } = await answerDuty(deps, biscuits);
    expect(coverage.find(({ family }) => family === 'meursing')).toMatchObject({ status: 'partial' });
    expect([...cites].map((id) => view.byId.get(id)?.source_id)).toContain('eu.meursing');
    const plain = await answerDuty(deps, asked('0602400000 DE US 2026-06-10'));
    expect(plain.coverage.some(({ family }) => family === 'meursing')).toBe(false);
  });

  it('an agricultural component of another time is none: the tables begin with 2022', async () => {
    const facts = { additional_code: '7476' };
    const quantities = [{ unit: 'KGM', amount: '100' }];
    const on = (date: string) =>
      answerDuty(deps, asked(`1905319100 DE US ${date}`, { value: '1000.00', facts, quantities }));
    expect((await on('2022-01-01')).data.total.amount).toBe('207.11');
    // The messages of December 2018 hold amounts of these tables for 2019: of another source, and not whole.
    for (const date of ['2019-06-10', '2021-12-31']) {
      const { data } = await on(date);
      expect(data.total).toMatchObject({ status: 'not_computable', amount: null });
      expect(data.components[0]?.reason).toContain('no amount for the additional code 7476');
    }
  });

  it('who belongs to a group of the United Kingdom is known on one day: on another the answer says so', async () => {
    const claimed = (date: string) =>
      answerDuty(deps, asked(`0201100021 GB JM ${date}`, { value: '1000.00', facts: { preference: '300' } }));
    const { data, coverage } = await claimed('2022-07-14');
    expect(data.total).toMatchObject({ status: 'lower_bound', amount: '0.00' });
    expect(coverage.find(({ family }) => family === 'country-groups')).toMatchObject({
      status: 'partial',
      data_as_of: '2025-07-14',
      reason: expect.stringMatching(/members of .*1033/) as unknown,
    });
    const there = await claimed('2025-07-14');
    expect(there.coverage.some(({ family }) => family === 'country-groups')).toBe(false);
  });

  /** Goods of the United States for 1,000 pounds, 2 tonnes, nothing else charged. */
  const intoNorthernIreland = async (code: string, as_of: string) => {
    const pounds = { amount: '1000.00', currency: 'GBP' };
    const nothing = { amount: '0.00', currency: 'GBP' };
    const { data } = await landedCost(deps, {
      destination: 'XI',
      as_of,
      known_at: null,
      basis: 'FOB',
      shipping: nothing,
      insurance: nothing,
      inland: nothing,
      charges_by: 'value',
      transport_mode: null,
      entry: null,
      manual: false,
      foreign_importer: null,
      lines: [
        {
          code,
          origin: 'US',
          value: pounds,
          units: null,
          weight: null,
          quantities: [{ unit: 'KGM', amount: '2000' }],
          facts: {},
        },
      ],
    });
    return data;
  };

  it.each([
    // Roses: 8.3 % into the Union, free into the United Kingdom. Horses: 11.5 and 10 %, less than 3 % of the value apart.
    ['0602400000', 'eu.third-country', '83.00', true],
    ['0101299000', 'gb.third-country', '100.00', false],
  ] as const)('%s into Northern Ireland owes %s', async (code, program, amount, atRisk) => {
    const data = await intoNorthernIreland(code, '2026-06-10');
    const [line] = data.lines;
    expect(data.currency).toBe('GBP');
    expect(line?.duty.amount).toBe(amount);
    expect(line?.duty.components.find(({ status }) => status === 'applied')?.program).toBe(program);
    expect(data.thresholds).toMatchObject([
      { threshold: 'de_minimis', applies: null },
      { threshold: 'at_risk', applies: atRisk, citations: [expect.stringContaining('Decision No 1/2023')] },
    ]);
    // Within the tolerance only an authorised trader owes the United Kingdom's duty.
    expect(data.assumptions.some((text) => text.includes('UK Internal Market Scheme'))).toBe(!atRisk);
  });

  it('a code that only the Union has owes its duty into Northern Ireland, and nothing is compared', async () => {
    const { lines, thresholds } = await intoNorthernIreland('8708502015', '2026-06-10');
    expect(lines[0]?.duty).toMatchObject({ amount: '0.00', status: 'lower_bound' });
    expect(thresholds[1]).toMatchObject({ threshold: 'at_risk', applies: null });
    expect(thresholds[1]?.reason).toContain('the duty of the United Kingdom on this code is not held');
  });

  it('duties into the United Kingdom begin with its own tariff: before 2021 the answer is none, not an empty one', async () => {
    for (const destination of ['GB', 'XI']) {
      const early = answerDuty(deps, asked(`6911100090 ${destination} CN 2020-12-31`, { value: '1000.00' }));
      await expect(early).rejects.toMatchObject({ code: 'not-covered-at-date', extra: { first_date: '2021-01-01' } });
      const first = await answerDuty(deps, asked(`6911100090 ${destination} CN 2021-01-01`, { value: '1000.00' }));
      expect(first.data.total.amount).toBe('120.00');
      const { as_of: to, ...question } = asked(`6911100090 ${destination} CN 2022-01-01`);
      const history = await dutyHistory(deps, { ...question, from: '2019-01-01', to });
      expect(history.data.rows[0]?.from).toBe('2021-01-01');
    }
    await expect(intoNorthernIreland('6911100090', '2020-12-31')).rejects.toMatchObject({
      code: 'not-covered-at-date',
    });
  });

  it('base duties against the official comparison of December 2020, wherever both are ad valorem', async () => {
    const rows = csvRecords(sharedFile('mirror/uk/global-uk-tariff/global-uk-tariff_2020-12-02.csv.gz'), [
      'commodity',
      'cet_duty_rate',
    ]);
    const published = new Map(
      rows.map((row) => {
        const code = row.commodity ?? '';
        return [significantDigits(code.length % 2 === 1 ? `0${code}` : code), shareOf(row.cet_duty_rate ?? '')];
      }),
    );
    const { rows: lines } = await database.pool.query<{ code: string }>(
      `select code from goods_nomenclature where source_id = 'eu.taric' and declarable and known_to is null
       and valid_from <= '2026-06-17' and (valid_to is null or valid_to > '2026-06-17') and code < '98' order by code`,
    );
    const tally: Record<string, number> = {};
    const count = (cause: string) => (tally[cause] = (tally[cause] ?? 0) + 1);
    const others: string[] = [];
    for (const { code } of sample(lines)) {
      const near = [10, 8, 6, 4]
        .map((length) => significantDigits(code.slice(0, length)))
        .find((each) => published.has(each));
      const then = near === undefined ? undefined : published.get(near);
      if (then === undefined) count('code not in the comparison of 2020');
      else if (then === null) count('not ad valorem in 2020');
      else {
        const facts = { preference: '100', certificates: [] };
        const { data } = await answerDuty(deps, asked(`${code} DE US 2026-06-17`, { facts }));
        const parts = standing(data.components, '103');
        const now = parts.map(({ duty }) => (duty?.op === 'ad_valorem' ? duty.rate : duty?.op === 'free' ? '0' : null));
        if (parts.length === 0) count('no third-country duty held (end use, or conditional only)');
        else if (parts.length > 1)
          count(
            now.some((rate) => same(rate, then))
              ? 'agree in one branch of an additional-code split'
              : 'split, other rates',
          );
        else if (now[0] === null) count('not ad valorem in 2026');
        else if (same(now[0] ?? null, then)) count('agree');
        else {
          const since = (parts[0]?.valid_from ?? '') > '2020-12-02';
          const cause = since ? 'other rate, in force since after 2020' : 'other rate, in force before 2020';
          count(cause);
          others.push(
            `${code}: ${then} in 2020, ${now[0] ?? ''} since ${parts[0]?.valid_from ?? ''} on ${parts[0]?.code ?? ''}`,
          );
        }
      }
    }
    console.info(`against the CET of 2020: ${JSON.stringify(tally, null, 1)}`);
    if (whole) console.info(others.join('\n'));
    expect(others.length).toBeLessThan((tally['agree'] ?? 0) * 0.03);
  }, 300_000);
});

function shareOf(printed: string): string | null {
  const { duty } = parseTaricDuty(printed);
  return duty?.op === 'ad_valorem' ? duty.rate : duty?.op === 'free' ? '0' : null;
}

const same = (one: string | null, other: string): boolean => one !== null && Number(one) === Number(other);
