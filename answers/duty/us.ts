import type { Database } from '../../db/connect.ts';
import type { DutyReading } from '../../db/duty-rows.ts';
import type { LineRow } from '../../db/line-rows.ts';
import { scopeQuestion } from '../../transforms/adcvd/scope-match.ts';
import { prefixes } from '../../transforms/code.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import type { DutyExpression } from '../../transforms/duty/expression.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import { baseLine, footnoteHeadings } from '../../transforms/stacking/us/base-line.ts';
import type { UsStackingResult } from '../../transforms/stacking/us/input.ts';
import type { ProgrammeRow } from '../../transforms/stacking/programme.ts';
import { stackUs } from '../../transforms/stacking/us/stack-us.ts';
import type { LedgerView } from '../ledger-view.ts';
import { validOn } from './dated-rows.ts';
import { readDuty } from './duty-reader.ts';
import type { UsProgrammes } from './us-programmes.ts';

export const US_SCHEDULE = 'us.htsus';
export const US_PROGRAMMES = 'us.programmes';

/** The ledger about one code, over a span of dates, with the programmes of all dates. */
export interface UsLedger {
  view: LedgerView;
  reading: DutyReading;
  programmes: UsProgrammes;
}

export async function readUs(
  database: Database,
  code: string,
  span: { from: PlainDate; to: PlainDate; known: string | null; below: boolean; origin: string },
): Promise<DutyReading> {
  const { origin, ...dates } = span;
  const orders = { origin, numbers: scopeQuestion(code) };
  return readDuty(database, { source: US_SCHEDULE, code, prefixes: prefixes(code), ...dates, orders });
}

/** Most questions are about today: what of a thousand rows of programmes is law on a date is the same for all of them. */
const validRows = new WeakMap<readonly ProgrammeRow[], Map<PlainDate, ProgrammeRow[]>>();
const DATES_KEPT = 800;

function programmesOn(rows: readonly ProgrammeRow[], date: PlainDate): readonly ProgrammeRow[] {
  const byDate = validRows.get(rows) ?? new Map<PlainDate, ProgrammeRow[]>();
  validRows.set(rows, byDate);
  const held = byDate.get(date);
  if (held) return held;
  const valid = validOn(rows, date);
  if (byDate.size >= DATES_KEPT) byDate.clear();
  byDate.set(date, valid);
  return valid;
}

/** A reviewed list's rows that the act contradicts, and second renditions of a list, are for reconciliation only. */
const NOT_LAW: ReadonlySet<unknown> = new Set(['disputed', 'cross-check']);

/** The US answer for one code at the question's date, from rows already read. */
export function stackAt(
  ledger: UsLedger,
  question: DutyQuestion,
): UsStackingResult & { line: LineRow | null; cites: number[] } {
  const { view, reading, programmes } = ledger;
  const onPath = (row: { code: string | null }) => row.code !== null && question.code.startsWith(row.code);
  const lines = validOn(reading.lines, question.as_of).filter(onPath);
  const measures = validOn(reading.measures, question.as_of).filter(onPath);
  const hits = validOn(reading.lists, question.as_of).filter((row) => onPath(row) && !NOT_LAW.has(row.data['role']));
  const valid = programmesOn(programmes.rows, question.as_of);
  const result = stackUs({
    question,
    base: baseLine(
      question.code,
      measures.map((row) => ({
        ...row,
        // Written by our own parser and read back as JSON.
        duty: row.duty as DutyExpression | null,
        source: { source_id: US_SCHEDULE, release: row.stated_by, label: view.byId.get(row.stated_by)?.label ?? '' },
      })),
    ),
    footnotes: footnoteHeadings(
      lines.flatMap((line) => (line.code === null ? [] : [{ code: line.code, footnotes: line.footnotes }])),
    ),
    programmes: valid,
    lists: {
      hits: hits.map((row) => ({ list: row.subject ?? '', code: row.code ?? '', data: row.data })),
      loaded: programmes.lists,
    },
  });
  const line = lines.find((row) => row.code === question.code) ?? null;
  const cites = [
    ...lines.map((row) => row.stated_by),
    ...hits.map((row) => row.stated_by),
    ...result.components.flatMap((component) => (component.source ? [component.source.release] : [])),
  ];
  return { ...result, line, cites };
}

/** Families of additional duties that exist in US law; each is 'not_covered' until a release declares it. */
export const US_FAMILIES: readonly string[] = [
  'section-122',
  'section-201',
  'section-232',
  'section-301',
  'section-338',
  'ieepa',
];
