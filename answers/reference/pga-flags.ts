import type { ReferenceRow } from '../../db/reference.ts';
import { codesInSchedule, readTopicRows } from '../../db/topic-rows.ts';
import { formatCode, prefixes } from '../../transforms/code.ts';
import {
  type PgaFlagData,
  pgaFlagData,
  type PgaFlagDefinition,
  pgaFlagDefinitionData,
} from '../../transforms/reference/pga-flag.ts';
import type { CoverageStatement } from '../../transforms/stacking/component.ts';
import type { AnswerDraft } from '../draft.ts';
import { readAt } from '../ledger-view.ts';
import type { Moment } from '../moment.ts';
import { Problem } from '../problem.ts';
import { coverageOfSuppliers, suppliersWith } from './reference-coverage.ts';
import { type ReferenceDeps, referenceCode } from './question.ts';

export interface PgaFlagsQuestion extends Moment {
  code: string;
}

/** A flag of a partner government agency on a tariff number. */
export interface PgaFlag {
  agency: string;
  /** Null: the agency lists the number and says that no flag is enforced. */
  flag: string | null;
  program: string;
  requirement: PgaFlagData['requirement'];
  authority: PgaFlagData['authority'];
  flag_source: PgaFlagData['flag_source'];
  /** The number that carries it: the longest prefix of the code asked for, per flag and programme. */
  code: string;
  formatted: string;
  /** The goods as the agency's list describes them. */
  description: string | null;
  definition: string | null;
  disclaim: string[] | null;
  notes: string[];
  /** True when no line of the schedule of that date has the number; null when the schedule at that date is not at hand. */
  stale: boolean | null;
  source: string;
  release: number;
}

export interface PgaFlagsData {
  code: string;
  formatted: string;
  /** Whether the code asked for is in the schedule of that date; null: not known. */
  in_schedule: boolean | null;
  flags: PgaFlag[];
  /** Flags that stand on longer numbers below the code: some of its lines carry them. */
  flags_below: (Omit<PgaFlag, 'code' | 'formatted' | 'description' | 'notes'> & { codes: string[] })[];
  /** Agencies of the dictionary whose tariff numbers no loaded list states. */
  unlisted_agencies: string[];
  absence_means: 'unknown';
  absence_reason: string;
}

const SCHEDULE = 'us.htsus';
const REASON =
  'FDA, EPA and other agencies do not publish their flags by tariff number outside the ABI interface: a flag that is not listed may still be set.';

/**
 * Flags of the US agencies on a code, by longest prefix per flag and programme. An empty list never means that no agency asks for
 * anything. Throws Problem invalid-request, not-loaded.
 */
export async function pgaFlagsAnswer(
  deps: ReferenceDeps,
  question: PgaFlagsQuestion,
): Promise<AnswerDraft<PgaFlagsData>> {
  const code = referenceCode(question.code);
  const { as_of, known_at } = question;
  const { view, result } = await readAt(deps.views, async (now) => {
    const suppliers = suppliersWith(now, (family) => family.startsWith('pga-'));
    if (!suppliers.some(({ source }) => now.releases.some((release) => release.source_id === source))) {
      throw new Problem('not-loaded', 'No list of agency flags is loaded: nothing can be said about them.', {
        extra: { sources: ['us.pga-*'] },
      });
    }
    const span = { from: as_of, to: as_of, known: known_at };
    const flags = await readTopicRows(deps.database, {
      ...span,
      topics: ['pga-flag'],
      codes: prefixes(code),
      below: code,
    });
    const present = await codesInSchedule(deps.database, {
      source: SCHEDULE,
      codes: [...new Set([code, ...flags.rows.flatMap((row) => row.code ?? [])])],
      on: as_of,
      known: known_at,
    });
    const definitions = await readTopicRows(deps.database, {
      ...span,
      // A dictionary explains a flag whatever the date; where the date has none, the first one after it does.
      to: '9999-12-31',
      topics: ['pga-flag-definition'],
    });
    return { version: definitions.version, flags: flags.rows, definitions: definitions.rows, present, suppliers };
  });
  // Nothing of the schedule at that date: whether a number has gone cannot be said.
  const schedule = coverageOfSuppliers(view, [{ source: SCHEDULE, families: ['schedule'] }], question);
  const dated = schedule.some(({ status }) => status !== 'not_covered');
  const inSchedule = (number: string): boolean | null => (dated ? result.present.has(number) : null);
  const definitions = new Map(
    result.definitions
      .toReversed()
      .map((row) => pgaFlagDefinitionData.parse(row.data))
      .map((definition) => [definition.flag, definition]),
  );
  const flags = result.flags.map((row) => flagOf(row, definitions, inSchedule));
  const listed = new Set(result.suppliers.flatMap(({ families }) => families));
  const unlisted = [...new Set([...definitions.values()].map(({ agency }) => agency))]
    .filter((agency) => !agencyListed(agency, listed))
    .sort();
  const coverage: CoverageStatement[] = [
    ...coverageOfSuppliers(view, result.suppliers, question, code),
    { family: 'pga-other-agencies', status: 'not_covered', reason: REASON, data_as_of: null },
  ];
  const data: PgaFlagsData = {
    code,
    formatted: formatCode(code),
    in_schedule: inSchedule(code),
    flags: longest(flags.filter((flag) => code.startsWith(flag.code))),
    flags_below: grouped(flags.filter((flag) => !code.startsWith(flag.code))),
    unlisted_agencies: unlisted,
    absence_means: 'unknown',
    absence_reason: REASON,
  };
  return { view, data, cites: [...result.flags, ...result.definitions].map((row) => row.stated_by), coverage };
}

