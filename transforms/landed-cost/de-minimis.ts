import { Decimal } from 'decimal.js';
import { isValidAt, type PlainDate } from '../dates.ts';
import type { DatedThreshold } from '../reference/import-threshold.ts';

export interface Consignment {
  date: PlainDate;
  origin: string;
  /** In the currency of the threshold (USD, EUR). */
  value: string;
  mode: 'postal' | 'non_postal' | null;
  /** Importer of record abroad; null = not known. */
  foreign_importer: boolean | null;
  /** What is due on the goods or governs them. */
  goods: readonly ('antidumping' | 'countervailing' | 'quota')[];
}

export interface ThresholdVerdict {
  /** Null = not known: `reason` says what is missing. */
  applies: boolean | null;
  reason: string;
  rules: DatedThreshold[];
}

/**
 * Whether a low-value consignment is free of duty (`threshold` 'de_minimis'), or may be entered informally ('informal_entry').
 * `thresholds`: those of the destination. A suspension or repeal that names the consignment wins over what is granted.
 */
export function thresholdApplies(
  threshold: 'de_minimis' | 'informal_entry',
  consignment: Consignment,
  thresholds: readonly DatedThreshold[],
): ThresholdVerdict {
  const valid = thresholds.filter((rule) => isValidAt(rule, consignment.date));
  if (threshold === 'informal_entry') {
    const formal = valid.filter(
      (rule) =>
        rule.threshold === 'formal_entry_required' && rule.goods?.some((kind) => consignment.goods.includes(kind)),
    );
    if (formal.length > 0) return { applies: false, reason: 'formal entry is required for these goods', rules: formal };
  }
  const rules = valid.filter((rule) => rule.threshold === threshold);
  const taken = rules
    .filter((rule) => rule.status !== 'granted')
    .map((rule) => ({ rule, named: names(rule, consignment) }));
  const ended = taken.filter(({ named }) => named === true).map(({ rule }) => rule);
  const [first] = ended;
  if (first) return { applies: false, reason: `${first.status} by ${first.citation}`, rules: ended };
  const granted = rules.find((rule) => rule.status === 'granted');
  if (!granted || granted.amount === null) {
    return { applies: null, reason: `no ${threshold} rule known for ${consignment.date}`, rules: [] };
  }
  if (new Decimal(consignment.value).gt(granted.amount)) {
    return { applies: false, reason: `above ${granted.amount} ${granted.currency ?? ''}`, rules: [granted] };
  }
  const open = taken.find(({ named }) => named === null);
  if (open) {
    return {
      applies: null,
      reason: `${open.rule.citation} takes it away from some consignments; mode or importer not known`,
      rules: [open.rule],
    };
  }
  return {
    applies: true,
    reason: `up to ${granted.amount} ${granted.currency ?? ''}: ${granted.citation}`,
    rules: [granted],
  };
}

/** True, false, or null when a fact that the rule asks for is not known. */
function names(rule: DatedThreshold, consignment: Consignment): boolean | null {
  if (rule.origins !== null && !rule.origins.includes(consignment.origin)) return false;
  if (rule.modes !== null && consignment.mode !== null && !rule.modes.includes(consignment.mode)) return false;
  if (rule.importers === 'foreign' && consignment.foreign_importer === false) return false;
  if (rule.modes !== null && consignment.mode === null) return null;
  if (rule.importers === 'foreign' && consignment.foreign_importer === null) return null;
  return true;
}
