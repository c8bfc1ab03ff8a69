import { z } from 'zod';
import { midnight, type PlainDate } from '../../../transforms/dates.ts';
import { fromLongDate } from '../../../transforms/gb/long-date.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import { bytesAt, fileEdition } from '../../file-edition.ts';
import type { Edition } from '../../source.ts';
import { TABLES } from './tables.ts';

const DATASET = 'https://data.api.trade.gov.uk/v1/datasets/uk-tariff-2021-01-01';

const versionList = z.object({ versions: z.array(z.object({ id: z.string().regex(/^v\d+\.\d+\.\d+$/) })) });

/** All versions, oldest first. 'latest' is never asked for: it may move between two tables. */
export async function listVersions(fetch: Fetcher): Promise<string[]> {
  const answer = await fetch.get(`${DATASET}/versions?format=json`, { expect: 'json' });
  if (answer.outcome === 'not-modified') throw new Error("UK tariff versions: unasked-for 'not modified'");
  const { versions } = versionList.parse(JSON.parse(answer.body.toString('utf8')));
  return versions.map(({ id }) => id).sort(compareVersions);
}

/** Numeric order: v4.0.1613 comes after v4.0.246. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.slice(1).split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export async function versionEdition(fetch: Fetcher, version: string): Promise<Edition> {
  const base = `${DATASET}/versions/${version}`;
  const date = await publicationDate(fetch, base);
  return {
    label: version,
    publishedAt: date === null ? null : midnight(date),
    effectiveDate: date,
    parts: [
      { part: 'schema', url: `${base}/metadata?format=csvw`, expect: 'json', optional: true },
      ...TABLES.map((table) => ({
        part: table,
        url: `${base}/tables/${table}/data?format=csv`,
        expect: 'csv' as const,
      })),
    ],
  };
}

/** 'Published on 1 September 2026' of the version's page; where there is none, the date of its measures. */
async function publicationDate(fetch: Fetcher, base: string): Promise<PlainDate | null> {
  const page = await bytesAt(fetch, `${base}/metadata?format=html`);
  const [, printed] =
    /Published on\s+(?:<[^>]*>\s*)*(\d{1,2} [A-Z][a-z]+ \d{4})/.exec(page?.body.toString('utf8') ?? '') ?? [];
  if (printed !== undefined) return fromLongDate(printed);
  const measures = `${base}/tables/measures-as-defined/data?format=csv`;
  const table = await fileEdition(fetch, { part: 'measures-as-defined', url: measures, expect: 'csv' });
  return table?.effectiveDate ?? null;
}
