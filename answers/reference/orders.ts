import { readOrders } from '../../db/order-rows.ts';
import { scopeQuestion } from '../../transforms/adcvd/scope-match.ts';
import { formatCode } from '../../transforms/code.ts';
import { type OrderData, orderData } from '../../transforms/reference/order.ts';
import type { AnswerDraft } from '../draft.ts';
import { checkOrigin } from '../duty/question.ts';
import { type LedgerView, readAt } from '../ledger-view.ts';
import type { Moment } from '../moment.ts';
import { Problem } from '../problem.ts';
import { byCase, type OrderCandidate, ORDERS_ARCHIVE, ORDERS_SOURCE, orderCandidates } from './order-candidates.ts';
import { absenceMeans, coverageOfSuppliers } from './reference-coverage.ts';
import { type ReferenceDeps, referenceCode } from './question.ts';

export interface OrdersQuestion extends Moment {
  code: string;
  /** ISO alpha-2. */
  origin: string;
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

const ORDERS = { source: ORDERS_SOURCE, families: ['antidumping', 'countervailing'] };

/**
 * Antidumping and countervailing duty orders of the United States whose scope names a number that meets the code
 * (transforms/adcvd/scope-match.ts) for goods of this origin: candidates for a person to check, never a duty. Throws Problem invalid-request, not-loaded.
 */
export async function ordersAnswer(deps: ReferenceDeps, question: OrdersQuestion): Promise<AnswerDraft<OrdersData>> {
  const code = referenceCode(question.code);
  const { origin, as_of, known_at } = question;
  checkOrigin({ destination: 'US', origin });
  const { view, result } = await readAt(deps.views, async (now) => {
    requireOrders(now);
    const numbers = scopeQuestion(code);
    return await readOrders(deps.database, { numbers, origin, on: as_of, known: known_at });
  });
  const orders = byCase(result.orders);
  const candidates = orderCandidates(code, as_of, result);
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
  if (view.releases.some((release) => release.source_id === ORDERS.source || release.source_id === ORDERS_ARCHIVE))
    return;
  throw new Problem('not-loaded', 'No release of us.adcvd is loaded: nothing can be said about orders.', {
    extra: { sources: [ORDERS.source] },
  });
}
