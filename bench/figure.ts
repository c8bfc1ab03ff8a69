import { cpus, loadavg, totalmem } from 'node:os';

/** One measured number beside what was promised. */
export interface Figure {
  part: string;
  what: string;
  value: number;
  unit: string;
  /** Null: shown, not promised. */
  limit: { at: 'most' | 'least'; value: number } | null;
}

export function figure(part: string, what: string, value: number, unit: string, limit: Figure['limit'] = null): Figure {
  return { part, what, value: rounded(value), unit, limit };
}

export const atMost = (value: number): Figure['limit'] => ({ at: 'most', value });
export const atLeast = (value: number): Figure['limit'] => ({ at: 'least', value });

/** Null when nothing was promised. */
export function isMet({ value, limit }: Figure): boolean | null {
  if (limit === null) return null;
  return limit.at === 'most' ? value <= limit.value : value >= limit.value;
}

export function printFigures(figures: readonly Figure[]): void {
  console.table(
    figures.map((each) => ({
      part: each.part,
      figure: each.what,
      value: each.value,
      unit: each.unit,
      limit: each.limit === null ? '' : `${each.limit.at === 'most' ? '≤' : '≥'} ${each.limit.value}`,
      met: { true: 'yes', false: 'NO', null: '' }[String(isMet(each))],
    })),
  );
}

/** What the figures were measured on; load above the number of cores says that others were working too. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    date: new Date().toISOString(),
    load: loadavg().map(rounded),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(value >= 100 ? 4 : 3));
}
