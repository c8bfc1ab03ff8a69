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

const NONE: ReadonlySet<string> = new Set();

/** A row that leads a subheading to itself: it goes on, whatever else the table leads it to. As `correlationLink` takes it. */
export function keptSubheading(data: unknown): string | null {
  const parsed = correlation.safeParse(data);
  if (!parsed.success || parsed.data.from !== parsed.data.to) return null;
  return keptKey(newerOf(parsed.data), parsed.data.from);
}

const keptKey = (edition: string, code: string): string => `${edition}|${code}`;

const newerOf = ({ from_edition, to_edition }: z.infer<typeof correlation>): string =>
  from_edition > to_edition ? from_edition : to_edition;

/**
 * A row of a table that correlates two editions of the Harmonized System, as a link from the older to the newer one; null for a
 * subheading that kept its number, or for what is no such row. `kept`: the subheadings of the table that go on (`keptSubheading`).
 * An edition enters into force on 1 January of its year.
 */
export function correlationLink(data: unknown, release: number, kept: ReadonlySet<string> = NONE): DatedLink | null {
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
    from_continues: kept.has(keptKey(newerOf(parsed.data), older)),
    to_existed: kept.has(keptKey(newerOf(parsed.data), newer)),
    score: '1.000',
    authority: 'authoritative',
    evidence: [
      { kind: 'stated', text: `correlation of HS ${from_edition} and HS ${to_edition}: ${relationship}`, release },
    ],
    effective_date: `${newerOf(parsed.data)}-01-01`,
  };
}
