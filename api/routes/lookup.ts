import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { lookup } from '../../answers/lookup.ts';
import { codeDigits } from '../../transforms/code.ts';
import type { ApiDeps } from '../deps.ts';
import { fromCache, give, momentOf } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import { lookupAnswer, lookupQuery } from '../schemas/lookup.ts';

export function lookupRoute(app: FastifyInstance, deps: ApiDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/lookup',
    {
      schema: {
        summary: 'A tariff line with its ancestors, children, rates, units and footnotes',
        tags: ['tariff'],
        querystring: lookupQuery,
        response: { 200: lookupAnswer, 400: problem, 404: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { code, jurisdiction, ...dates } = request.query;
      const { moment, day } = momentOf(deps, dates);
      const draft = await lookup(deps, { code, jurisdiction, ...moment });
      // However the code is typed, it is the same question.
      const parameters = { code: codeDigits(code) ?? code, jurisdiction };
      return give(deps, request, reply, { endpoint: 'lookup', parameters, moment, day }, draft);
    },
  );
}
