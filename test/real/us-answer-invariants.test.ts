import { describe, expect, it } from 'vitest';
import { usDutyAnswer, type UsDutyDeps } from '../../answers/duty/us-answer.ts';
import { openUsProgrammes } from '../../answers/duty/us-programmes.ts';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { Problem } from '../../answers/problem.ts';
import { Exact } from '../../transforms/exact.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import { mirrorLedger, US_LEDGER, VERIFY } from '../support/mirror-ledger.ts';
import { expectInvariants } from '../support/us-invariants.ts';
import { mirrorIsHere, question } from '../support/us-mirror.ts';

if (!mirrorIsHere) console.warn('skipped: no US ledger without the official files of ../shared');

const database = mirrorIsHere ? await mirrorLedger(US_LEDGER) : null;

const ORIGINS = (
  'AE AR AU BD BE BR BY CA CH CL CN CO CR CU CZ DE DO EG FR GB GT HK ID IL IN IT JO JP KE KH ' +
  'KR LI MO MX MY NI RU SG TW VN'
).split(' ');
const DATES = [
  '2025-01-01',
  '2025-03-04',
  '2025-03-12',
  '2025-04-09',
  '2025-05-14',
  '2025-06-04',
  '2025-08-18',
  '2025-11-14',
  '2026-02-23',
  '2026-04-06',
  '2026-07-24',
  '2026-10-10',
];
/** Goods that several programmes fight over, besides those drawn. */
const CONTESTED = [
  '9506624040', '7601103000', '7208101500', '7616995190', '8418100010', '8708103020', '8703230190', '8704230100',
  '8471804000', '8507600020', '8541430010', '4407110002', '9401614011', '7408116000', '2203000030', '3004909244',
]; // prettier-ignore

/** A small generator with a fixed seed: the same questions in every run. */
function drawer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function depsOf(): UsDutyDeps {
  if (!database) throw new Error('no ledger');
  return { database, views: openLedgerViews(database), usProgrammes: openUsProgrammes(database) };
}

async function codes(): Promise<string[]> {
  if (!database) return [];
  const { rows } = await database.pool.query<{ code: string }>(
    `select distinct code, md5(code) from goods_nomenclature where source_id = 'us.htsus' and declarable and code < '98'
     order by md5(code) limit 200`,
  );
  return [...CONTESTED, ...rows.map(({ code }) => code)].slice(0, 200);
}

/** What would settle an open fact, one way and the other. */
const SETTLED: Readonly<Record<string, readonly (string | boolean)[]>> = {
  qualifying_article: ['none', 'vehicle_part', 'mhdv_part', 'semiconductor', 'patented_pharmaceutical', 'cspv'],
  metal_content_value: ['0', '2500', '10000'],
  in_quota: [true, false],
  informational_materials: [true, false],
};

describe.skipIf(!mirrorIsHere)('answers from the whole ledger', () => {
  it(
    'hold together for drawn goods, origins and dates, and their lower bounds are bounds',
    { timeout: 3_600_000 },
    async () => {
      const deps = depsOf();
      const goods = await codes();
      expect(goods).toHaveLength(200);
      const draw = drawer(20_261_120);
      const asked: DutyQuestion[] = [];
      for (const [index, code] of goods.entries())
        for (const origin of ORIGINS)
          for (const date of DATES) {
            const one = draw(48) === 0 || index < CONTESTED.length;
            if (VERIFY || (one && (index >= CONTESTED.length || draw(6) === 0)))
              asked.push(question(code, origin, date, { customs_value: { amount: '10000.00', currency: 'USD' } }));
          }
      expect(asked.length).toBeGreaterThan(VERIFY ? 90_000 : 2_000);

      let answered = 0;
      let bounds = 0;
      for (const one of asked) {
        const given = await answer(deps, one);
        if (!given) continue;
        answered += 1;
        bounds += await expectBound(deps, one, given);
      }
      // Lines that were not in force yet, or no longer.
      expect(answered).toBeGreaterThan(asked.length * 0.8);
      expect(bounds).toBeGreaterThan(50);
    },
  );
});

type Given = Awaited<ReturnType<typeof usDutyAnswer>>;

async function answer(deps: UsDutyDeps, asked: DutyQuestion): Promise<Given | null> {
  try {
    const given = await usDutyAnswer(deps, asked);
    const { components, total } = given.data;
    const coverage = given.coverage.filter(({ status }) => status !== 'covered');
    if (given.data.differing_lines.length === 0) expectInvariants({ question: asked }, { components, total, coverage });
    if (total.status === 'complete') expect(coverage.filter(({ status }) => status === 'not_covered')).toEqual([]);
    return given;
  } catch (error) {
    if (error instanceof Problem && error.code === 'code-not-found') return null;
    throw error;
  }
}

/** Declaring what an answer asks for never makes the duty less than it said it is at least. */
async function expectBound(deps: UsDutyDeps, asked: DutyQuestion, { data }: Given): Promise<number> {
  const { total } = data;
  if (total.status !== 'lower_bound' || total.ad_valorem_rate === null) return 0;
  let compared = 0;
  for (const fact of total.missing) {
    for (const value of SETTLED[fact] ?? []) {
      const settled = await answer(deps, { ...asked, facts: { [fact]: value } });
      const rate = settled?.data.total.ad_valorem_rate ?? null;
      if (rate === null) continue;
      compared += 1;
      const place = `${asked.code} ${asked.origin} ${asked.as_of} ${fact}=${String(value)}: ${rate}`;
      expect(new Exact(rate).greaterThanOrEqualTo(total.ad_valorem_rate), `${place} < ${total.ad_valorem_rate}`).toBe(
        true,
      );
    }
  }
  return compared;
}
