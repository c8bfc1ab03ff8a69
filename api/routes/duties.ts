import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerDuty } from '../../answers/duty/answer-duty.ts';
import { dutyHistory } from '../../answers/duty/history.ts';
import { dutyCode } from '../../answers/duty/question.ts';
import type { Moment } from '../../answers/moment.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import type { ApiDeps } from '../deps.ts';
import { fromCache, give, momentOf } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import { noQuery } from '../schemas/releases.ts';
import { dutyAnswer, type DutyBody, dutyBody, dutyQuery, historyAnswer, historyQuery } from '../schemas/duties.ts';

const FIRST_DATE = '2025-01-01';

export function dutyRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const v1 = app.withTypeProvider<ZodTypeProvider>();
  v1.get(
    '/duties',
    {
      schema: {
        summary: 'What an importer pays: every measure decided, with reasons, total, status and coverage',
        tags: ['tariff'],
        querystring: dutyQuery,
        response: { 200: dutyAnswer, 400: problem, 404: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { code, destination, origin, customs_value, currency, preference, additional_code, ...dates } =
        request.query;
      const { moment, day } = momentOf(deps, dates);
      const parameters = parametersOf({
        code,
        destination,
        origin,
        ...(customs_value === undefined ? {} : { customs_value: { amount: customs_value, currency } }),
        facts: factsOf({ preference, additional_code }),
      });
      const draft = await answerDuty(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'duties', parameters, moment, day }, draft);
    },
  );
  v1.post(
    '/duties',
    {
      schema: {
        summary: 'The same with value, quantities, transport and declared facts',
        tags: ['tariff'],
        querystring: noQuery,
        body: dutyBody,
        response: { 200: dutyAnswer, 400: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const { moment, day } = momentOf(deps, request.body);
      const parameters = parametersOf(request.body);
      const draft = await answerDuty(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'duties', parameters, moment, day, cacheable: false }, draft);
    },
  );
  v1.get(
    '/history',
    {
      schema: {
        summary: 'The duty over time: one row per interval in which nothing changed',
        tags: ['tariff'],
        querystring: historyQuery,
        response: { 200: historyAnswer, 400: problem, 404: problem },
      },
      preValidation: fromCache(deps),
    },
    async (request, reply) => {
      const { code, destination, origin, from, to, preference, additional_code, known_at } = request.query;
      const { moment, day } = momentOf(deps, { as_of: to, known_at });
      const question = {
        ...parametersOf({ code, destination, origin, facts: factsOf({ preference, additional_code }) }),
        from: from ?? FIRST_DATE,
        to: moment.as_of,
      };
      const draft = await dutyHistory(deps, { ...question, known_at: moment.known_at });
      return give(deps, request, reply, { endpoint: 'history', parameters: question, moment, day }, draft);
    },
  );
}

/** Facts that fit into an address; what was left out is not declared. */
function factsOf(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

type Goods = Omit<DutyBody, 'as_of' | 'known_at'>;

/** The question without its dates, defaults filled in. */
function parametersOf(goods: Goods): Omit<DutyQuestion, keyof Moment> {
  return {
    code: dutyCode(goods.code),
    destination: goods.destination,
    origin: goods.origin,
    customs_value: goods.customs_value ?? null,
    quantities: (goods.quantities ?? []).map(({ unit, amount, qualifier }) => ({
      unit,
      amount,
      ...(qualifier === undefined ? {} : { qualifier }),
    })),
    transport_mode: goods.transport_mode ?? null,
    facts: goods.facts ?? {},
  };
}
