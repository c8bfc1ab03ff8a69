import type { Database } from '../../db/connect.ts';
import { codeDigits } from '../../transforms/code.ts';
import type { LedgerViews } from '../ledger-view.ts';
import { Problem } from '../problem.ts';

const REFERENCE_CODE_FORM = '2 to 10 digits, dots optional (8471, 8471.30.01.00)';

/** Digits of a code. Throws Problem invalid-request. */
export function referenceCode(text: string): string {
  const digits = codeDigits(text);
  if (digits === null || digits.length > 10) {
    throw new Problem('invalid-request', `'${text}' is no tariff code.`, {
      errors: [{ field: 'code', message: REFERENCE_CODE_FORM }],
    });
  }
  return digits;
}

/** What the answers over reference data work with. */
export interface ReferenceDeps {
  database: Database;
  views: LedgerViews;
}
