import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { requirements } from '../../answers/requirements.ts';
import { codeDigits } from '../../transforms/code.ts';
import type { ApiDeps } from '../deps.ts';
import { fromCache, give, momentOf } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import { requirementsAnswer, requirementsQuery } from '../schemas/requirements.ts';

export function requirementsRoute(app: FastifyInstance, deps: ApiDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/requirements',
    {
      schema: {
        summary: 'Prohibitions, licences, documents and controls on goods, with regimes and a risk level',
        tags: ['tariff'],
        querystring: requirementsQuery,
        response: { 200: requirementsAnswer, 400: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { code, destination, origin, ...dates } = request.query;
      const { moment, day } = momentOf(deps, dates);
      const parameters = { code: codeDigits(code) ?? code, destination, origin };
      const draft = await requirements(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'requirements', parameters, moment, day }, draft);
    },
  );
}
