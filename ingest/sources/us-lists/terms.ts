import type { PlainDate } from '../../../transforms/dates.ts';
import type { Act } from '../../reviewed-list.ts';

/** Who made the reviewed files this project knows; the facts in them are those of the acts they cite. */
export const TRACKER = {
  name: 'MIT',
  attribution: 'Copyright (c) 2025-2026 The Budget Lab at Yale (tariff-rate-tracker)',
} as const;
export const TRADEWAR = {
  name: 'MIT',
  attribution: 'Copyright (c) 2025 tradewartracker (trade-war-redux-2025)',
} as const;
export const AXIOM = {
  name: 'CC BY 4.0',
  attribution: 'The Axiom Foundation, rulespec-us; rows restated as CSV',
} as const;
export const FEDERAL = { name: 'US Government work, public domain', attribution: 'US Government' } as const;

const FR = 'https://www.federalregister.gov/d/';

/** The date that ended duties under IEEPA: entries from 2026-02-24 00:00 (Learning Resources v. Trump; EO 14389). */
export const IEEPA_END: PlainDate = '2026-02-24';
export const IEEPA_ENDED: Act = {
  citation: 'Executive Order 14389',
  url: null,
  published: '2026-02-20',
  effective: IEEPA_END,
  horizon: IEEPA_END,
};

/** Old Section 232 metals headings ended and the annex regime began: Proclamation 11021. */
export const METALS_TURN: PlainDate = '2026-04-06';
export const PROCLAMATION_11021: Act = {
  citation: 'Proclamation 11021',
  url: `${FR}2026-06960`,
  published: '2026-04-02',
  effective: METALS_TURN,
};

/** Metals annexes changed: Proclamation 11032. Its day of publication is not known here; the day it took effect stands in for it. */
export const PROCLAMATION_11032: Act = {
  citation: 'Proclamation 11032',
  url: null,
  published: '2026-06-08',
  effective: '2026-06-08',
};

/** A Federal Register document. */
export function notice(
  citation: string,
  document: string,
  published: PlainDate,
  effective: PlainDate,
  horizon?: PlainDate,
): Act {
  return { citation, url: `${FR}${document}`, published, effective, ...(horizon === undefined ? {} : { horizon }) };
}

/** A date cell; 'NA' and '' are none. */
export function dateCell(cell: string | undefined): PlainDate | null {
  return cell === undefined || cell === '' || cell === 'NA' ? null : cell;
}

/** '9903.85.08' -> '99038508'. */
export function headingCell(cell: string | undefined): string {
  return (cell ?? '').replaceAll('.', '');
}

/**
 * A list that pads 8-digit provisions with zeros to 10 (and one 10-digit number to 12): pairs of trailing zeros below 8 digits
 * mean nothing, since a number ending in 00 is the only one of its provision.
 */
export function unpadded(code: string): string {
  let digits = code.replaceAll('.', '');
  while (digits.length > 8 && digits.endsWith('00')) digits = digits.slice(0, -2);
  return digits;
}
