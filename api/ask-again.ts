import { z } from 'zod';
import { lookup } from '../answers/lookup.ts';
import { search } from '../answers/search.ts';
import type { AskAgain } from '../answers/stored.ts';
import type { ApiDeps } from './deps.ts';

const lookupParameters = z.object({ code: z.string(), jurisdiction: z.string() });
const searchParameters = z.object({ q: z.string(), jurisdiction: z.string(), limit: z.int(), offset: z.int() });

/** How stored questions are asked again, by endpoint: those whose answer follows from the law, not from the list of publications. */
export function askAgain(deps: ApiDeps): AskAgain {
  return {
    lookup: (parameters, moment) => lookup(deps, { ...lookupParameters.parse(parameters), ...moment }),
    search: (parameters, moment) => search(deps, { ...searchParameters.parse(parameters), ...moment }),
  };
}
