import { z } from 'zod';

/** `data` of topic 'country-group'; subject = group. Members of a group that a rule names, with the time the membership holds. */
export const countryGroupData = z.object({
  group: z.enum(['ldbdc', 'us_insular_possession', 'cbera']),
  /** ISO alpha-2. */
  members: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  verified: z.enum(['notice text', 'unverified']),
  citation: z.string(),
  note: z.string().nullable(),
});
export type CountryGroupData = z.infer<typeof countryGroupData>;
