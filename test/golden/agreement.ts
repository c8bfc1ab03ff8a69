import type { CaseAnswer } from './outcome.ts';
import { goldenCase, type GoldenCase } from './stated-case.ts';
import { roundMoney } from '../../transforms/duty/evaluate.ts';
import { printedNumber } from '../../transforms/duty/printed-number.ts';

/** A line of a file of cases; `reason` names the field that cannot be read. */
export function readLine(line: string): { case: GoldenCase; reason: null } | { case: null; reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { case: null, reason: 'no JSON object' };
  }
  const parsed = goldenCase.safeParse(json);
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { case: null, reason: said.join('; ') };
  }
  const { expected_rounded, expected_amount } = parsed.data;
  if (expected_rounded === undefined && expected_amount === undefined) {
    return { case: null, reason: 'expected_rounded: nothing is expected' };
  }
  return { case: parsed.data, reason: null };
}

/** What differs to the cent, with the lines and the VAT base where a case states them; null where all agree. */
export function differenceOf(
  one: GoldenCase,
  answer: CaseAnswer,
): { expected: string; ours: string | null; reason: string | null } | null {
  const expected = cents(one.expected_rounded ?? one.expected_amount ?? null);
  const lines = one.inputs['expected_lines'];
  const base = one.inputs['expected_vat_base'];
  const parts =
    (!Array.isArray(lines) || JSON.stringify(lines.map(cents)) === JSON.stringify(answer.lines)) &&
    (base === undefined || base === null || cents(base) === answer.vat_base);
  if (answer.rounded === expected && parts) return null;
  const apart = parts ? null : `lines ${answer.lines.join(', ')}; VAT base ${answer.vat_base ?? 'none'}`;
  return { expected: expected ?? 'none', ours: answer.rounded, reason: answer.reason ?? apart };
}

/** '1432.3', 1432.3 and '1,432.30' are one amount; anything but a number stays as it is and agrees with nothing. */
function cents(value: unknown): string | null {
  if (value === null) return null;
  const printed = String(value).trim();
  const text = printedNumber(printed) ?? printed;
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? roundMoney(text) : text;
}
