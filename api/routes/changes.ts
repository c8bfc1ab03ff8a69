import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { changes } from '../../answers/changes.ts';
import { decodeCursor, encodeCursor } from '../../answers/cursor.ts';
import { codeDigits } from '../../transforms/code.ts';
import type { ApiDeps } from '../deps.ts';
import { fromCache, give, nextPage, publicationDates } from '../giving.ts';
import { changesAnswer, changesQuery } from '../schemas/changes.ts';
import { fullInstant, problem } from '../schemas/common.ts';

export function changesRoute(app: FastifyInstance, deps: ApiDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/changes',
    {
      schema: {
        summary: 'The change feed: what each publication changed, with before and after',
        tags: ['publications'],
        querystring: changesQuery,
        response: { 200: changesAnswer, 400: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { since, jurisdiction, prefix, kind, entity, source, release, limit, cursor, ...dates } = request.query;
      const moment = publicationDates(deps, dates);
      const place = cursor === undefined ? null : decodeCursor(cursor, 2);
      const parameters = {
        since: since === undefined ? null : fullInstant(since),
        jurisdiction: jurisdiction ?? null,
        source: source ?? null,
        release: release ?? null,
        prefix: prefix === undefined ? null : codeDigits(prefix),
        kind: kind ?? null,
        entity: entity ?? null,
        limit,
        after: place === null ? null : { release: place[0] ?? 0, change: place[1] ?? 0 },
      };
      const draft = await changes(deps, { ...parameters, ...moment });
      const next =
        draft.next === null ? null : nextPage(request, encodeCursor([draft.next.release, draft.next.change]));
      return give(deps, request, reply, { endpoint: 'changes', parameters, moment, day: null, next }, draft);
    },
  );
}
