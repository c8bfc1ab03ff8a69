import type { PlainDate } from '../dates.ts';
import { Exact } from '../exact.ts';

/**
 * Goods brought into Northern Ireland from Great Britain or elsewhere (Windsor Framework; Joint Committee Decision 1/2023):
 * they count as at risk, and owe the EU duty, when it exceeds the UK duty by more than 3 % of the customs value.
 * All amounts in one currency. At exactly 3 % the UK duty stays.
 */
export function atRiskDuty(input: { customsValue: string; ukDuty: string; euDuty: string }): {
  applies: 'eu' | 'uk';
  amount: string;
} {
  const excess = new Exact(input.euDuty).minus(input.ukDuty);
  const atRisk = excess.greaterThan(new Exact(input.customsValue).times('0.03'));
  return atRisk ? { applies: 'eu', amount: input.euDuty } : { applies: 'uk', amount: input.ukDuty };
}

/** The decisions of the Joint Committee that say which goods are not at risk, and the scheme that authorises traders under each. */
export function atRiskLaw(date: PlainDate): { citation: string; scheme: string } {
  return date < '2023-09-30'
    ? {
        citation: 'Protocol on Ireland/Northern Ireland, Article 5(2); Joint Committee Decision No 4/2020, Article 3',
        scheme: 'UK Trader Scheme',
      }
    : {
        citation: 'Windsor Framework, Article 5(2); Joint Committee Decision No 1/2023, Article 7',
        scheme: 'UK Internal Market Scheme',
      };
}
