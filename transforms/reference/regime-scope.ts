import { z } from 'zod';

/**
 * `data` of topic 'regime-scope'; code = CN prefix of an act's annex, subject = regime. The longest prefix of a regime decides: an
 * exclusion that the annex prints is a record of its own ('excluded'). Always 'inferred': that the goods are the ones the annex means
 * follows from their description, not from the prefix alone.
 */
export const regimeScopeData = z.object({
  regime: z.string(),
  title: z.string(),
  effect: z.enum(['in_scope', 'excluded']),
  /** The annex prints 'ex': only some goods of the code. */
  partly: z.boolean(),
  obligations: z.array(z.string()),
  excluded_origins: z.array(z.string().regex(/^[A-Z]{2}$/)),
  citation: z.string(),
  url: z.string(),
  authority: z.literal('inferred'),
  /** The fact was taken from a summary of the act and not compared with the act itself. */
  unverified: z.boolean(),
});
export type RegimeScopeData = z.infer<typeof regimeScopeData>;
