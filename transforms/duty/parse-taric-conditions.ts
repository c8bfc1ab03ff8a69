import { Exact } from '../exact.ts';
import type { MeasureCondition } from '../records.ts';
import { unreadCondition } from './condition-codes.ts';
import { printedNumber } from './printed-number.ts';

const LINE =
  /^([A-Z]{1,2})(?: cert: ?([A-Z0-9]{1,2})-?([A-Z0-9]{2,4}))?(?: (\d[\d.,]*)(?: ([A-Z]{3}))?(?: ?\/ ?([A-Z]{3}(?: [A-Z])?))?)? ?\((\d{2,3})\) ?:?\s*(.*)$/i;

/**
 * 'Cond:  V 52.600 EUR/DTN(01):12.000 % ; V 0.000 EUR/DTN(01):12.000 % + 29.800 EUR DTN' in printed order.
 * Certificates without the hyphen ('D008'), amounts without thousands commas. A line that is not understood is an issue,
 * and stays as a condition that leaves the outcome open.
 */
export function parseTaricConditions(text: string): { conditions: MeasureCondition[]; issues: string[] } {
  const conditions: MeasureCondition[] = [];
  const issues: string[] = [];
  for (const part of text.replace(/^\s*Cond:\s*/i, '').split(';')) {
    const line = part.trim();
    if (line === '') continue;
    const match = LINE.exec(line);
    const threshold = match?.[4] === undefined ? null : printedNumber(match[4]);
    if (match === null || (match[4] !== undefined && threshold === null)) {
      issues.push(`condition_unrecognised: ${line}`);
      conditions.push(unreadCondition(line, conditions.length + 1));
      continue;
    }
    const [, code = '', certificateType, certificateCode, , currency, unit, action, duty = ''] = match;
    conditions.push({
      condition_code: code.toUpperCase(),
      sequence: conditions.length + 1,
      certificate: certificateType === undefined ? null : `${certificateType}${certificateCode ?? ''}`.toUpperCase(),
      amount: threshold === null ? null : new Exact(threshold).toFixed(),
      currency: currency?.toUpperCase() ?? null,
      unit: unit?.toUpperCase() ?? null,
      action_code: action ?? null,
      duty_expression: duty.trim() === '' ? null : duty.trim(),
    });
  }
  return { conditions, issues };
}
