import type { Edition, Issue, NormaliseContext } from '../../ingest/source.ts';

/** An edition as a test needs it: a label and its reference date. */
export function edition(label: string, effectiveDate: string | null = null, parts: Edition['parts'] = []): Edition {
  return { label, publishedAt: null, effectiveDate, parts };
}

/** What `normalise` gets; issues and silences are collected in the arrays passed in. */
export function contextFor(
  of: Edition | string,
  issues: Issue[] = [],
  silences: { kind: string; prefix: string }[] = [],
): NormaliseContext {
  return {
    edition: typeof of === 'string' ? edition(of) : of,
    issue: (issue) => void issues.push(issue),
    silentAbout: (kind, prefix) => void silences.push({ kind, prefix }),
  };
}

export async function collect<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
