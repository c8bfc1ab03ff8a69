import type { MeasureRow } from '../../db/line-rows.ts';
import type { CoverageStatement, DutyQuestion } from '../../transforms/stacking/component.ts';
import { EVERYONE } from '../../transforms/stacking/taric/areas.ts';
import { measureKind } from '../../transforms/stacking/taric/measure-kind.ts';
import type { LedgerView } from '../ledger-view.ts';
import { releasesKnown } from '../moment.ts';

/** Groups whose members are listed without dates, by the source that lists them. */
export type UndatedGroups = ReadonlyMap<string, string>;

/**
 * What to say where measures name groups whose members are held as of one day only, that of the newest list: who joined or left before or
 * after it is not known. `decides`: a claim, or a duty on top, rests on such a list. Null where none is named, and on the day itself.
 */
export function undatedGroups(
  measures: readonly MeasureRow[],
  undated: UndatedGroups,
  view: LedgerView,
  question: Pick<DutyQuestion, 'as_of' | 'known_at' | 'facts'>,
): { statement: CoverageStatement; decides: boolean } | null {
  const groups = (row: MeasureRow) =>
    [row.geographical_area, ...row.excluded_areas].filter((area) => undated.has(area) && !EVERYONE.has(area));
  const named = [...new Set(measures.flatMap(groups))].sort();
  const listed = named
    .flatMap((group) => releasesKnown(view, undated.get(group) ?? '', question.known_at).at(-1)?.data_as_of ?? [])
    .sort()[0];
  if (listed === undefined || listed === question.as_of) return null;
  const onTop = measures.filter(({ measure_type }) => measureKind(measure_type)?.kind === 'additional');
  return {
    statement: {
      family: 'country-groups',
      status: 'partial',
      reason: `members of ${named.join(', ')} are those listed on ${listed}: who joined or left at another time is not held`,
      data_as_of: listed,
    },
    decides: question.facts['preference'] !== undefined || onTop.some((row) => groups(row).length > 0),
  };
}
