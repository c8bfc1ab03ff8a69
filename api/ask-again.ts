import { z } from 'zod';
import { calendar } from '../answers/calendar.ts';
import { answerDuty } from '../answers/duty/answer-duty.ts';
import { landedCost } from '../answers/landed-cost/landed-cost.ts';
import type { LandedCostQuestion } from '../answers/landed-cost/landed-cost-data.ts';
import { lookup } from '../answers/lookup.ts';
import { exchangeRatesAnswer } from '../answers/reference/exchange-rates.ts';
import { feesAnswer } from '../answers/reference/fees.ts';
import { ordersAnswer } from '../answers/reference/orders.ts';
import { pgaFlagsAnswer } from '../answers/reference/pga-flags.ts';
import { RATE_KINDS } from '../answers/reference/published-rates.ts';
import { QUOTA_STATES, quotasAnswer } from '../answers/reference/quotas.ts';
import { requirements } from '../answers/requirements.ts';
import { search } from '../answers/search.ts';
import type { AskAgain } from '../answers/stored.ts';
import type { DutyQuestion } from '../transforms/stacking/component.ts';
import { validateCode, type ValidateQuestion } from '../answers/validate.ts';
import type { ApiDeps } from './deps.ts';

const lookupParameters = z.object({ code: z.string(), jurisdiction: z.string() });
const searchParameters = z.object({ q: z.string(), jurisdiction: z.string(), limit: z.int(), offset: z.int() });
const requirementsParameters = z.object({ code: z.string(), destination: z.string(), origin: z.string() });
const ordersParameters = z.object({ code: z.string(), origin: z.string() });
const flagsParameters = z.object({ code: z.string() });
const quotasParameters = z.object({
  code: z.string().nullable(),
  country: z.string().nullable(),
  status: z.enum(QUOTA_STATES).nullable(),
  jurisdiction: z.string().nullable(),
});
const calendarParameters = z.object({
  to: z.string(),
  jurisdiction: z.string().nullable(),
  source: z.string().nullable(),
  prefix: z.string().nullable(),
  limit: z.int(),
  offset: z.int(),
});
const feesParameters = z.object({ jurisdiction: z.string() });
const ratesParameters = z.object({ from: z.string(), to: z.string(), kind: z.enum(RATE_KINDS).nullable() });

/** How stored questions are asked again, by endpoint: those whose answer follows from the law, not from the list of publications. */
export function askAgain(deps: ApiDeps): AskAgain {
  return {
    lookup: (parameters, moment) => lookup(deps, { ...lookupParameters.parse(parameters), ...moment }),
    search: (parameters, moment) => search(deps, { ...searchParameters.parse(parameters), ...moment }),
    orders: (parameters, moment) => ordersAnswer(deps, { ...ordersParameters.parse(parameters), ...moment }),
    'pga-flags': (parameters, moment) => pgaFlagsAnswer(deps, { ...flagsParameters.parse(parameters), ...moment }),
    quotas: (parameters, moment) => quotasAnswer(deps, { ...quotasParameters.parse(parameters), ...moment }),
    fees: (parameters, moment) => feesAnswer(deps, { ...feesParameters.parse(parameters), ...moment }),
    'exchange-rates': (parameters, moment) =>
      exchangeRatesAnswer(deps, { ...ratesParameters.parse(parameters), ...moment }),
    calendar: (parameters, moment) => calendar(deps, { ...calendarParameters.parse(parameters), ...moment }),
    // Stored as the question itself, checked when it was first asked.
    duties: (parameters, moment) =>
      answerDuty(deps, { ...(parameters as unknown as Omit<DutyQuestion, 'as_of' | 'known_at'>), ...moment }),
    requirements: (parameters, moment) =>
      requirements(deps, { ...requirementsParameters.parse(parameters), ...moment }),
    // Stored as the question itself.
    validate: (parameters, moment) =>
      validateCode(deps, { ...(parameters as unknown as Omit<ValidateQuestion, 'as_of' | 'known_at'>), ...moment }),
    'landed-cost': (parameters, moment) =>
      landedCost(deps, { ...(parameters as unknown as Omit<LandedCostQuestion, 'as_of' | 'known_at'>), ...moment }),
  };
}
