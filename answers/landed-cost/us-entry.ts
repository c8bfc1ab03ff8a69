import type { ReferenceRow } from '../../db/reference.ts';
import { thresholdApplies } from '../../transforms/landed-cost/de-minimis.ts';
import { type DatedThreshold, importThresholdData } from '../../transforms/reference/import-threshold.ts';
import type { LandedCostQuestion, ThresholdFinding } from './landed-cost-data.ts';

/** How the consignment enters: free as a low-value one, informally or formally; and what that follows from. */
export interface UsEntryKind {
  /** True: free of duty and fees. Null: the rules for the date are not known. */
  deMinimis: boolean | null;
  /** Null: not known. */
  entry: 'formal' | 'informal_automated' | 'informal_manual_not_cbp' | 'informal_manual_cbp' | null;
  findings: ThresholdFinding[];
  assumptions: string[];
}

/** `value`: of the whole consignment, in US dollars; null when a price cannot be converted. */
export function usEntryKind(
  question: LandedCostQuestion,
  value: string | null,
  rows: readonly ReferenceRow[],
): UsEntryKind {
  const thresholds = rows.map((row): DatedThreshold => ({
    ...importThresholdData.parse(row.data),
    valid_from: row.valid_from,
    valid_to: row.valid_to,
  }));
  const postal = question.transport_mode === 'mail' || question.lines.some((line) => line.facts['postal'] === true);
  const find = (threshold: 'de_minimis' | 'informal_entry'): ThresholdFinding => {
    if (value === null)
      return { threshold, applies: null, reason: 'the value in US dollars is not known', citations: [] };
    const verdicts = [...new Set(question.lines.map((line) => line.origin))].map((origin) =>
      thresholdApplies(
        threshold,
        {
          date: question.as_of,
          origin,
          value,
          mode: postal ? 'postal' : question.transport_mode === null ? null : 'non_postal',
          foreign_importer: question.foreign_importer,
          goods: [],
        },
        thresholds,
      ),
    );
    // One consignment, one entry: what holds for one of its goods holds for all.
    const decisive =
      verdicts.find(({ applies }) => applies === false) ??
      verdicts.find(({ applies }) => applies === null) ??
      verdicts[0];
    return {
      threshold,
      applies: decisive?.applies ?? null,
      reason: decisive?.reason ?? 'no goods',
      citations: [...new Set(decisive?.rules.map((rule) => rule.citation) ?? [])],
    };
  };
  const low = find('de_minimis');
  const informal = find('informal_entry');
  const findings = [low, informal];
  if (question.entry !== null) {
    const stated = `the goods are entered (${question.entry}) as stated`;
    const declined = low.applies === false ? low : { ...low, applies: false, reason: stated };
    return { deMinimis: false, entry: question.entry, findings: [declined, informal], assumptions: [] };
  }
  if (low.applies === true) return { deMinimis: true, entry: null, findings, assumptions: [] };
  if (informal.applies === null) return { deMinimis: low.applies, entry: null, findings, assumptions: [] };
  const assumptions = informal.applies
    ? ['An informal entry filed electronically is taken, since the value allows one; state `entry` for another.']
    : [];
  return {
    deMinimis: low.applies,
    entry: informal.applies ? 'informal_automated' : 'formal',
    findings,
    assumptions,
  };
}
