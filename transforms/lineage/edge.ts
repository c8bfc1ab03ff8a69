import { formatCode } from '../code.ts';
import type { Evidence, LineageLine } from './line.ts';

/** A pair with what speaks for it, before kinds are known. */
export interface Edge {
  from: LineageLine;
  to: LineageLine;
  score: number;
  evidence: Evidence[];
}

/** Adds what position, rate and units say: five hundredths each way. */
export function edge(from: LineageLine, to: LineageLine, base: number, first: Evidence): Edge {
  const evidence: Evidence[] = [first];
  const rate = from.rate === to.rate;
  const units = [...from.units].sort().join('|') === [...to.units].sort().join('|');
  const eight = from.code.slice(0, 8) === to.code.slice(0, 8);
  if (eight) {
    evidence.push({ kind: 'position', text: `both under ${formatCode(from.code.slice(0, 8))}`, release: null });
  }
  if (rate && from.rate !== null) evidence.push({ kind: 'rate', text: `same rate ${from.rate}`, release: null });
  if (units) evidence.push({ kind: 'units', text: `same units ${from.units.join(', ') || '(none)'}`, release: null });
  const score = base + (eight ? 0.02 : -0.05) + (rate ? 0.01 : -0.05) + (units ? 0.01 : -0.02);
  return { from, to, score, evidence };
}
