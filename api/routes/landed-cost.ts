import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { landedCost } from '../../answers/landed-cost/landed-cost.ts';
import type { LandedCostLine, LandedCostQuestion, Money } from '../../answers/landed-cost/landed-cost-data.ts';
import type { Moment } from '../../answers/moment.ts';
import { Problem } from '../../answers/problem.ts';
import { codeDigits } from '../../transforms/code.ts';
import type { ApiDeps } from '../deps.ts';
import { give, momentOf } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import { noQuery } from '../schemas/releases.ts';
import { landedCostAnswer, type LandedCostBody, landedCostBody } from '../schemas/landed-cost.ts';

export function landedCostRoute(app: FastifyInstance, deps: ApiDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/landed-cost',
    {
      schema: {
        summary: 'Duty, fees and taxes of a consignment of one or many lines, apart and to the cent',
        tags: ['tariff'],
        querystring: noQuery,
        body: landedCostBody,
        response: { 200: landedCostAnswer, 400: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { moment, day } = momentOf(deps, { as_of: body.entry_date ?? body.as_of, known_at: body.known_at });
      const parameters = parametersOf(body);
      const draft = await landedCost(deps, { ...parameters, ...moment });
      return give(deps, request, reply, { endpoint: 'landed-cost', parameters, moment, day, cacheable: false }, draft);
    },
  );
}

/** The question with its defaults filled in; a body without lines is a single one. */
function parametersOf(body: LandedCostBody): Omit<LandedCostQuestion, keyof Moment> {
  const inCurrency = (amount: string | undefined): Money | null =>
    amount === undefined ? null : { amount, currency: body.currency };
  const lines = body.lines ?? [singleLine(body)];
  return {
    destination: body.destination,
    basis: body.basis,
    shipping: inCurrency(body.shipping),
    insurance: inCurrency(body.insurance),
    inland: inCurrency(body.inland),
    charges_by: body.charges_by,
    transport_mode: body.transport_mode ?? null,
    entry: body.entry ?? null,
    manual: body.manual,
    foreign_importer: body.foreign_importer ?? null,
    lines: lines.map((line): LandedCostLine => ({
      code: codeDigits(line.code) ?? line.code,
      origin: line.origin,
      value: { amount: line.value, currency: line.currency ?? body.currency },
      units: line.units ?? null,
      weight: line.weight ?? null,
      quantities: (line.quantities ?? []).map(({ unit, amount, qualifier }) => ({
        unit,
        amount,
        ...(qualifier === undefined ? {} : { qualifier }),
      })),
      facts: line.facts ?? {},
    })),
  };
}

/** The schema has refused a body without lines that lacks one of the three; a price is never made up here. */
function singleLine(body: LandedCostBody): NonNullable<LandedCostBody['lines']>[number] {
  const { code, origin, goods_value: value, currency, units, weight, quantities, facts } = body;
  if (code === undefined || origin === undefined || value === undefined) {
    throw new Problem('invalid-request', 'A consignment without lines needs code, origin and goods_value.', {
      errors: [{ field: 'lines', message: 'lines, or code, origin and goods_value for a single one' }],
    });
  }
  return { code, origin, value, currency, units, weight, quantities, facts };
}
