import type { Database } from '../../db/connect.ts';
import { type DutyReading, readDutyRows } from '../../db/duty-rows.ts';
import type { MeasureRow } from '../../db/line-rows.ts';
import type { CitedRelease } from '../../db/release-list.ts';
import { atRiskLaw } from '../../transforms/duty/at-risk.ts';
import { formatCode, prefixes, significantDigits } from '../../transforms/code.ts';
import type { DutyExpression } from '../../transforms/duty/expression.ts';
import { measureCondition } from '../../transforms/records.ts';
import { convert } from '../../transforms/reference/exchange-rate.ts';
import type { CoverageStatement, DutyComponent, DutyQuestion, DutyTotal } from '../../transforms/stacking/component.ts';
import { stackTaric } from '../../transforms/stacking/taric.ts';
import type { TaricMeasure, TaricStackingInput, TaricStackingResult } from '../../transforms/stacking/taric/input.ts';
import { coverageOf } from '../coverage.ts';
import type { AnswerDraft } from '../draft.ts';
import { orMoved } from '../ledger-moved.ts';
import { type LedgerView, type LedgerViews, readAt } from '../ledger-view.ts';
import { answering, type Moment, releasesKnown } from '../moment.ts';
import { Problem } from '../problem.ts';
import { publishedRates, type HeldRates } from '../reference/published-rates.ts';
import { type UnlistedCode, unlistedCode } from '../unlisted-code.ts';
import { domesticGoods } from './domestic-goods.ts';
import type { DutyData } from './duty-data.ts';
import { areasOf, type EuropeanReference, type EuropeanTables } from './european-tables.ts';
import { checkTargets, type LineAnswer, oneOfLines } from './line-answers.ts';
import { tariffOfDestination } from './question.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import { declarableLines, validOn } from './dated-rows.ts';
import { undatedGroups } from './undated-groups.ts';

export interface EuropeanDutyDeps {
  database: Database;
  views: LedgerViews;
  european: EuropeanReference;
}

/** Whose measures answer, and how the tariff is completed. */
export interface EuropeanTariff {
  tariff: 'eu' | 'gb';
  source: string;
  /** Sources of memberships, best first. */
  areas: readonly string[];
  currency: 'EUR' | 'GBP';
  rates: 'eu_customs' | 'monthly';
}

const EU: EuropeanTariff = {
  tariff: 'eu',
  source: 'eu.taric',
  areas: ['eu.taric'],
  currency: 'EUR',
  rates: 'eu_customs',
};
const GB: EuropeanTariff = {
  tariff: 'gb',
  source: 'gb.tariff',
  areas: ['gb.tariff', 'gb.trade-tariff-api'],
  currency: 'GBP',
  rates: 'monthly',
};

/** The tariff of a destination in Europe. Northern Ireland applies that of the Union. */
export function europeanTariff(destination: string): EuropeanTariff {
  return tariffOfDestination(destination) === 'GB' ? GB : EU;
}

export interface EuropeanLineAnswer extends LineAnswer, TaricStackingResult {
  line: { description: string } | null;
}

/** A duty draft with what a landed cost needs besides: the stacked answer behind the data. */
export interface EuropeanDraft extends AnswerDraft<DutyData> {
  stack: EuropeanLineAnswer;
}

/**
 * The duty into the European Union, Northern Ireland or Great Britain for a code at a date, from the measures of its one tariff. A code
 * that is not declarable answers when every declarable line below it answers alike. Throws the Problems of the US answer.
 */
