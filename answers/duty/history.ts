import { dutyDates } from '../../db/duty-dates.ts';
import { formatCode, prefixes, significantDigits } from '../../transforms/code.ts';
import { addDays, type PlainDate } from '../../transforms/dates.ts';
import { canonicalJson } from '../../transforms/hash.ts';
import type { CoverageStatement, DutyComponent, DutyQuestion, DutyTotal } from '../../transforms/stacking/component.ts';
import { coverageTurns } from '../coverage.ts';
import type { AnswerDraft } from '../draft.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import { releasesKnown } from '../moment.ts';
import { Problem } from '../problem.ts';
import { answerDuty, type DutyDeps } from './answer-duty.ts';
import { firstDutyDate, tariffOfDestination } from './question.ts';

/** A component that begins or ends with an interval, and the act it rests on. */
export interface HistoryStep {
  program: string;
  heading: string | null;
  rate: string | null;
  citation: string | null;
  url: string | null;
}

/** An interval in which nothing about the duty changed. */
export interface HistoryRow {
  from: PlainDate;
  /** Exclusive; null: goes on past the span that was asked for. A row begins there unless the code was no line any more. */
  to: PlainDate | null;
  total: DutyTotal;
  components: Pick<
    DutyComponent,
    'program' | 'heading' | 'code' | 'effect' | 'status' | 'expression' | 'rate' | 'amount' | 'reason'
  >[];
  started: HistoryStep[];
  ended: HistoryStep[];
}

export interface HistoryData {
  code: string;
  formatted: string;
  destination: string;
  origin: string;
  from: PlainDate;
  to: PlainDate;
  rows: HistoryRow[];
}

const SOURCES = { US: 'us.htsus', EU: 'eu.taric', XI: 'eu.taric', GB: 'gb.tariff' } as const;
/** Sources past whose last release a total is at best a lower bound: that day begins another interval. */
const COVERED_BY = {
  US: ['us.htsus', 'us.programmes'],
  EU: ['eu.taric'],
  XI: ['eu.taric', 'gb.tariff'],
  GB: ['gb.tariff'],
} as const;
/** Lists that hold for one day only (undated-groups.ts): what may be said turns on that day and on the next. */
const OF_ONE_DAY = { US: [], EU: [], XI: [], GB: ['gb.trade-tariff-api'] } as const;
const TOPICS = {
  US: ['programme'],
  EU: ['geographical-area'],
  XI: ['geographical-area'],
  GB: ['geographical-area'],
} as const;
/** More boundaries than this and the span has to be shorter; programmes of 2018 to 2026 have some two hundred. */
const MAX_DATES = 400;

/**
 * The duty over time: the answer at every date on which something it depends on begins or ends, neighbours that agree joined.
 * Dates on which the tariff says nothing are in no row: before the first one it covers, and while the code is no line of it.
 * Coverage is what may be said of all of the span: the worst of any of its dates.
 */
export async function dutyHistory(
  deps: DutyDeps,
  question: Omit<DutyQuestion, 'as_of'> & { from: PlainDate; to: PlainDate },
): Promise<AnswerDraft<HistoryData>> {
  const { from, to, ...asked } = question;
  if (from > to)
    throw new Problem('invalid-request', `from ${from} lies after to ${to}.`, {
      errors: [{ field: 'from', message: `a date up to ${to}` }],
    });
  const tariff = tariffOfDestination(asked.destination);
  const code = tariff === 'US' ? asked.code : significantDigits(asked.code);
  const inLedger = await dutyDates(deps.database, {
    source: SOURCES[tariff],
    code,
    prefixes: prefixes(code),
    topics: TOPICS[tariff],
    from,
    to,
    known: asked.known_at,
  });
  const view = await deps.views.current();
  const listed = OF_ONE_DAY[tariff].flatMap(
    (source) => releasesKnown(view, source, asked.known_at).at(-1)?.data_as_of ?? [],
  );
  const turns = [
    ...COVERED_BY[tariff].flatMap((source) => coverageTurns(view, source, asked.known_at)),
    ...listed.flatMap((day) => [day, addDays(day, 1)]),
  ].filter((day) => from < day && day <= to);
  const first = firstDutyDate(asked.destination);
  const begins = first !== null && from < first && first <= to ? [first] : [];
  const boundaries = [...new Set([...inLedger, ...turns, ...begins])].sort();
  if (boundaries.length > MAX_DATES) {
    throw new Problem('invalid-request', `${boundaries.length} dates between ${from} and ${to} could matter.`, {
      errors: [{ field: 'to', message: `a span with at most ${MAX_DATES} of them: shorten it` }],
    });
  }
  const rows: (HistoryRow & { key: string; applied: DutyComponent[] })[] = [];
  let last: AnswerDraft<unknown> | null = null;
  const cites = new Set<number>();
  const coverage = new Map<string, CoverageStatement>();
  let refused: unknown = null;
  for (const date of [from, ...boundaries]) {
    const answer = await answerDuty(deps, { ...asked, as_of: date }).catch((error: unknown) => {
      // No line or no tariff on that date: the history begins later, has ended or is interrupted.
      if (error instanceof Problem && (error.code === 'code-not-found' || error.code === 'not-covered-at-date'))
        refused = error;
      else throw error;
      return null;
    });
    const before = rows.at(-1);
    if (!answer) {
      if (before) before.to ??= date;
      continue;
    }
    last = answer;
    for (const id of answer.cites) cites.add(id);
    for (const statement of answer.coverage) {
      // A hole that many dates fall into is told once, with the first of them.
      const hole = `${statement.family}|${statement.status}|${statement.reason?.replaceAll(date, '') ?? ''}`;
      if (!coverage.has(hole)) coverage.set(hole, statement);
    }
    const { total, components } = answer.data;
    const shown = components.filter((component) => component.status !== 'excluded').map(essential);
    const applied = components.filter((component) => component.status === 'applied');
    const key = canonicalJson([total, shown]);
    const goesOn = before?.to === null ? before : undefined;
    if (goesOn?.key === key) continue;
    if (goesOn) goesOn.to = date;
    const earlier = goesOn?.applied ?? [];
    rows.push({
      from: date,
      to: null,
      total,
      components: shown,
      started:
        earlier.length === 0 && !before ? [] : applied.filter((component) => !includes(earlier, component)).map(step),
      ended: earlier.filter((component) => !includes(applied, component)).map(step),
      key,
      applied,
    });
  }
  if (!last)
    throw refused ?? new Problem('code-not-found', `${formatCode(asked.code)} has no duty between ${from} and ${to}.`);
  const data: HistoryData = {
    code: asked.code,
    formatted: formatCode(asked.code),
    destination: asked.destination,
    origin: asked.origin,
    from,
    to,
    rows: rows.map(({ key: _key, applied: _applied, ...row }) => row),
  };
  return { view: last.view, data, cites, coverage: mergeCoverage([...coverage.values()], []) };
}

function essential(component: DutyComponent): HistoryRow['components'][number] {
  const { program, heading, code, effect, status, expression, rate, amount, reason } = component;
  return { program, heading, code, effect, status, expression, rate, amount, reason };
}

function includes(components: readonly DutyComponent[], wanted: DutyComponent): boolean {
  return components.some(
    (component) =>
      component.program === wanted.program &&
      component.heading === wanted.heading &&
      component.rate === wanted.rate &&
      component.expression === wanted.expression,
  );
}

function step(component: DutyComponent): HistoryStep {
  const { program, heading, rate, legal_base } = component;
  return { program, heading, rate, citation: legal_base?.citation ?? null, url: legal_base?.url ?? null };
}
