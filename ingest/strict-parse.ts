import { publishersFault } from './parse-failure.ts';
import type { Source } from './source.ts';

/**
 * A source's `parse` whose failures quarantine the edition: a renamed column, a SOAP fault, a page without its table are the publisher's
 * doing and leave readers with the release before. Faults of the language (TypeError, RangeError …) are ours and stay what they are.
 */
export function strictParse<Raw>(part: string, parse: Source<Raw>['parse']): Source<Raw>['parse'] {
  return async function* (files, edition) {
    try {
      yield* parse(files, edition);
    } catch (error) {
      throw publishersFault(part, error);
    }
  };
}
