import { z } from 'zod';

const written = z.union([z.string(), z.number()]).transform(String);
const nothing = <T>(value: T | null | undefined): T | null => value ?? null;

/**
 * A worked amount of the European or British tariff as a file of cases states it, one JSON object a line. What is done with it is what
 * an answer does: the case becomes a question and the measures it names, and those are stacked.
 */
export const goldenCase = z.object({
  id: written,
  /** 'expression', 'price_condition', 'at_risk' … */
  kind: z.string().transform((kind) =>
    kind
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  ),
  jurisdiction: z.string().nullish().transform(nothing),
  expression: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  customs_value: z.union([z.string(), z.number()]).nullish().transform(nothing),
  currency: z.string().nullish().transform(nothing),
  quantities: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((stated) => stated ?? {}),
  inputs: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((stated) => stated ?? {}),
  /** Null: no amount follows from what is stated. At least one of the two stands in a case. */
  expected_amount: written.nullish(),
  expected_rounded: written.nullish(),
});
export type GoldenCase = z.infer<typeof goldenCase>;
