const GROUPED = /^\d{1,3}(?:,\d{3})+\.\d+$|^\d{1,3}(?:,\d{3}){2,}$/;
const GROUPED_BY_DOTS = /^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/;
/** After a lone comma three digits may be thousands, unless what stands before it cannot be the head of a group. */
const DECIMAL_COMMA = /^\d+,(?:\d{1,2}|\d{4,})$|^(?:0|\d{4,}),\d{3}$/;

/**
 * A number as texts print it: '1554.3', '1,554.300', '1.554,300', '1 554.3', '85,5'. Plain decimal string, no exponent.
 * Null when it is none, and when it can be read in two ways ('1,554'): no number is guessed.
 */
export function printedNumber(text: string): string | null {
  const plain = text.trim().replace(/(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?!\d))/g, '');
  if (/^\d+(?:\.\d+)?$/.test(plain)) return plain;
  if (GROUPED.test(plain)) return plain.replaceAll(',', '');
  if (GROUPED_BY_DOTS.test(plain)) return plain.replaceAll('.', '').replace(',', '.');
  return DECIMAL_COMMA.test(plain) ? plain.replace(',', '.') : null;
}
