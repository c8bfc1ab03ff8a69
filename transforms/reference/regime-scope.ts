import { z } from 'zod';

/**
 * `data` of topic 'regime-scope'; code = prefix of an act's annex, subject = regime. The longest prefix of a regime decides: an
 * exclusion that the annex prints is a record of its own ('excluded'). 'inferred' wherever goods are meant: that they are the ones of the
 * annex follows from their description, not from the prefix alone. 'authoritative' only where an act speaks of all goods of an origin.
 */
export const regimeScopeData = z.object({
  regime: z.string(),
  title: z.string(),
  effect: z.enum(['in_scope', 'excluded']),
  /** The annex prints 'ex': only some goods of the code. */
  partly: z.boolean(),
  obligations: z.array(z.string()),
  excluded_origins: z.array(z.string().regex(/^[A-Z]{2}$/)),
  /** Only goods of these origins; null: of any. */
  origins: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .nullable()
    .default(null),
  /** 'restriction': they enter only under a licence of the authority that the obligations name. */
  kind: z.enum(['control', 'restriction']).default('control'),
  citation: z.string(),
  url: z.string(),
  authority: z.enum(['authoritative', 'inferred']),
  /** The fact was taken from a summary of the act and not compared with the act itself. */
  unverified: z.boolean(),
});
export type RegimeScopeData = z.infer<typeof regimeScopeData>;
