import { z } from 'zod';
import type { DatedLink, LineageKind } from './line.ts';

/** `data` of topic 'hs-correlation', as the source of correlation tables writes it. */
const correlation = z.object({
  from_edition: z.string().regex(/^\d{4}$/),
  to_edition: z.string().regex(/^\d{4}$/),
  from: z.string().regex(/^\d{6}$/),
  to: z.string().regex(/^\d{6}$/),
  relationship: z.enum(['1:1', '1:n', 'n:1', 'n:n']),
});

/** Seen from the older edition: a table from the new to the old edition reads backwards. */
const KIND: Readonly<Record<z.infer<typeof correlation>['relationship'], LineageKind>> = {
  '1:1': 'renumbered',
  '1:n': 'split',
  'n:1': 'merged',
  'n:n': 'split',
};
const BACKWARDS = { '1:1': '1:1', '1:n': 'n:1', 'n:1': '1:n', 'n:n': 'n:n' } as const;

/**
 * A row of a table that correlates two editions of the Harmonized System, as a link from the older to the newer one; null for a
 * subheading that kept its number, or for what is no such row. An edition enters into force on 1 January of its year.
 */
export function correlationLink(data: unknown, release: number): DatedLink | null {
  const parsed = correlation.safeParse(data);
  if (!parsed.success) return null;
  const { from_edition, to_edition, from, to, relationship } = parsed.data;
  if (from === to || from_edition === to_edition) return null;
  const backwards = from_edition > to_edition;
  const [older, newer] = backwards ? [to, from] : [from, to];
  return {
    from: older,
    to: newer,
    kind: KIND[backwards ? BACKWARDS[relationship] : relationship],
    from_continues: false,
    to_existed: false,
    score: '1.000',
    authority: 'authoritative',
    evidence: [
      { kind: 'stated', text: `correlation of HS ${from_edition} and HS ${to_edition}: ${relationship}`, release },
    ],
    effective_date: `${backwards ? from_edition : to_edition}-01-01`,
  };
}
