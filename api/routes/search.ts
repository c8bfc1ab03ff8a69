import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { decodeCursor, encodeCursor } from '../../answers/cursor.ts';
import { search } from '../../answers/search.ts';
import type { ApiDeps } from '../deps.ts';
import { fromCache, give, momentOf, nextPage } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import { searchAnswer, searchQuery } from '../schemas/search.ts';

export function searchRoute(app: FastifyInstance, deps: ApiDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/search',
    {
      schema: {
        summary: 'Lines by words or by a fragment of their code',
        tags: ['tariff'],
        querystring: searchQuery,
        response: { 200: searchAnswer, 400: problem, 404: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { q, jurisdiction, limit, cursor, ...dates } = request.query;
      const { moment, day } = momentOf(deps, dates);
      const [offset = 0] = cursor === undefined ? [] : decodeCursor(cursor, 1);
      const parameters = { q, jurisdiction, limit, offset };
      const draft = await search(deps, { ...parameters, ...moment });
      const next = draft.more ? nextPage(request, encodeCursor([offset + limit])) : null;
      return give(deps, request, reply, { endpoint: 'search', parameters, moment, day, next }, draft);
    },
  );
}
