import type { PlainDate } from '../../transforms/dates.ts';
import { convert } from '../../transforms/reference/exchange-rate.ts';
import type { HeldRate, HeldRates, RateKind } from '../reference/published-rates.ts';
import type { LandedCostQuestion, Money, UsedRate } from './landed-cost-data.ts';

/** Amounts of a question in one currency, with what was used and what was missing for it. */
export interface Converter {
  /** Two decimals; null when no rate was published for the date. */
  amount(money: Money): string | null;
  used(): HeldRate[];
  /** 'exchange_rate:EUR/USD@2026-11-20', once each. */
  missing(): string[];
}

/** Takes the first of `kinds` that was published for the date and the currency; a rate of another date is never taken. */
export function converter(
  currency: string,
  date: PlainDate,
  held: HeldRates['byKind'],
  kinds: readonly RateKind[],
): Converter {
  const used = new Map<string, HeldRate>();
  const missing = new Set<string>();
  return {
    amount({ amount, currency: from }) {
      for (const kind of kinds) {
        const conversion = convert(amount, from, currency, date, held[kind]);
        if (!conversion) continue;
        for (const rate of conversion.used) {
          const source = held[kind].find(({ quote, base }) => quote === rate.quote && base === rate.base);
          if (source) used.set(`${kind}/${rate.base}/${rate.quote}`, source);
        }
        return conversion.amount;
      }
      missing.add(`exchange_rate:${from}/${currency}@${date}`);
      return null;
    },
    used: () => [...used.values()],
    missing: () => [...missing],
  };
}

/** Every currency that the question and its answer name. */
export function currenciesOf(question: LandedCostQuestion, currency: string): string[] {
  const charges = [question.shipping, question.insurance, question.inland].flatMap((charge) => charge?.currency ?? []);
  return [...new Set([currency, ...charges, ...question.lines.map((line) => line.value.currency)])];
}

export function usedRates(rates: readonly HeldRate[]): UsedRate[] {
  return rates.map(({ base, quote, rate, kind, source, valid_from, valid_to }) => ({
    base,
    quote,
    rate,
    kind,
    source,
    valid_from,
    valid_to,
  }));
}
