import { Exact } from '../../transforms/exact.ts';
import { assess } from '../../transforms/stacking/taric/assess.ts';
import * as given from './inputs.ts';
import { type Case, inputOf, measureOf } from './question.ts';

/** Exact amount, or why there is none. */
export interface Due {
  amount: string | null;
  reason: string | null;
}

const SMALL_PRODUCER = /,?\s*small\s+producer\s+(?:discount|relief)/i;

/** VAT or excise (`type` 305, 306) by its printed rate. */
export function tax(one: Case, type: string, duty: string): Due {
  const relief = given.figure(one.inputs, 'spr_discount', 'small_producer_relief');
  // 'LPA, small producer discount' is the unit SPQ of the British tariff: litres of pure alcohol times the relief.
  const pure = duty.replace(new RegExp(`LPA${SMALL_PRODUCER.source}`, 'i'), 'SPQ');
  const plain = pure.replace(SMALL_PRODUCER, '');
  const measure = measureOf(type, plain, {});
  const facts: Record<string, string> = relief === null ? {} : { small_producer_relief: relief };
  const { exact, needs, reason } = assess(measure, inputOf(one, [measure], facts));
  if (exact === null) return { amount: null, reason: [reason, needs.join(', ')].filter((part) => part).join('; ') };
  if (plain === pure) return { amount: exact, reason: null };
  return relief === null
    ? { amount: null, reason: 'inputs.spr_discount is missing' }
    : { amount: new Exact(exact).times(relief).toFixed(), reason: null };
}
