import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { decodeCursor, encodeCursor } from '../../answers/cursor.ts';
import { describeRelease, describeSource, listReleases, listSources } from '../../answers/sources.ts';
import type { ApiDeps } from '../deps.ts';
import { give, nextPage, publicationDates } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import {
  datesQuery,
  noQuery,
  releaseAnswer,
  releaseParams,
  releasesAnswer,
  releasesQuery,
  sourceAnswer,
  sourceParams,
  sourcesAnswer,
} from '../schemas/releases.ts';

/** What was published when, and from which bytes. */
export function sourceRoutes(instance: FastifyInstance, deps: ApiDeps): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['publications'];

  app.get(
    '/sources',
    {
      schema: {
        summary: 'Every source',
        tags,
        querystring: datesQuery,
        response: { 200: sourcesAnswer, 400: problem },
      },
    },
    async (request, reply) => {
      const moment = publicationDates(deps, request.query);
      const draft = await listSources(deps.views, moment);
      return give(deps, request, reply, { endpoint: 'sources', parameters: {}, moment, day: null }, draft);
    },
  );
  app.get(
    '/sources/:id',
    {
      schema: {
        summary: 'One source',
        tags,
        params: sourceParams,
        querystring: datesQuery,
        response: { 200: sourceAnswer, 400: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const moment = publicationDates(deps, request.query);
      const { id } = request.params;
      const draft = await describeSource(deps.views, id, moment);
      return give(deps, request, reply, { endpoint: 'source', parameters: { id }, moment, day: null }, draft);
    },
  );
  app.get(
    '/sources/:id/releases',
    {
      schema: {
        summary: 'Releases of a source, newest publication first',
        tags,
        params: sourceParams,
        querystring: releasesQuery,
        response: { 200: releasesAnswer, 400: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const { limit, cursor, ...dates } = request.query;
      const moment = publicationDates(deps, dates);
      const [offset = 0] = cursor === undefined ? [] : decodeCursor(cursor, 1);
      const { id } = request.params;
      const draft = await listReleases(deps.views, id, { ...moment, offset, limit });
      const next = draft.more ? nextPage(request, encodeCursor([offset + limit])) : null;
      return give(
        deps,
        request,
        reply,
        { endpoint: 'releases', parameters: { id, offset, limit }, moment, day: null, next },
        draft,
      );
    },
  );
  app.get(
    '/releases/:id',
    {
      schema: {
        summary: 'One release: its dates, its scope, the bytes it was made from, what was odd about them',
        tags,
        params: releaseParams,
        querystring: noQuery,
        response: { 200: releaseAnswer, 400: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const draft = await describeRelease(deps, id);
      const moment = { as_of: null, known_at: null };
      return give(deps, request, reply, { endpoint: 'release', parameters: { id }, moment, day: null }, draft);
    },
  );
}
