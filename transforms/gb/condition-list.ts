import { unreadCondition } from '../duty/condition-codes.ts';
import type { MeasureCondition } from '../records.ts';

/**
 * The conditions cell of the UK tables: 'condition:B,certificate:9081,action:26|condition:B,action:06'.
 * Sequence counts within a condition code, in printed order. A line with a name that is not known, or without a condition code,
 * leaves the outcome open; what was not understood is returned as well.
 */
export function parseConditionList(text: string): { conditions: MeasureCondition[]; unknown: string[] } {
  const conditions: MeasureCondition[] = [];
  const unknown: string[] = [];
  const counts = new Map<string, number>();
  for (const line of text.split('|')) {
    const fields = new Map<string, string>();
    const strange: string[] = [];
    for (const pair of line.split(',')) {
      const at = pair.indexOf(':');
      const name = pair.slice(0, Math.max(at, 0)).trim();
      if (at < 0 || !FIELDS.has(name)) strange.push(pair.trim());
      else fields.set(name, pair.slice(at + 1).trim());
    }
    const code = fields.get('condition');
    if (code === undefined || strange.length > 0) {
      unknown.push(...(strange.length > 0 ? strange : [line.trim()]));
      conditions.push(unreadCondition(line.trim(), conditions.length + 1));
      continue;
    }
    const sequence = (counts.get(code) ?? 0) + 1;
    counts.set(code, sequence);
    conditions.push({
      condition_code: code,
      sequence,
      certificate: fields.get('certificate') ?? null,
      amount: fields.get('duty_amount') ?? null,
      currency: fields.get('monetary_unit') ?? null,
      unit: fields.get('measurement_unit') ?? null,
      action_code: fields.get('action') ?? null,
      duty_expression: fields.get('duty') ?? null,
    });
  }
  return { conditions, unknown };
}

const FIELDS = new Set([
  'condition',
  'certificate',
  'action',
  'duty',
  'duty_amount',
  'monetary_unit',
  'measurement_unit',
]);
