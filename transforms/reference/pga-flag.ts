import { z } from 'zod';

const requirement = z.enum(['may_be_required', 'required', 'not_enforced']);

/** `data` of topic 'pga-flag-definition' (subject = flag): the official dictionary of CBP publication 0875-0419. */
export const pgaFlagDefinitionData = z.object({
  flag: z.string().regex(/^[A-Z]{2}[0-9X]$/),
  agency: z.string().regex(/^[A-Z]{3,4}$/),
  requirement: z.enum(['may_be_required', 'required']),
  programs: z.array(z.string()),
  definition: z.string(),
  /** The only disclaim codes allowed, where the definition limits them; [] = no disclaim needed; null = no limit stated. */
  disclaim: z.array(z.string()).nullable(),
});
export type PgaFlagDefinition = z.infer<typeof pgaFlagDefinitionData>;

/** `data` of topic 'pga-flag'; code = the tariff number (4 to 10 digits), subject = agency. Unique by code, flag and program. */
export const pgaFlagData = z.object({
  agency: z.string(),
  /** Null where the list says that no flag is enforced. */
  flag: z.string().nullable(),
  programs: z.array(z.string()),
  requirement,
  /** 'inferred' is never an agency's statement. */
  authority: z.enum(['authoritative', 'inferred']),
  flag_source: z.enum(['published_agency_list', 'ace_extract', 'inferred']),
  /** The goods as the list describes them. */
  description: z.string().nullable(),
  disclaim: z.array(z.string()).nullable(),
  notes: z.array(z.string()),
});
export type PgaFlagData = z.infer<typeof pgaFlagData>;

/** Limits that a definition prints: 'Only disclaim A allowed', 'only be disclaimed using codes C, D or E', 'no disclaim required'. */
export function disclaimLimits(definition: string): string[] | null {
  if (/no disclaim required/i.test(definition)) return [];
  const limit = /only (?:be )?disclaim(?:ed)?(?: using codes?)? ((?:\b[A-E]\b|or|,|\s)+)/i.exec(definition);
  return limit?.[1]?.match(/\b[A-E]\b/g) ?? null;
}

/**
 * Codes that no line of the schedule starts with: agency lists lag behind the tariff (a fifth of one list is of an older
 * nomenclature), and a flag on a code that no longer exists reaches nobody. `scheduleCodes`: digits of all lines, any length.
 */
export function staleCodes(codes: Iterable<string>, scheduleCodes: Iterable<string>): string[] {
  const known = new Set<string>();
  for (const code of scheduleCodes)
    for (let length = 2; length <= code.length; length++) known.add(code.slice(0, length));
  return [...new Set(codes)].filter((code) => !known.has(code)).sort();
}