export async function europeanDutyAnswer(deps: EuropeanDutyDeps, question: DutyQuestion): Promise<EuropeanDraft> {
  const of = europeanTariff(question.destination);
  const code = significantDigits(question.code);
  const { view, result } = await readAt<Read | { version: -1 }>(deps.views, (now) =>
    orMoved(() => readDuty(deps, now, of, question)),
  );
  if (!('reading' in result)) throw new Error('a reading of another version was accepted');
  const { reading, newest, declarable, targets, unlisted, tables, meursing, rates } = result;
  const onPaths = validOn(reading.measures, question.as_of).filter((row) =>
    [code, ...targets].some((target) => target.startsWith(row.code)),
  );
  const groupsOfOneDay = undatedGroups(onPaths, tables.undated, view, question);
  const coverage = [
    ...baseCoverage(view, of, question),
    ...meursingCoverage(view, question, meursing?.release ?? null),
    ...(groupsOfOneDay ? [groupsOfOneDay.statement] : []),
  ];
  const groups = of.areas.flatMap((source) => releasesKnown(view, source, question.known_at).at(-1)?.release_id ?? []);
  const cited = new Set<number>([newest.release_id, ...groups, ...(meursing ? [meursing.release] : [])]);
  const shared: Shared = {
    of,
    view,
    reading,
    typeNames: tables.typeNames,
    areas: areasOf(tables, question.as_of),
    coverage,
    meursing: meursing?.rows ?? null,
    exchange: (from, to) => {
      const conversion = convert('1', from, to, question.as_of, rates?.byKind[of.rates] ?? []);
      for (const used of conversion?.used ?? []) {
        const held = rates?.byKind[of.rates].find(({ base, quote }) => base === used.base && quote === used.quote);
        if (held) cited.add(held.release);
      }
      return conversion?.rate ?? null;
    },
  };
  const above = validOn(reading.lines, question.as_of).filter(
    (line) => line.code !== null && code.startsWith(line.code),
  );
  const nearest = above.reduce((held, line) => ((line.code?.length ?? 0) > held.length ? (line.code ?? '') : held), '');
  checkTargets(question, targets, nearest === '' ? null : nearest);
  const answers = targets.map((target) => stackAt(shared, { ...question, code: target }));
  const own = targets[0] === code ? answers[0] : stackAt(shared, { ...question, code });
  if (!own) throw new Error('checkTargets lets no empty list pass');
  const { stack, total, differing } = oneOfLines(answers, own, comparable);
  const statements = mergeCoverage([...coverage, ...stack.coverage], []);
  // A line that only gathers others prints no duty of its own: that is no gap of the schedule.
  const gathers = differing.length > 0;
  const components = gathers ? stack.components.filter(({ needs }) => !needs.includes('schedule')) : stack.components;
  const missing = gathers ? total.missing.filter((name) => name !== 'schedule') : total.missing;
  const data: DutyData = {
    code: question.code,
    formatted: formatCode(question.code),
    destination: question.destination,
    origin: question.origin,
    declarable: unlisted ? null : declarable,
    unlisted,
    description: own.line?.description ?? null,
    total: bounded(
      { ...total, missing: unlisted ? [...missing, 'nomenclature'] : missing },
      shared.coverage,
      unlisted !== null || groupsOfOneDay?.decides === true,
    ),
    components,
    differing_lines: differing,
    candidate_orders: [],
    requirements: [...domesticGoods(question, shared.areas), ...stack.requirements],
  };
  for (const { source } of stack.components) if (source) cited.add(source.release);
  for (const line of validOn(reading.lines, question.as_of)) {
    if (line.code !== null && code.startsWith(line.code)) cited.add(line.stated_by);
  }
  return { view, data, cites: cited, coverage: statements, stack };
}

interface Read {
  version: number | null;
  newest: CitedRelease;
  reading: DutyReading;
  declarable: boolean;
  /** Codes that goods are declared under: the code itself, or those below it; none when nothing is listed. */
  targets: string[];
  unlisted: UnlistedCode | null;
  tables: EuropeanTables;
  meursing: Awaited<ReturnType<EuropeanReference['meursing']>>;
  rates: HeldRates | null;
}

async function readDuty(
  deps: EuropeanDutyDeps,
  now: LedgerView,
  of: EuropeanTariff,
  question: DutyQuestion,
): Promise<Read> {
  checkLoaded(now, of, question);
  const { as_of, known_at } = question;
  const code = significantDigits(question.code);
  const { newest } = answering(now, of.source, { as_of, known_at });
  const near = await readLines(deps.database, of, code, question, false);
  const declarable = validOn(near.lines, as_of).some((line) => line.code === code && line.declarable);
  const reading = declarable ? near : await readLines(deps.database, of, code, question, true);
  const listed = declarable ? [code] : linesToDeclare(reading, code, as_of);
  const asked = { source: of.source, code, as_of, known_at };
  const unlisted = listed.length === 0 ? await unlistedCode(deps.database, now, asked) : null;
  const tables = await deps.european.tables(now, of.areas, known_at);
  const meursing = mentions(reading.measures, /\b(?:EA|ADSZ|ADFM)R?\b/)
    ? await deps.european.meursing(now, as_of, known_at)
    : null;
  const rates = await ratesFor(deps.database, of, question, reading.measures);
  const version = rates === null || rates.version === reading.version ? reading.version : -1;
  return {
    version,
    reading,
    newest,
    declarable,
    targets: unlisted ? [code] : listed,
    unlisted,
    tables,
    meursing,
    rates,
  };
}

