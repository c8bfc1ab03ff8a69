import type { ReferenceRow } from '../../db/reference.ts';
import { orderScopeData } from '../../transforms/reference/order.ts';
import type { LedgerView } from '../ledger-view.ts';

/** An anti-dumping or countervailing order whose scope may include the goods: never a computed duty. */
export interface CandidateOrder {
  case_number: string;
  kind: string;
  country: string | null;
  product: string | null;
  /** The scope's tariff number that matched; scope codes are for convenience only, the text decides. */
  matched_code: string;
  confidence: 'possible';
  all_others_rate: string | null;
  url: string | null;
  release: number;
}

/** Orders whose scope names a prefix of the code and whose country is the origin, as candidates. */
export function candidateOrders(rows: readonly ReferenceRow[], view: LedgerView): CandidateOrder[] {
  return rows.map((row) => {
    const data = orderScopeData.parse(row.data);
    return {
      case_number: data.case_number,
      kind: data.kind,
      country: row.subject,
      product: data.product,
      matched_code: row.code ?? '',
      confidence: 'possible',
      all_others_rate: null,
      url: view.byId.get(row.stated_by)?.url ?? null,
      release: row.stated_by,
    };
  });
}
