import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { calendar } from '../../answers/calendar.ts';
import { decodeCursor, encodeCursor } from '../../answers/cursor.ts';
import { Problem } from '../../answers/problem.ts';
import { codeDigits } from '../../transforms/code.ts';
import { addDays } from '../../transforms/dates.ts';
import type { ApiDeps } from '../deps.ts';
import { calendarIcs } from '../feeds/calendar-ics.ts';
import { fromCache, give, giveText, momentOf, nextPage } from '../giving.ts';
import { calendarAnswer, calendarQuery } from '../schemas/calendar.ts';
import { problem, rendering } from '../schemas/common.ts';

const tags = ['publications'];
const YEAR = 366;

export function calendarRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/calendar',
    {
      schema: {
        summary: 'What starts, ends or changes next, by what is already published',
        tags,
        querystring: calendarQuery,
        response: { 200: calendarAnswer, 400: problem, 404: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { parameters, moment, day } = asked(deps, request.query);
      const draft = await calendar(deps, { ...parameters, ...moment });
      const next = draft.next === null ? null : nextPage(request, encodeCursor([draft.next]));
      return give(deps, request, reply, { endpoint: 'calendar', parameters, moment, day, next }, draft);
    },
  );
  routes.get(
    '/calendar.ics',
    {
      schema: {
        summary: 'The same as iCalendar (RFC 5545), all-day events',
        tags,
        querystring: calendarQuery,
        response: { 200: rendering('text/calendar'), 400: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const { parameters, moment, day } = asked(deps, request.query);
      const draft = await calendar(deps, { ...parameters, ...moment });
      const next = draft.next === null ? null : nextPage(request, encodeCursor([draft.next]));
      const text = calendarIcs(draft.data, draft.view.knownAt);
      return giveText(request, reply, draft.view.version, { type: 'text/calendar', day, next, text });
    },
  );
}

function asked(deps: ApiDeps, query: z.output<typeof calendarQuery>) {
  const { to, jurisdiction, source, prefix, limit, cursor, ...dates } = query;
  const { moment, day } = momentOf(deps, dates);
  if (to !== undefined && to <= moment.as_of) {
    throw new Problem('invalid-request', `Nothing lies after ${moment.as_of} and up to ${to}.`, {
      errors: [{ field: 'to', message: `a date after as_of (${moment.as_of})` }],
    });
  }
  const parameters = {
    to: to ?? addDays(moment.as_of, YEAR),
    jurisdiction: jurisdiction ?? null,
    source: source ?? null,
    prefix: prefix === undefined ? null : codeDigits(prefix),
    limit,
    offset: cursor === undefined ? 0 : (decodeCursor(cursor, 1)[0] ?? 0),
  };
  return { parameters, moment, day };
}
