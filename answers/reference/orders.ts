import type { ReferenceRow } from '../../db/reference.ts';
import { readTopicRows } from '../../db/topic-rows.ts';
import { formatCode, prefixes } from '../../transforms/code.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import { type OrderData, orderData, orderScopeData } from '../../transforms/reference/order.ts';
import type { AnswerDraft } from '../draft.ts';
import { type LedgerView, readAt } from '../ledger-view.ts';
import type { Moment } from '../moment.ts';
import { Problem } from '../problem.ts';
import { absenceMeans, coverageOfSuppliers } from './reference-coverage.ts';
import { type ReferenceDeps, referenceCode } from './question.ts';

export interface OrdersQuestion extends Moment {
  code: string;
  /** ISO alpha-2. */
  origin: string;
}

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
  /** 'above': a prefix of the code asked for (or the code); 'below': only longer numbers match. */
  match: 'above' | 'below';
  confidence: 'possible';
  scope_notice: { document_number: string; title: string | null; date: string | null; url: string } | null;
  notices: { document_number: string; url: string; date: string | null }[];
  rates: OrderRate[];
  all_others_rate: string | null;
  /** True when only a retired archive names it: it may have been revoked since. */
  archived: boolean;
  release: number;
}

export interface OrdersData {
  code: string;
  formatted: string;
  origin: string;
  candidates: OrderCandidate[];
  /** Orders on goods of this origin of which no tariff number is known: nothing was compared with them. */
  unchecked_orders_for_country: number;
  unchecked: { case_number: string; kind: OrderData['kind']; product: string | null }[];
  confidence: 'possible';
  /** What an empty list of candidates says. */
  absence_means: 'none' | 'unknown';
  /** Antidumping and countervailing duties are never computed here. */
  duty: null;
  entry: { type: '03'; text: string } | null;
}

const ORDERS = { source: 'us.adcvd', families: ['antidumping', 'countervailing'] };
const ARCHIVE = 'us.ita-adcvd';

/**
 * Antidumping and countervailing duty orders of the United States whose scope names a prefix of the code (or a longer number below it)
 * for goods of this origin: candidates for a person to check, never a duty. Throws Problem invalid-request, not-loaded.
 */
export async function ordersAnswer(deps: ReferenceDeps, question: OrdersQuestion): Promise<AnswerDraft<OrdersData>> {
  const code = referenceCode(question.code);
  const { origin, as_of, known_at } = question;
  const { view, result } = await readAt(deps.views, async (now) => {
    requireOrders(now);
    const span = { from: as_of, to: as_of, known: known_at, subjects: [origin] };
    const scopes = await readTopicRows(deps.database, {
      ...span,
      topics: ['order-scope'],
      codes: prefixes(code),
      below: code,
    });
    const orders = await readTopicRows(deps.database, { ...span, topics: ['order'] });
    return { version: orders.version, scopes: scopes.rows, orders: orders.rows };
  });
  const orders = byCase(result.orders);
  const candidates = candidatesOf(code, as_of, result.scopes, orders);
  const withCodes = new Set(
    result.orders
      .filter((row) => orderData.parse(row.data).scope_codes.length > 0)
      .map((row) => String(row.data['case_number'])),
  );
  const unchecked = [...orders.values()]
    .filter(({ data }) => !withCodes.has(data.case_number))
    .map(({ data }) => ({ case_number: data.case_number, kind: data.kind, product: data.product }));
  const coverage = coverageOfSuppliers(view, [ORDERS], question);
  const data: OrdersData = {
    code,
    formatted: formatCode(code),
    origin,
    candidates,
    unchecked_orders_for_country: unchecked.length,
    unchecked,
    confidence: 'possible',
    absence_means: unchecked.length > 0 ? 'unknown' : absenceMeans(coverage),
    duty: null,
    entry:
      candidates.length === 0
        ? null
        : {
            type: '03',
            text: 'Goods within the scope of an order are entered formally as entry type 03 at any value; the scope text decides.',
          },
  };
  return { view, data, cites: [...result.orders, ...result.scopes].map((row) => row.stated_by), coverage };
}

function requireOrders(view: LedgerView): void {
  if (view.releases.some((release) => release.source_id === ORDERS.source || release.source_id === ARCHIVE)) return;
  throw new Problem('not-loaded', 'No release of us.adcvd is loaded: nothing can be said about orders.', {
    extra: { sources: [ORDERS.source] },
  });
}

interface Held {
  data: OrderData;
  row: ReferenceRow;
}

/** One order per case: the current source's before the archive's. */
function byCase(rows: readonly ReferenceRow[]): Map<string, Held> {
  const orders = new Map<string, Held>();
  for (const row of rows) {
    const data = orderData.parse(row.data);
    const held = orders.get(data.case_number);
    if (!held || held.row.source_id === ARCHIVE) orders.set(data.case_number, { data, row });
  }
  return orders;
}

function candidatesOf(
  code: string,
  date: PlainDate,
  scopes: readonly ReferenceRow[],
  orders: ReadonlyMap<string, Held>,
): OrderCandidate[] {
  const cases = new Map<string, ReferenceRow[]>();
  for (const row of scopes) {
    const { case_number } = orderScopeData.parse(row.data);
    cases.set(case_number, [...(cases.get(case_number) ?? []), row]);
  }
  return [...cases]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([case_number, rows]) => {
      const order = orders.get(case_number);
      const current = rows.find((row) => row.source_id !== ARCHIVE) ?? rows[0];
      if (!current) return [];
      const scope = orderScopeData.parse(current.data);
      const matched = [...new Set(rows.flatMap((row) => row.code ?? []))].sort();
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
          match: matched.some((number) => code.startsWith(number)) ? ('above' as const) : ('below' as const),
          confidence: 'possible' as const,
          scope_notice:
            scope.scope_notice === null
              ? null
              : { ...scope.scope_notice, url: documentUrl(scope.scope_notice.document_number) },
          notices: order?.data.notices ?? [],
          rates,
          all_others_rate: rates.find((rate) => rate.all_others)?.rate ?? null,
          archived: current.source_id === ARCHIVE && order?.row.source_id !== 'us.adcvd',
          release: current.stated_by,
        },
      ];
    });
}

const documentUrl = (number: string): string => `https://www.federalregister.gov/d/${number}`;
