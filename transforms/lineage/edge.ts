import { formatCode } from '../code.ts';
import type { Evidence, LineageLine } from './line.ts';

/** A pair with what speaks for it, before kinds are known. */
export interface Edge {
  from: LineageLine;
  to: LineageLine;
  score: number;
  evidence: Evidence[];
}

export type Rule = 'same' | 'text' | 'level' | 'below' | 'above' | 'substance' | 'words' | 'out-of-rest' | 'into-rest';

/**
 * What each rule says, and how often it was right where we read both states ourselves (docs/lineage.md has the counts): `near` for two
 * codes of the same eight digits, `far` for others. Words are right the more often the better they agree: see `edge`.
 */
const RULES: Readonly<Record<Rule, { near: number; far: number; text: string }>> = {
  same: { near: 0.98, far: 0.97, text: 'the same description under the same lines' },
  text: { near: 0.93, far: 0.93, text: 'the same description under other lines' },
  level: { near: 0.93, far: 0.91, text: 'the same description, with one line more or less in between' },
  below: { near: 0.97, far: 0.96, text: 'stands below what was the line itself' },
  above: { near: 0.93, far: 0.95, text: 'the line that stood above' },
  substance: { near: 0.94, far: 0.92, text: 'the same substance' },
  words: { near: 0.3, far: 0.3, text: 'descriptions with the lines above agree' },
  'out-of-rest': { near: 0.93, far: 0.62, text: 'new beside the residual line that held the rest' },
  'into-rest': { near: 0.93, far: 0.91, text: 'the residual line that holds the rest of what stood above' },
};
/** What full agreement of words adds. */
const WORDS = 0.62;
/** What a different rate or different units take away: a split keeps both more often than not. */
const DIFFERENT = 0.03;

/** `sign`: how far words agree, 0 to 1, or the number of a substance. */
export function edge(rule: Rule, from: LineageLine, to: LineageLine, sign: number | string = ''): Edge {
  const { near, far, text } = RULES[rule];
  const alike = typeof sign === 'number' ? sign : 0;
  const said = typeof sign === 'number' ? ` by ${sign.toFixed(2)}` : sign === '' ? '' : `: ${sign}`;
  const evidence: Evidence[] = [{ kind: 'description', text: `${text}${said}`, release: null }];
  const eight = from.code.slice(0, 8) === to.code.slice(0, 8);
  if (eight) {
    evidence.push({ kind: 'position', text: `both under ${formatCode(from.code.slice(0, 8))}`, release: null });
  }
  let score = (eight ? near : far) + WORDS * alike;
  if (from.rate !== null && to.rate !== null) {
    if (from.rate === to.rate) evidence.push({ kind: 'rate', text: `same rate ${from.rate}`, release: null });
    else score -= DIFFERENT;
  }
  if ([...from.units].sort().join('|') !== [...to.units].sort().join('|')) score -= DIFFERENT;
  else if (from.units.length > 0)
    evidence.push({ kind: 'units', text: `same units ${from.units.join(', ')}`, release: null });
  return { from, to, score, evidence };
}
