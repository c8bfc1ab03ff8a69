import type { HeadingHistory } from '../db/heading-rows.ts';
import type { CitedRelease } from '../db/release-list.ts';
import type { PlainDate } from '../transforms/dates.ts';
import type { DatedLink } from '../transforms/lineage/line.ts';
import { lineageLinks } from '../transforms/lineage/links.ts';
import { lineageState } from '../transforms/lineage/state.ts';

type Line = HeadingHistory['lines'][number];
type Believed = Pick<Line, 'introduced_by' | 'ended_by' | 'valid_to'>;
type Link = DatedLink & { releases: number[] };

/**
 * Links of a heading of a tariff that is published as extracts. An extract prints when a line began, but not when a line ended that it
 * lists no more: all we know is that this was between two extracts. Nor does it print since when a line has others below it. So lines
 * are compared from one extract to the next, whatever their dates: on no single day did the lines that are gone meet those that took over
 * (TARIC of December 2025 and of May 2026: 110 codes gone, cut on 1 May; their successors begin on 1 January).
 */
export function linksOfExtracts(history: HeadingHistory, releases: readonly CitedRelease[]): Link[] {
  const place = new Map(releases.map(({ release_id }, index) => [release_id, index]));
  const changing = new Set(history.lines.flatMap(({ introduced_by, ended_by }) => [introduced_by, ended_by]));
  const links = new Map<string, Link>();
  releases.forEach((release, index) => {
    const previous = releases[index - 1];
    // What a correction changes was misprinted, not moved.
    if (previous === undefined || release.corrects !== null) return;
    // A daily publisher changes few headings a day: only the extracts that changed this one are compared with the one before.
    if (index > 1 && !changing.has(release.release_id)) return;
    const believed = <Row extends Believed>(rows: readonly Row[], after: number, ended: boolean): Row[] =>
      rows.filter(
        (row) =>
          (place.get(row.introduced_by) ?? Infinity) <= after &&
          (row.ended_by === null || (place.get(row.ended_by) ?? Infinity) > after) &&
          (ended || row.valid_to === null),
      );
    // The first extract lists lines that had ended before it, and not yet what took over from them.
    const before = believed(history.lines, index - 1, index === 1);
    const now = believed(history.lines, index, true);
    const after = now.filter((line) => line.valid_to === null);
    const found = lineageLinks({
      before: lineageState(
        before.map(since),
        standing(believed(history.rates, index - 1, true), previous.effective_date),
      ),
      after: lineageState(after.map(since), standing(believed(history.rates, index, true), release.effective_date)),
    });
    const listed = new Set(before.map(({ natural_key }) => natural_key));
    for (const link of found) {
      const key = `${link.from}>${link.to}`;
      if (links.has(key)) continue;
      const old = before.find((line) => line.code === link.from && line.declarable);
      // The printed beginning of the new line, unless it lies before that of the old one (the British list of 2021 prints 1971-12-31 for
      // lines of 2020); else the end of the old one: at the latest the day of the extract that lacks it.
      const begun = after.find(
        (line) =>
          line.code === link.to &&
          line.declarable &&
          !listed.has(line.natural_key) &&
          line.valid_from > (old?.valid_from ?? ''),
      );
      const ended = now.find((line) => line.code === link.from && line.valid_to !== null);
      const effective_date = begun?.valid_from ?? ended?.valid_to ?? release.effective_date;
      links.set(key, { ...link, effective_date, releases: [previous.release_id, release.release_id] });
    }
  });
  return [...links.values()];
}

const since = (line: Line) => ({ ...line, since: line.valid_from });

/** Of several rates of a code that follow each other the one of the date, or the one to come. */
function standing(rates: HeadingHistory['rates'], date: PlainDate): HeadingHistory['rates'] {
  return rates.filter((rate) => rate.valid_to === null || rate.valid_to > date);
}