function linesToDeclare(reading: DutyReading, code: string, date: string): string[] {
  const below = declarableLines(reading, code, date).map((line) => line.code ?? '');
  // A line whose only lines below are texts without a code (an error of the tree) still is the one that goods are declared under.
  const bare = below.length === 0 && validOn(reading.lines, date).some((line) => line.code === code);
  return bare ? [code] : below;
}

interface Shared extends Omit<TaricStackingInput, 'question' | 'tariff' | 'measures'> {
  of: EuropeanTariff;
  view: LedgerView;
  reading: DutyReading;
}

function stackAt({ of, view, reading, ...rest }: Shared, question: DutyQuestion): EuropeanLineAnswer {
  const measures = validOn(reading.measures, question.as_of)
    .filter((row) => question.code.startsWith(row.code))
    .map((row) => taricMeasure(row, of, view));
  const line = validOn(reading.lines, question.as_of).find((row) => row.code === question.code) ?? null;
  return { ...stackTaric({ ...rest, tariff: of.tariff, question, measures }), code: question.code, line };
}

/** A row of the ledger as the stacking takes it; conditions are checked, the duty is of our own grammar. */
export function taricMeasure(row: MeasureRow, of: Pick<EuropeanTariff, 'source'>, view: LedgerView): TaricMeasure {
  return {
    ...row,
    duty: row.duty as DutyExpression | null,
    conditions: row.conditions.map((condition) => measureCondition.parse(condition)),
    source: { source_id: of.source, release: row.stated_by, label: view.byId.get(row.stated_by)?.label ?? '' },
  };
}

async function readLines(
  database: Database,
  of: EuropeanTariff,
  code: string,
  question: DutyQuestion,
  below: boolean,
): Promise<DutyReading> {
  const span = { from: question.as_of, to: question.as_of, known: question.known_at };
  return readDutyRows(database, { source: of.source, code, prefixes: prefixes(code), below, ...span });
}

function checkLoaded(view: LedgerView, of: EuropeanTariff, question: DutyQuestion): void {
  if (view.releases.some((release) => release.source_id === of.source)) return;
  throw new Problem(
    'not-loaded',
    `No release of ${of.source} is loaded: nothing can be said about ${question.destination}.`,
    { extra: { sources: [of.source] } },
  );
}

/** Rates are read only where an amount has to change its currency. */
async function ratesFor(
  database: Database,
  of: EuropeanTariff,
  question: DutyQuestion,
  measures: readonly MeasureRow[],
): Promise<HeldRates | null> {
  const asked = question.customs_value?.currency ?? of.currency;
  const other = of.currency === 'GBP' && mentions(measures, /\bEUR\b/);
  if (asked === of.currency && !other) return null;
  return publishedRates(database, [...new Set(['EUR', 'GBP', asked])], question.as_of, question.known_at);
}

function mentions(measures: readonly MeasureRow[], words: RegExp): boolean {
  return measures.some((row) => words.test(row.duty_expression ?? ''));
}

function baseCoverage(view: LedgerView, of: EuropeanTariff, question: DutyQuestion): CoverageStatement[] {
  const moment: Moment = { as_of: question.as_of, known_at: question.known_at };
  const own = coverageOf(view, of.source, moment);
  if (question.destination !== 'XI') return mergeCoverage(own, []);
  const reason = `the duty of the Union, owed for goods at risk of moving on into it; goods not at risk owe the UK duty (${atRiskLaw(question.as_of).citation})`;
  return mergeCoverage([...own, { family: 'at-risk', status: 'partial', reason, data_as_of: null }], []);
}

/** What may be said of agricultural components, where the answer looks them up: their tables are a source of their own. */
function meursingCoverage(view: LedgerView, { as_of, known_at }: Moment, release: number | null): CoverageStatement[] {
  const source = release === null ? undefined : view.byId.get(release)?.source_id;
  return source === undefined ? [] : coverageOf(view, source, { as_of, known_at });
}

/** Complete is a total only where the duties that it is made of are covered; `doubtful`: for another reason it is not. */
function bounded(total: DutyTotal, coverage: readonly CoverageStatement[], doubtful: boolean): DutyTotal {
  const general = coverage.find(({ family }) => family === 'general');
  const hole = coverage.some(({ family, status }) => family === 'meursing' && status !== 'covered');
  const open = doubtful || general?.status !== 'covered' || hole;
  return total.status === 'complete' && open ? { ...total, status: 'lower_bound' } : total;
}

/** What makes two lines owe the same: not where the measure stands, nor since when. */
function comparable(component: DutyComponent): unknown {
  const { program, measure_type, heading, effect, status, expression, rate, amount, needs } = component;
  return { program, measure_type, heading, effect, status, expression, rate, amount, needs };
}
