import { z } from 'zod';
import { isPlainDate, isValidAt, type PlainDate } from '../dates.ts';

const fraction = z.string().regex(/^0(\.\d+)?$/);

/** `data` of topic 'vat-rate'; the record's subject is the member state (ISO: GR, not EL), its valid time the law's. */
export const vatRateData = z.object({
  member_state: z.string().regex(/^[A-Z]{2}$/),
  category: z.enum(['standard', 'reduced', 'super_reduced', 'parking']),
  rate: fraction,
  /** Where the figure was seen, as stated by the source. */
  basis: z.string(),
  /** True: the valid time begins with the day on which the rate was first seen, it may be older. */
  sighted: z.boolean(),
});
export type VatRateData = z.infer<typeof vatRateData>;

/**
 * `data` of topic 'vat-candidate': a member state names the code (a prefix) for a rate other than the standard one. A candidate
 * only: `comment` narrows most of them, so the standard rate stays the default of an answer.
 */
export const vatCandidateData = z.object({
  member_state: z.string().regex(/^[A-Z]{2}$/),
  kind: z.enum(['reduced', 'super_reduced', 'parking', 'exempted', 'not_applicable', 'out_of_scope']),
  /** Null where the state says that no rate applies at all. */
  rate: fraction.nullable(),
  /** TEDB's category identifier: 'FOODSTUFFS'. */
  category: z.string().nullable(),
  code_description: z.string(),
  comment: z.string().nullable(),
  /** True when a comment narrows it. */
  restricted: z.boolean(),
});
export type VatCandidateData = z.infer<typeof vatCandidateData>;

export interface VatPeriod {
  rate: string;
  /** Null: not stated by the source. */
  valid_from: PlainDate | null;
  /** Exclusive; null: open. */
  valid_to: PlainDate | null;
  basis: string;
}

export interface VatSighting {
  rate: string;
  /** The day from which the rate was seen to apply. */
  on: PlainDate;
}

/**
 * Standard-rate periods of one state, from its history and from sightings in TEDB answers. A sighting that the history does not
 * explain starts a new period on its day, which ends the period it falls in; `disagreements` are the sightings inside a *closed*
 * period of the history, which are left alone: a corrected past needs a person.
 */
export function standardPeriods(
  history: readonly VatPeriod[],
  sightings: readonly VatSighting[],
): { periods: VatPeriod[]; disagreements: VatSighting[] } {
  const periods = history.map((period) => ({ ...period }));
  const disagreements: VatSighting[] = [];
  for (const sighting of [...sightings].sort((a, b) => (a.on < b.on ? -1 : 1))) {
    if (!isPlainDate(sighting.on)) throw new RangeError(`not a date: '${sighting.on}'`);
    const current = periods.find((period) => isValidAt(period, sighting.on));
    if (current?.rate === sighting.rate) continue;
    if (current && current.valid_to !== null) {
      disagreements.push(sighting);
      continue;
    }
    if (current) current.valid_to = sighting.on;
    periods.push({ rate: sighting.rate, valid_from: sighting.on, valid_to: null, basis: 'TEDB' });
  }
  return { periods, disagreements };
}
