import type { PgaFlagData } from '../reference/pga-flag.ts';
import { flagLaw } from './flag-law.ts';
import type { Requirement } from './requirement.ts';

/** A flag of a US agency on a prefix of the code. */
export interface FlagOnCode {
  agency: string;
  flag: string | null;
  program: string;
  requirement: PgaFlagData['requirement'];
  authority: PgaFlagData['authority'];
  flag_source: PgaFlagData['flag_source'];
  code: string;
  definition: string | null;
  disclaim: string[] | null;
  notes: string[];
  /** The number is in no line of the schedule of that date any more. */
  stale: boolean | null;
  release: number;
}

/**
 * Flags of US agencies as requirements, one per agency and flag, from the longest number that carries it. Odd flags: data or a disclaimer;
 * even flags: data. A flag that is not enforced is a control without anything to hand in.
 */
export function pgaRequirements(flags: readonly FlagOnCode[]): Requirement[] {
  const longest = new Map<string, FlagOnCode[]>();
  for (const each of flags) {
    const key = `${each.agency}/${each.flag ?? each.program}`;
    const held = longest.get(key);
    const length = held?.[0]?.code.length ?? 0;
    if (each.code.length > length) longest.set(key, [each]);
    else if (each.code.length === length) held?.push(each);
  }
  return [...longest.values()].flatMap((rows) => (rows[0] ? [requirementOfFlag(rows[0], rows)] : []));
}

function requirementOfFlag(first: FlagOnCode, rows: readonly FlagOnCode[]): Requirement {
  const { agency, flag, requirement, disclaim, authority, flag_source, definition, code, stale, release } = first;
  const law = flagLaw(agency, flag);
  const may = requirement === 'may_be_required';
  // 'No disclaim required': nothing needs to be sent where the agency does not regulate the goods.
  const silent = may && disclaim?.length === 0;
  return {
    kind: requirement === 'required' ? 'licence' : may ? 'document' : 'control',
    regime: law.regime,
    title: `${agency} ${flag ?? '(no flag enforced)'}${definition === null ? '' : `: ${definition}`}`,
    direction: 'import',
    blocking: requirement === 'required' || (may && !silent),
    groups:
      flag === null || requirement === 'not_enforced'
        ? []
        : [
            {
              condition_code: flag,
              alternatives: [...new Set(rows.map(({ program }) => program))].map((program) => ({
                code: program,
                name: `${agency} data in the PGA message set`,
              })),
              waivers:
                may && !silent
                  ? (disclaim ?? ['']).map((letter) => ({ code: `disclaim ${letter}`.trim(), name: null }))
                  : [],
              thresholds: [],
              otherwise: silent ? 'allowed' : 'not_allowed',
            },
          ],
    measure_type: flag,
    code,
    area: null,
    authority,
    notes: [
      `source of the flag: ${flag_source.replaceAll('_', ' ')}`,
      ...(stale === true ? ['the number is in no line of the schedule of that date'] : []),
      ...new Set(rows.flatMap(({ notes }) => notes)),
    ],
    legal_base: law.legal_base,
    valid_from: null,
    valid_to: null,
    release,
  };
}
