import { Exact } from '../exact.ts';
import type { MeasureCondition } from '../records.ts';

const LINE =
  /^([A-Z]{1,2})(?: cert: ?([A-Z0-9]{1,2})-([A-Z0-9]{2,4}))?(?: ([\d,]+(?:\.\d+)?)(?: ([A-Z]{3}))?(?: ?\/ ?([A-Z]{3}(?: [A-Z])?))?)? ?\((\d{2,3})\):?\s*(.*)$/;

/**
 * 'Cond:  V 52.600 EUR/DTN(01):12.000 % ; V 0.000 EUR/DTN(01):12.000 % + 29.800 EUR DTN' in printed order.
 * Certificates without the hyphen ('D008'), amounts without thousands commas. A line that is not understood is an issue.
 */
export function parseTaricConditions(text: string): { conditions: MeasureCondition[]; issues: string[] } {
  const conditions: MeasureCondition[] = [];
  const issues: string[] = [];
  for (const part of text.replace(/^\s*Cond:\s*/, '').split(';')) {
    const line = part.trim();
    if (line === '') continue;
    const match = LINE.exec(line);
    if (match === null) {
      issues.push(`condition_unrecognised: ${line}`);
      continue;
    }
    const [, code = '', certificateType, certificateCode, amount, currency, unit, action, duty = ''] = match;
    conditions.push({
      condition_code: code,
      sequence: conditions.length + 1,
      certificate: certificateType === undefined ? null : `${certificateType}${certificateCode ?? ''}`,
      amount: amount === undefined ? null : new Exact(amount.replaceAll(',', '')).toFixed(),
      currency: currency ?? null,
      unit: unit ?? null,
      action_code: action ?? null,
      duty_expression: duty.trim() === '' ? null : duty.trim(),
    });
  }
  return { conditions, issues };
}
