import type { ReferenceRow } from '../../db/reference.ts';
import { type ScopeMatch, scopeMatch } from '../../transforms/adcvd/scope-match.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import { type OrderData, orderData, orderScopeData } from '../../transforms/reference/order.ts';

export const ORDERS_SOURCE = 'us.adcvd';
export const ORDERS_ARCHIVE = 'us.ita-adcvd';

/** A cash deposit rate as published; which one applies depends on exporter and producer. */
export interface OrderRate {
  exporter: string;
  producer: string | null;
  /** Fraction. */
  rate: string;
  all_others: boolean;
  from: PlainDate;
  document_number: string;
}

/** An order that may cover the goods. Its scope is prose: tariff numbers are for convenience, the text decides. */
export interface OrderCandidate {
  case_number: string;
  kind: OrderData['kind'];
  status: OrderData['status'];
  country: string | null;
  product: string | null;
  /** Tariff numbers of the scope that match, digits. */
  matched_codes: string[];
  /** 'below': only longer numbers than the code match. */
  match: ScopeMatch;
  confidence: 'possible';
  scope_notice: { document_number: string; title: string | null; date: string | null; url: string } | null;
  notices: { document_number: string; url: string; date: string | null }[];
  rates: OrderRate[];
  all_others_rate: string | null;
  /** True when only a retired archive names it: it may have been revoked since. */
  archived: boolean;
  release: number;
}

/** A candidate beside a duty: GET /orders has the rates of single exporters and the notices. */
export type CandidateOrder = Omit<OrderCandidate, 'rates' | 'notices'>;

interface Held {
  data: OrderData;
  row: ReferenceRow;
}

/** One order per case: the current source's before the archive's. */
export function byCase(rows: readonly ReferenceRow[]): Map<string, Held> {
  const orders = new Map<string, Held>();
  for (const row of rows) {
    const data = orderData.parse(row.data);
    const held = orders.get(data.case_number);
    if (!held || held.row.source_id === ORDERS_ARCHIVE) orders.set(data.case_number, { data, row });
  }
  return orders;
}

/**
 * One candidate per case from the scope rows that meet the code and the orders they belong to; `date` chooses the rates. /orders gives
 * it whole, a duty without the rates of single exporters.
 */
export function orderCandidates(
  code: string,
  date: PlainDate,
  rows: { scopes: readonly ReferenceRow[]; orders: readonly ReferenceRow[] },
): OrderCandidate[] {
  const orders = byCase(rows.orders);
  const cases = new Map<string, ReferenceRow[]>();
  for (const row of rows.scopes) {
    const { case_number } = orderScopeData.parse(row.data);
    cases.set(case_number, [...(cases.get(case_number) ?? []), row]);
  }
  return [...cases]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([case_number, scopes]) => {
      const order = orders.get(case_number);
      const current = scopes.find((row) => row.source_id !== ORDERS_ARCHIVE) ?? scopes[0];
      if (!current) return [];
      const scope = orderScopeData.parse(current.data);
      const matched = [...new Set(scopes.flatMap((row) => row.code ?? []))].sort();
      const rates = (order?.data.rates ?? [])
        .filter((rate) => rate.from <= date && (rate.to === null || date < rate.to))
        .map(({ exporter, producer, rate, all_others, from, document_number }) => ({
          exporter,
          producer,
          rate,
          all_others,
          from,
          document_number,
        }));
      return [
        {
          case_number,
          kind: scope.kind,
          status: order?.data.status ?? scope.status,
          country: scope.country,
          product: scope.product,
          matched_codes: matched,
          match: matched.some((number) => scopeMatch(code, number) === 'above')
            ? ('above' as const)
            : ('below' as const),
          confidence: 'possible' as const,
          scope_notice:
            scope.scope_notice === null
              ? null
              : { ...scope.scope_notice, url: documentUrl(scope.scope_notice.document_number) },
          notices: order?.data.notices ?? [],
          rates,
          all_others_rate: rates.find((rate) => rate.all_others)?.rate ?? null,
          archived: current.source_id === ORDERS_ARCHIVE && order?.row.source_id !== ORDERS_SOURCE,
          release: current.stated_by,
        },
      ];
    });
}

const documentUrl = (number: string): string => `https://www.federalregister.gov/d/${number}`;
