import { z } from 'zod';
import { fromUsDate, midnight, type PlainDate } from '../../../transforms/dates.ts';
import type { Edition } from '../../source.ts';

const RELEASE_LIST = z.array(
  z.object({ name: z.string(), title: z.string().nullish(), status: z.string(), releaseStartDate: z.string() }),
);

export const RELEASE_LIST_URL = 'https://hts.usitc.gov/reststop/releaseList';
const CURRENT_URL = 'https://hts.usitc.gov/reststop/exportList?from=0101&to=9999&format=JSON&styles=false';

/**
 * Legal dates that neither the change record nor the publication date gives, with their citation. Programmes of chapter 99 carry
 * their own dates; this is about the schedule of an edition as a whole.
 */
export const EFFECTIVE_OVERRIDES: Readonly<Record<string, { date: PlainDate; basis: string }>> = {
  '2025HTSBasic': {
    date: '2025-01-01',
    basis:
      'Annual edition: staged rates and statistical changes of the year take effect on January 1 (19 U.S.C. 1484(f), 3005); its change record prints no date.',
  },
};

/** Editions of the release list, oldest first. Several editions of one day keep the list's order by a millisecond each. */
export function editionsOf(json: string): Edition[] {
  const releases = RELEASE_LIST.parse(JSON.parse(json)).reverse();
  const perDay = new Map<string, number>();
  return releases.flatMap((release): Edition[] => {
    const date = fromUsDate(release.releaseStartDate);
    const archive = archiveUrl(release.name);
    if (date === null || archive === null) return [];
    const nth = perDay.get(date) ?? 0;
    perDay.set(date, nth + 1);
    return [
      {
        label: release.name,
        publishedAt: midnight(date).replace('.000Z', `.${String(nth).padStart(3, '0')}Z`),
        effectiveDate: null,
        parts: [
          { part: 'schedule', url: release.status === 'current' ? CURRENT_URL : archive, expect: 'json' },
          {
            part: 'change-record',
            url: `https://hts.usitc.gov/reststop/file?release=${release.name}&filename=Change%20Record`,
            expect: 'pdf',
            optional: true,
          },
        ],
      },
    ];
  });
}

/** '2026HTSRev5' -> the static archive's file; null for a name outside the pattern of 2020 and later. */
export function archiveUrl(name: string): string | null {
  const match = /^(\d{4})HTS(?:Basic|Rev(\d+))$/.exec(name);
  if (!match) return null;
  const edition = match[2] === undefined ? 'basic_edition' : `revision_${match[2]}`;
  return `https://www.usitc.gov/sites/default/files/tata/hts/hts_${match[1]}_${edition}_json.json`;
}
