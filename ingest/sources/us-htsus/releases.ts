import { z } from 'zod';
import { fromUsDate, midnight, type PlainDate } from '../../../transforms/dates.ts';
import type { Edition, Issue } from '../../source.ts';

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

/**
 * Editions of the release list, oldest first. Several editions of one day keep the list's order by a millisecond each.
 * Throws when the list is not what it has always been (other fields, another date format, another order, no editions): taken as it
 * comes, such a list would offer nothing new for good and look like a publisher who is silent.
 */
export function editionsOf(json: string, onIssue?: (issue: Issue) => void): Edition[] {
  const read = RELEASE_LIST.safeParse(JSON.parse(json));
  if (!read.success) {
    const [problem] = read.error.issues;
    throw new Error(`release list, '${problem?.path.join('.') ?? ''}': ${problem?.message ?? 'not as expected'}`);
  }
  const listed = read.data.reverse().map((release) => ({
    ...release,
    date: fromUsDate(release.releaseStartDate),
    archive: archiveUrl(release.name),
  }));
  // Names of before 2020 have other forms, and files elsewhere. A newer one that is not understood must not pass for silence.
  const last = listed.findLastIndex((release) => release.archive !== null);
  if (last < 0) throw new Error('release list: no edition with a name as 2026HTSBasic or 2026HTSRev1');
  for (const release of listed.slice(last + 1)) {
    onIssue?.({
      severity: 'error',
      code: 'edition-not-understood',
      message: `${release.name} (${release.releaseStartDate}) is newer than any edition with a known form of name and was not taken`,
      place: { label: release.name },
    });
  }
  const known = listed.flatMap((release) => {
    const { date, archive } = release;
    if (archive === null) return [];
    if (date === null)
      throw new Error(`release list: '${release.releaseStartDate}' of ${release.name} is no date as MM/DD/YYYY`);
    return [{ ...release, date, archive }];
  });
  const [oldest, newest] = [known[0], known.at(-1)];
  if (oldest && newest && oldest.date > newest.date)
    throw new Error(`release list: ${oldest.name} (${oldest.date}) stands where the oldest edition is expected`);
  const perDay = new Map<string, number>();
  // Stable: editions of one day stay in the order of the list.
  known.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return known.map((release): Edition => {
    const { date, archive } = release;
    const nth = perDay.get(date) ?? 0;
    perDay.set(date, nth + 1);
    return {
      label: release.name,
      publishedAt: midnight(date).replace('.000Z', `.${String(nth).padStart(3, '0')}Z`),
      effectiveDate: null,
      parts: [
        release.status === 'current'
          ? { part: 'schedule', url: CURRENT_URL, expect: 'json', current: true }
          : { part: 'schedule', url: archive, expect: 'json' },
        {
          part: 'change-record',
          url: `https://hts.usitc.gov/reststop/file?release=${release.name}&filename=Change%20Record`,
          expect: 'pdf',
          optional: true,
        },
      ],
    };
  });
}

/** '2026HTSRev5' -> the static archive's file; null for a name outside the pattern of 2020 and later. */
export function archiveUrl(name: string): string | null {
  const match = /^(\d{4})HTS(?:Basic|Rev(\d+))$/.exec(name);
  if (!match) return null;
  const edition = match[2] === undefined ? 'basic_edition' : `revision_${match[2]}`;
  return `https://www.usitc.gov/sites/default/files/tata/hts/hts_${match[1]}_${edition}_json.json`;
}
