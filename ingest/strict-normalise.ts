import { publishersFault } from './parse-failure.ts';
import type { Source } from './source.ts';

/**
 * A source's `normalise` whose failures quarantine the edition, as strictParse does for `parse`: a date that is none or an empty key
 * cell shows only when rows get their meaning. Faults of the language stay what they are: ours.
 */
export function strictNormalise<Raw>(part: string, normalise: Source<Raw>['normalise']): Source<Raw>['normalise'] {
  return async function* (rows, context) {
    try {
      yield* normalise(rows, context);
    } catch (error) {
      throw publishersFault(part, error);
    }
  };
}
