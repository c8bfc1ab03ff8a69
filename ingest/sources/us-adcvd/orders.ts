import {
  countryOfSegment,
  namesAgree,
  parseCaseNumber,
  type CaseCountries,
} from '../../../transforms/adcvd/case-number.ts';
import { withoutHeading, type ListedOrder } from '../../../transforms/adcvd/opportunity-notice.ts';
import type { ReferenceRecord } from '../../../transforms/records.ts';
import { orderData, orderScopeData, type OrderData } from '../../../transforms/reference/order.ts';
import type { NormaliseContext } from '../../source.ts';
import type { ExporterRate, OrderScope } from './parts.ts';

export interface OrderMaterial {
  listed: { order: ListedOrder; document_number: string; date: string | null }[];
  scopes: OrderScope[];
  rates: ExporterRate[];
  countries: CaseCountries;
}

/**
 * One 'order' record per case and one 'order-scope' record per case and tariff number. Cases that only a scope or a rate names are
 * kept as 'unlisted' and reported: a rate is never dropped because its order was not found.
 */
export function* orderRecords(material: OrderMaterial, context: NormaliseContext): Generator<ReferenceRecord> {
  const orders = new Map<string, OrderData>();
  for (const { order, document_number, date } of material.listed) addListed(orders, order, document_number, date);
  for (const scope of material.scopes) addScope(orders, scope, context);
  for (const [key, rates] of groupRates(material.rates)) addRates(orders, key, rates, context);
  for (const [number, data] of [...orders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const segment = number.slice(2, 5);
    const country = countryOfSegment(segment, material.countries);
    const place = { case: number, country: data.country };
    if (!country) {
      const message = `${number}: country ${segment} (${data.country ?? 'not printed'}) is not resolved`;
      context.issue({ severity: 'error', code: 'country-unresolved', message, place });
      continue;
    }
    if (data.country !== null && !namesAgree(data.country, country.name)) {
      const message = `${number} stands under ${data.country}, its number says ${country.name}`;
      context.issue({ severity: 'warning', code: 'country-mismatch', message, place });
    }
    if (data.scope_codes.length === 0) {
      context.issue({
        severity: 'info',
        code: 'order-without-codes',
        message: data.scope_notice
          ? `${number} has no tariff numbers: ${data.scope_notice.document_number} names none in its scope`
          : `${number} has no tariff numbers: no notice with its scope is at hand`,
        place,
      });
    }
    yield record(number, 'order', null, country.iso, orderData.parse(data));
    // z.object strips what the scope record does not carry.
    for (const code of data.scope_codes)
      yield record(`${number}:${code}`, 'order-scope', code, country.iso, orderScopeData.parse(data));
  }
}

function record(
  key: string,
  topic: string,
  code: string | null,
  subject: string,
  data: ReferenceRecord['data'],
): ReferenceRecord {
  return { kind: 'reference', natural_key: key, topic, code, subject, data };
}

function blank(number: string, kind: OrderData['kind']): OrderData {
  return {
    case_number: number,
    kind,
    status: 'unlisted',
    country: null,
    product: null,
    review_period: null,
    scope_codes: [],
    scope_notice: null,
    rates: [],
    notices: [],
  };
}

function addListed(orders: Map<string, OrderData>, order: ListedOrder, document: string, date: string | null): void {
  const { number, kind } = order.case;
  const data = orders.get(number) ?? blank(number, kind);
  data.status = order.section === 'suspension' || kind === 'suspension' ? 'suspension_agreement' : 'order';
  data.country = order.country || null;
  data.product = order.product || null;
  data.review_period = order.period;
  addNotice(data, document, date);
  orders.set(number, data);
}

function addScope(orders: Map<string, OrderData>, scope: OrderScope, context: NormaliseContext): void {
  const parsed = parseCaseNumber(scope.case);
  if (!parsed) {
    context.issue({ severity: 'warning', code: 'bad-case-number', message: `'${scope.case}' is no case number` });
    return;
  }
  const data = orders.get(parsed.number) ?? blank(parsed.number, parsed.kind);
  if (data.status === 'unlisted' && scope.listed_in !== null) {
    // Listed in a monthly notice that this edition does not hold itself.
    data.status = /suspen/i.test(scope.title ?? '') ? 'suspension_agreement' : 'order';
    addNotice(data, scope.listed_in, null);
  }
  const product = scope.product === null ? null : withoutHeading(scope.product);
  if (product !== scope.product) {
    const message = `${parsed.number}: '${scope.product ?? ''}'`;
    context.issue({ severity: 'warning', code: 'heading-in-product', message, place: { case: parsed.number } });
  }
  data.country ??= scope.country;
  data.product ??= product;
  const codes = scope.codes
    .map((code) => code.replaceAll('.', ''))
    .filter((code) => /^\d{4,10}$/.test(code) && !/^9[89]/.test(code));
  data.scope_codes = [...new Set([...data.scope_codes, ...codes])].sort();
  data.scope_notice = { document_number: scope.document_number, title: scope.title, date: scope.date };
  addNotice(data, scope.document_number, scope.date);
  orders.set(parsed.number, data);
}

/** Rates of one exporter and producer in one case, oldest first. */
function groupRates(rates: readonly ExporterRate[]): Map<string, ExporterRate[]> {
  const groups = new Map<string, ExporterRate[]>();
  for (const rate of [...rates].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const key = [rate.case, rate.exporter, rate.producer ?? '', String(rate.all_others)].join('\t');
    groups.set(key, [...(groups.get(key) ?? []), rate]);
  }
  return groups;
}

/** A new rate ends the one before it: an open rate beside a newer one would let a reader pick the lower. */
function addRates(
  orders: Map<string, OrderData>,
  key: string,
  rates: readonly ExporterRate[],
  context: NormaliseContext,
): void {
  const parsed = parseCaseNumber(key.split('\t')[0] ?? '');
  if (!parsed) {
    context.issue({ severity: 'warning', code: 'bad-case-number', message: `a rate for '${key}'` });
    return;
  }
  const place = { case: parsed.number };
  let data = orders.get(parsed.number);
  if (!data) {
    const message = `${parsed.number}: a rate for an order that no notice at hand lists`;
    context.issue({ severity: 'warning', code: 'unmatched-rate', message, place });
    data = blank(parsed.number, parsed.kind);
    orders.set(parsed.number, data);
  }
  for (const [index, rate] of rates.entries()) {
    const before = rates[index - 1];
    if (before && Number(before.rate) > 0 && leap(Number(before.rate), Number(rate.rate))) {
      const message = `${parsed.number}, ${rate.exporter}: ${before.rate} to ${rate.rate}`;
      context.issue({ severity: 'warning', code: 'rate-leap', message, place });
    }
    if (rate.misnamed) {
      const message = `${parsed.number}, ${rate.exporter}: a rate of one review's companies stands as the rate of all others`;
      context.issue({ severity: 'warning', code: 'not-all-others', message, place });
    }
    const { exporter, producer, rate: figure, all_others, from, document_number } = rate;
    data.rates.push({
      exporter,
      producer,
      rate: figure,
      all_others,
      from,
      to: rates[index + 1]?.from ?? null,
      document_number,
    });
    addNotice(data, rate.document_number, null);
  }
}

/** More than an order of magnitude. */
const leap = (before: number, after: number): boolean => after > before * 10 || after < before / 10;

function addNotice(data: OrderData, document_number: string, date: string | null): void {
  if (document_number === '' || data.notices.some((notice) => notice.document_number === document_number)) return;
  data.notices.push({ document_number, url: `https://www.federalregister.gov/d/${document_number}`, date });
}
