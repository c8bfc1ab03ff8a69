import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Problem } from '../../answers/problem.ts';
import { exchangeRatesAnswer } from '../../answers/reference/exchange-rates.ts';
import { factsAnswer } from '../../answers/reference/facts.ts';
import { feesAnswer } from '../../answers/reference/fees.ts';
import { ordersAnswer } from '../../answers/reference/orders.ts';
import { pgaFlagsAnswer } from '../../answers/reference/pga-flags.ts';
import { quotasAnswer } from '../../answers/reference/quotas.ts';
import { codeDigits } from '../../transforms/code.ts';
import type { ApiDeps } from '../deps.ts';
import { fromCache, give, momentOf } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import {
  exchangeRatesAnswerSchema,
  exchangeRatesQuery,
  factsAnswerSchema,
  feesAnswerSchema,
  feesQuery,
  ordersAnswerSchema,
  ordersQuery,
  pgaFlagsAnswerSchema,
  pgaFlagsQuery,
  quotasAnswerSchema,
  quotasQuery,
} from '../schemas/reference.ts';
import { noQuery } from '../schemas/releases.ts';

const tags = ['tariff'];

/** Orders, agency flags, quotas, fees, exchange rates, and the facts a caller may declare. */
export function referenceRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const preValidation = fromCache(deps);
  routes.get(
    '/orders',
    {
      schema: {
        summary: 'US antidumping and countervailing orders that may cover the goods: candidates, never a duty',
        tags,
        querystring: ordersQuery,
        response: { 200: ordersAnswerSchema, 400: problem, 404: problem },
      },
      preValidation,
    },
    async (request, reply) => {
      const { code, origin, ...dates } = request.query;
      const { moment, day } = momentOf(deps, dates);
      const parameters = { code: codeDigits(code) ?? code, origin };
      const draft = await ordersAnswer(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'orders', parameters, moment, day }, draft);
    },
  );
  routes.get(
    '/pga-flags',
    {
      schema: {
        summary: 'Flags of US partner government agencies on a code',
        tags,
        querystring: pgaFlagsQuery,
        response: { 200: pgaFlagsAnswerSchema, 400: problem, 404: problem },
      },
      preValidation,
    },
    async (request, reply) => {
      const { code, ...dates } = request.query;
      const { moment, day } = momentOf(deps, dates);
      const parameters = { code: codeDigits(code) ?? code };
      const draft = await pgaFlagsAnswer(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'pga-flags', parameters, moment, day }, draft);
    },
  );
  routes.get(
    '/quotas',
    {
      schema: {
        summary: 'Tariff quotas whose period includes the date, with what is left of them',
        tags,
        querystring: quotasQuery,
        response: { 200: quotasAnswerSchema, 400: problem, 404: problem },
      },
      preValidation,
    },
    async (request, reply) => {
      const { code, country = null, status = null, jurisdiction = null, ...dates } = request.query;
      const { moment, day } = momentOf(deps, dates);
      const parameters = { code: code === undefined ? null : codeDigits(code), country, status, jurisdiction };
      const draft = await quotasAnswer(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'quotas', parameters, moment, day }, draft);
    },
  );
  routes.get(
    '/fees',
    {
      schema: {
        summary: 'Customs fees, exemptions and thresholds by value in force on a date',
        tags,
        querystring: feesQuery,
        response: { 200: feesAnswerSchema, 400: problem, 404: problem },
      },
      preValidation,
    },
    async (request, reply) => {
      const { jurisdiction, ...dates } = request.query;
      const { moment, day } = momentOf(deps, dates);
      const draft = await feesAnswer(deps, { jurisdiction, ...moment });
      return give(deps, request, reply, { endpoint: 'fees', parameters: { jurisdiction }, moment, day }, draft);
    },
  );
  routes.get(
    '/exchange-rates',
    {
      schema: {
        summary: 'Exchange rates published for a date; a rate of another date is never given in its place',
        tags,
        querystring: exchangeRatesQuery,
        response: { 200: exchangeRatesAnswerSchema, 400: problem, 404: problem },
      },
      preValidation,
    },
    async (request, reply) => {
      const { from, to, kind = null, date, as_of, known_at } = request.query;
      if (date !== undefined && as_of !== undefined && date !== as_of) {
        throw new Problem('invalid-request', `date is ${date}, as_of is ${as_of}.`, {
          errors: [{ field: 'as_of', message: 'the same as date, or left out' }],
        });
      }
      const { moment, day } = momentOf(deps, { as_of: date ?? as_of, known_at });
      const parameters = { from, to, kind };
      const draft = await exchangeRatesAnswer(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'exchange-rates', parameters, moment, day }, draft);
    },
  );
  routes.get(
    '/facts',
    {
      schema: {
        summary: 'Every fact that may be declared for a duty, and what is taken as given while it is not',
        tags,
        querystring: noQuery,
        response: { 200: factsAnswerSchema, 400: problem },
      },
    },
    async (request, reply) => {
      const draft = await factsAnswer(deps);
      const moment = { as_of: null, known_at: null };
      return give(deps, request, reply, { endpoint: 'facts', parameters: {}, moment, day: null }, draft);
    },
  );
}