function flagOf(
  row: ReferenceRow,
  definitions: ReadonlyMap<string, PgaFlagDefinition>,
  inSchedule: (code: string) => boolean | null,
): PgaFlag {
  const data = pgaFlagData.parse(row.data);
  const definition = data.flag === null ? null : (definitions.get(data.flag) ?? null);
  const code = row.code ?? '';
  const present = inSchedule(code);
  return {
    agency: data.agency,
    flag: data.flag,
    program: data.programs.join(', '),
    requirement: data.requirement,
    authority: data.authority,
    flag_source: data.flag_source,
    code,
    formatted: formatCode(code),
    description: data.description,
    definition: definition?.definition ?? null,
    disclaim: data.disclaim ?? definition?.disclaim ?? null,
    notes: data.notes,
    stale: present === null ? null : !present,
    source: row.source_id,
    release: row.stated_by,
  };
}

const identity = (flag: Pick<PgaFlag, 'agency' | 'flag' | 'program'>): string =>
  `${flag.agency}/${flag.flag ?? ''}/${flag.program}`;

/** The longest number per flag and programme; what a source states about a number wins over an inference about the same. */
function longest(flags: readonly PgaFlag[]): PgaFlag[] {
  const kept = new Map<string, PgaFlag>();
  for (const flag of flags) {
    const held = kept.get(identity(flag));
    const better =
      !held ||
      flag.code.length > held.code.length ||
      (flag.code === held.code && held.authority === 'inferred' && flag.authority === 'authoritative');
    if (better) kept.set(identity(flag), flag);
  }
  return [...kept.values()].sort((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

function grouped(flags: readonly PgaFlag[]): PgaFlagsData['flags_below'] {
  const groups = new Map<string, PgaFlagsData['flags_below'][number]>();
  for (const flag of flags) {
    const key = `${identity(flag)}/${flag.authority}/${String(flag.stale)}/${flag.release}`;
    const group = groups.get(key);
    if (group) {
      group.codes.push(flag.code);
      continue;
    }
    const { agency, program, requirement, authority, flag_source, definition, disclaim, stale, source, release } = flag;
    groups.set(key, {
      agency,
      flag: flag.flag,
      program,
      requirement,
      authority,
      flag_source,
      definition,
      disclaim,
      stale,
      source,
      release,
      codes: [flag.code],
    });
  }
  return [...groups.values()]
    .map((group) => ({ ...group, codes: [...new Set(group.codes)].sort() }))
    .sort((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

/** The family that states an agency's tariff numbers; agencies of the dictionary without one are named as unlisted. */
const FAMILY_OF: Readonly<Record<string, readonly string[]>> = {
  APH: ['pga-aphis', 'pga-lacey'],
  APHIS: ['pga-aphis', 'pga-lacey'],
  NMF: ['pga-nmfs'],
  NMFS: ['pga-nmfs'],
  DEA: ['pga-dea'],
};

function agencyListed(agency: string, families: ReadonlySet<string>): boolean {
  return (FAMILY_OF[agency] ?? []).some((family) => families.has(family));
}
