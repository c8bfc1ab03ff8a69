import { codeDigits, formatCode, significantDigits } from '../../transforms/code.ts';
import { EU_MEMBERS } from '../duty/question.ts';
import type { TariffState } from './tariff-state.ts';

/** What a text stands for at a destination. */
export interface TypedCode {
  /** Digits that are judged; null when the text is no code. */
  digits: string | null;
  /** A further digit of the member state (German and Austrian tariffs have eleven), which no source here holds; null otherwise. */
  national: string | null;
  /** As the lines of the tariff are keyed: European tariffs pad with zeros that are not significant. */
  key: string | null;
}

const TARIC_DIGITS = 10;

export function typedCode(text: string, destination: string, padded: boolean): TypedCode {
  const all = codeDigits(text);
  const union = destination === 'EU' || EU_MEMBERS.includes(destination);
  const national = union && all?.length === TARIC_DIGITS + 1 ? all.slice(TARIC_DIGITS) : null;
  const digits = all !== null && national !== null ? all.slice(0, TARIC_DIGITS) : all;
  const key = digits !== null && padded && digits.length >= 8 ? significantDigits(digits) : digits;
  return { digits, national, key };
}

/** The code with the zero that a spreadsheet took from its beginning, where that is one of the tariff; null otherwise. */
export function withLeadingZero(state: TariffState, digits: string, padded: boolean): string | null {
  if (digits.length % 2 === 0) return null;
  const whole = `0${digits}`;
  const key = padded && whole.length >= 8 ? significantDigits(whole) : whole;
  return state.lines.has(key) || state.below.has(key) ? whole : null;
}

const MOST_NEAR = 10;

/** Codes to declare below the longest part of a code that the tariff has, from the subheading on; [] when there is none. */
export function nearestCodes(state: TariffState, key: string, padded: boolean): string[] {
  for (let length = key.length - 1; length >= 6; length -= 1) {
    const prefix = key.slice(0, length);
    if (!state.below.has(prefix) && state.lines.get(prefix)?.declarable !== true) continue;
    const near: string[] = [];
    for (const { code, declarable } of state.lines.values()) {
      if (declarable && code.startsWith(prefix)) near.push(code);
      if (near.length > MOST_NEAR) break;
    }
    return near.slice(0, MOST_NEAR).map((code) => (padded ? code.padEnd(TARIC_DIGITS, '0') : code));
  }
  return [];
}

/** The line at a code, or the nearest above it down to the heading. */
export function matchedLine(
  state: TariffState,
  key: string,
): { code: string; formatted: string; declarable: boolean; path: string[] } | null {
  for (let length = key.length; length >= 4; length -= 1) {
    const line = state.lines.get(key.slice(0, length));
    if (!line) continue;
    const { code, declarable, path } = line;
    return { code, formatted: formatCode(code), declarable, path: [...path] };
  }
  return null;
}
