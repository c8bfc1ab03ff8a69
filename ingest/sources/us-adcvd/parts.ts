import { z } from 'zod';
import { isPlainDate } from '../../../transforms/dates.ts';
import type { CaseCountries } from '../../../transforms/adcvd/case-number.ts';
import { csvRecords } from '../../../transforms/read/csv.ts';

/** Scope and product of an order, from a reviewed extract of Federal Register notices. */
export interface OrderScope {
  case: string;
  country: string | null;
  product: string | null;
  codes: string[];
  document_number: string;
  date: string | null;
  title: string | null;
  /** The monthly notice that lists it; null when not stated. */
  listed_in: string | null;
}

const extract = z.object({
  orders: z.array(
    z.object({
      case: z.string(),
      country: z.string().nullish(),
      product: z.string().nullish(),
      hts: z.array(z.string()),
      source: z.string(),
      source_date: z.string().nullish(),
      title: z.string().nullish(),
      listed_in: z.string().nullish(),
    }),
  ),
});

/** The reviewed extract of scopes (JSON `{ orders: [...] }`), one entry per notice and case. Throws ZodError on another layout. */
export function orderScopes(bytes: Buffer): OrderScope[] {
  return extract.parse(JSON.parse(bytes.toString('utf8'))).orders.map((order) => ({
    case: order.case,
    country: order.country ?? null,
    product: order.product ?? null,
    codes: order.hts,
    document_number: order.source,
    date: order.source_date ?? null,
    title: order.title ?? null,
    listed_in: order.listed_in ?? null,
  }));
}

/** A cash deposit rate of one exporter, from a notice of final results. */
export interface ExporterRate {
  case: string;
  exporter: string;
  producer: string | null;
  rate: string;
  all_others: boolean;
  /** The file calls it all-others and names the companies of one review that were not examined: others pay another rate. */
  misnamed: boolean;
  from: string;
  document_number: string;
}

const RATE_COLUMNS = [
  'case_number',
  'exporter',
  'rate',
  'is_all_others',
  'effective_from',
  'fr_document_number',
] as const;

/**
 * Reviewed cash deposit rates, CSV with at least RATE_COLUMNS; `rate` is a fraction ('0.2660'), dates are plain. Throws on a row without a
 * date, or that does not say whether its rate is that of all others: taken for no, the case would seem to have none.
 */
export function exporterRates(bytes: Buffer): ExporterRate[] {
  return csvRecords(bytes, RATE_COLUMNS).map((row) => {
    const from = row.effective_from ?? '';
    if (!isPlainDate(from)) throw new Error(`not a date: '${from}'`);
    const exporter = (row.exporter ?? '').trim();
    const said = (row.is_all_others ?? '').trim().toLowerCase();
    if (said !== 'true' && said !== 'false') throw new Error(`is_all_others is neither TRUE nor FALSE: '${said}'`);
    const claimed = said === 'true';
    const misnamed = claimed && /review-specific|non-(?:examined|selected)/i.test(exporter);
    return {
      case: row.case_number ?? '',
      exporter,
      producer: row['producer']?.trim() || null,
      rate: row.rate ?? '',
      all_others: claimed && !misnamed,
      misnamed,
      from,
      document_number: row.fr_document_number ?? '',
    };
  });
}

/** `segments`: case_prefix, census_schedule_c. `scheduleC`: census_code, name, iso2, as CSV or as the Census Bureau's own table. */
export function caseCountries(segments: Buffer | null, scheduleC: Buffer): CaseCountries {
  const checked = segments ? csvRecords(segments, ['case_prefix', 'census_schedule_c']) : [];
  return {
    segments: new Map(checked.map((row) => [row.case_prefix ?? '', row.census_schedule_c ?? ''])),
    scheduleC: new Map(scheduleRows(scheduleC).map(({ code, iso, name }) => [code, { iso, name }])),
  };
}

function scheduleRows(bytes: Buffer): { code: string; iso: string; name: string }[] {
  const text = bytes.toString('utf8');
  if (/^\uFEFF?census_code,/.test(text)) {
    return csvRecords(bytes, ['census_code', 'name', 'iso2'])
      .map((row) => ({ code: row.census_code ?? '', iso: row.iso2 ?? '', name: row.name ?? '' }))
      .filter(({ iso }) => iso !== '');
  }
  // '1220 | Canada | CA'
  return [...text.matchAll(/^\s*(\d{4})\s*\|\s*(.+?)\s*\|\s*([A-Z]{2})\s*$/gm)].map(([, code, name, iso]) => ({
    code: code ?? '',
    name: name ?? '',
    iso: iso ?? '',
  }));
}
