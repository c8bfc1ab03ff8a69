import type { ReferenceRow } from '../../db/reference.ts';
import { regimeScopeData } from '../../transforms/reference/regime-scope.ts';
import { regimesOfCode } from '../../transforms/requirements/regime-scope.ts';
import type { Requirement } from '../../transforms/requirements/requirement.ts';

/** Regimes that one source declares for a code and an origin, from the rows of topic 'regime-scope' on the prefixes of the code. */
export function declaredRegimes(
  rows: readonly ReferenceRow[],
  source: string,
  code: string,
  origin: string,
): Requirement[] {
  const scopes = rows
    .filter(({ source_id }) => source_id === source)
    .map(({ code: prefix, data, valid_from, valid_to, stated_by }) => ({
      code: prefix ?? '',
      data: regimeScopeData.parse(data),
      valid_from,
      valid_to,
      release: stated_by,
    }));
  return regimesOfCode(code, origin, scopes);
}
