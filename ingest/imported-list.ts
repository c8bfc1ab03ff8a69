import { midnight } from '../transforms/dates.ts';
import { importUrl } from './fetch/imported.ts';
import { type Act, reviewedList, type ReviewedList, type Row } from './reviewed-list.ts';
import type { Source } from './source.ts';

/**
 * The source of a declared list, listing one edition: the act's, from a file that is imported instead of fetched. Parsing, meaning and
 * expectations are those of the source itself, and so is its id: what is imported and what is fetched are editions of one source.
 */
export function importedList(list: ReviewedList, act: Act, fileName: string): Source<Row> {
  const declared = list.acts.some(({ citation }) => citation === act.citation);
  return {
    ...reviewedList(declared ? list : { ...list, acts: [...list.acts, act] }),
    async *discover() {
      yield {
        label: act.citation,
        publishedAt: act.published === null ? null : midnight(act.published),
        effectiveDate: act.effective,
        parts: [{ part: 'list', url: importUrl(fileName), expect: list.format === 'csv' ? 'csv' : 'text' }],
      };
    },
  };
}
