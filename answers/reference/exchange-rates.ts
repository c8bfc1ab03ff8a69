import { Decimal } from 'decimal.js';
import type { PlainDate } from '../../transforms/dates.ts';
import { convert, customsRateDay } from '../../transforms/reference/exchange-rate.ts';
import type { AnswerDraft } from '../draft.ts';
import { type LedgerView, readAt } from '../ledger-view.ts';
import { type Moment, releasesKnown } from '../moment.ts';
import { Problem } from '../problem.ts';
import { type HeldRate, publishedRates, RATE_KINDS, type RateKind } from './published-rates.ts';
import { coverageOfSuppliers } from './reference-coverage.ts';
import type { ReferenceDeps } from './question.ts';

export interface ExchangeRatesQuestion extends Moment {
  from: string;
  to: string;
  /** Null: every kind that is published for the date. */
  kind: RateKind | null;
}

export interface ExchangeRate {
  kind: RateKind;
  /** Units of `to` for one of `from`, 10 significant digits. */
  rate: string;
  /** The published rates it follows from: one, or two over a common base. */
  used: {
    base: string;
    quote: string;
    rate: string;
    source: string;
    valid_from: PlainDate;
    valid_to: PlainDate | null;
    release: number;
  }[];
}

export interface ExchangeRatesData {
  from: string;
  to: string;
  date: PlainDate;
  rates: ExchangeRate[];
}

const SUPPLIERS = [
  { source: 'fx.ecb', families: ['exchange-rate'] },
  { source: 'fx.hmrc', families: ['exchange-rate'] },
];

/**
 * Exchange rates published for a date. Throws Problem not-found when none is: the last rate before it is never given instead; and
 * not-loaded when no source of rates is.
 */
export async function exchangeRatesAnswer(
  deps: ReferenceDeps,
  question: ExchangeRatesQuestion,
): Promise<AnswerDraft<ExchangeRatesData>> {
  const { from, to, kind, as_of, known_at } = question;
  if (from === to) {
    throw new Problem('invalid-request', 'from and to are the same currency.', {
      errors: [{ field: 'to', message: 'another currency than from' }],
    });
  }
  const { view, result } = await readAt(deps.views, async (now) => {
    if (!SUPPLIERS.some(({ source }) => now.releases.some((release) => release.source_id === source))) {
      throw new Problem('not-loaded', 'No exchange rates are loaded.', {
        extra: { sources: SUPPLIERS.map(({ source }) => source) },
      });
    }
    return publishedRates(deps.database, [from, to], as_of, known_at);
  });
  const kinds = kind === null ? RATE_KINDS : [kind];
  const rates = kinds.flatMap((each) => rateOf(each, from, to, as_of, result.byKind[each]) ?? []);
  if (rates.length === 0) {
    throw new Problem('not-found', `${noRate(question)}${newestHeld(view, known_at)}`, {
      errors: [
        { field: 'date', message: 'a date for which a rate was published (reference rates: TARGET working days)' },
      ],
      extra: { missing: [`exchange_rate:${from}/${to}@${as_of}`] },
    });
  }
  return {
    view,
    data: { from, to, date: as_of, rates },
    cites: rates.flatMap((rate) => rate.used.map((used) => used.release)),
    // One publisher is enough: the other's absence takes nothing away from its rates.
    coverage: coverageOfSuppliers(
      view,
      SUPPLIERS.filter(({ source }) => view.releases.some((release) => release.source_id === source)),
      question,
    ),
  };
}

function noRate({ from, to, kind, as_of }: ExchangeRatesQuestion): string {
  const which = kind === null ? '' : `${kind} `;
  const day = kind === 'eu_customs' ? `; it would follow from ${customsRateDay(as_of)}` : '';
  return `No ${which}exchange rate from ${from} to ${to} is held for ${as_of}${day}. Rates of other dates are not given in its place.`;
}

/** How far the rates at hand reach: whoever asks for today learns whether the day is missing or a year. */
function newestHeld(view: LedgerView, knownAt: string | null): string {
  const newest = SUPPLIERS.flatMap(({ source }) => releasesKnown(view, source, knownAt).at(-1) ?? []);
  if (newest.length === 0) return knownAt === null ? '' : ` None had been published by ${knownAt}.`;
  return ` The newest held are those of ${newest.map((release) => `${release.data_as_of} (${release.source_id})`).join(' and ')}.`;
}

function rateOf(
  kind: RateKind,
  from: string,
  to: string,
  date: PlainDate,
  held: readonly HeldRate[],
): ExchangeRate | null {
  const conversion = convert('1', from, to, date, held);
  if (!conversion) return null;
  return {
    kind,
    rate: new Decimal(conversion.rate).toFixed(),
    used: conversion.used.map(({ base, quote, rate, source, valid_from, valid_to, release }) => ({
      base,
      quote,
      rate,
      source,
      valid_from,
      valid_to,
      release,
    })),
  };
}
