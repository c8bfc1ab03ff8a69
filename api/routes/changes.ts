import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { type ChangeItem, changes } from '../../answers/changes.ts';
import { decodeCursor, encodeCursor } from '../../answers/cursor.ts';
import { codeDigits } from '../../transforms/code.ts';
import type { ApiDeps } from '../deps.ts';
import { changesAtom, changesJsonFeed } from '../feeds/change-feed.ts';
import { changesCsv } from '../feeds/changes-csv.ts';
import { fromCache, give, giveText, nextPage, publicationDates } from '../giving.ts';
import { changesAnswer, changesCsvQuery, changesQuery } from '../schemas/changes.ts';
import { fullInstant, problem, rendering } from '../schemas/common.ts';

const tags = ['publications'];

/** /changes and the same list as Atom, JSON Feed and CSV. */
export function changesRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/changes',
    {
      schema: {
        summary: 'The change feed: what each publication changed, with before and after',
        tags,
        querystring: changesQuery,
        response: { 200: changesAnswer, 400: problem, 404: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { parameters, moment } = asked(deps, request.query);
      const draft = await changes(deps, { ...parameters, ...moment });
      const next = nextOf(request, draft.next);
      return give(deps, request, reply, { endpoint: 'changes', parameters, moment, day: null, next }, draft);
    },
  );

  const renderings: readonly Rendering[] = [
    {
      path: '/changes.atom',
      summary: 'The change feed as Atom (RFC 4287)',
      type: 'application/atom+xml',
      text: changesAtom,
    },
    {
      path: '/changes.json',
      summary: 'The change feed as JSON Feed',
      type: 'application/feed+json',
      text: changesJsonFeed,
    },
    { path: '/changes.csv', summary: 'The change feed as CSV (RFC 4180)', type: 'text/csv', text: changesCsv },
  ];
  for (const { path, summary, type, text } of renderings) {
    routes.get(
      path,
      {
        schema: {
          summary,
          tags,
          querystring: path.endsWith('.csv') ? changesCsvQuery : changesQuery,
          response: { 200: rendering(type), 400: problem, 404: problem },
        },
      },
      async (request, reply) => {
        const { parameters, moment } = asked(deps, request.query);
        const draft = await changes(deps, { ...parameters, ...moment });
        const next = nextOf(request, draft.next);
        const address = `${request.protocol}://${request.host}${request.url}`;
        return giveText(request, reply, draft.view.version, { type, day: null, next, text: text(draft.data, address) });
      },
    );
  }
}

interface Rendering {
  path: string;
  summary: string;
  type: string;
  text: (items: readonly ChangeItem[], address: string) => string;
}

function asked(deps: ApiDeps, query: z.output<typeof changesQuery>) {
  const { since, jurisdiction, prefix, kind, entity, origin, source, release, limit, cursor, ...dates } = query;
  const place = cursor === undefined ? null : decodeCursor(cursor, 2);
  const parameters = {
    since: since === undefined ? null : fullInstant(since),
    jurisdiction: jurisdiction ?? null,
    source: source ?? null,
    release: release ?? null,
    prefix: prefix === undefined ? null : codeDigits(prefix),
    kind: kind ?? null,
    entity: entity ?? null,
    origin: origin ?? null,
    limit,
    after: place === null ? null : { release: place[0] ?? 0, change: place[1] ?? 0 },
  };
  return { parameters, moment: publicationDates(deps, dates) };
}

function nextOf(request: FastifyRequest, next: { release: number; change: number } | null): string | null {
  return next === null ? null : nextPage(request, encodeCursor([next.release, next.change]));
}
