/** A code as people type it ('8471.30.01.00', ' 8471 30 ', '8471-30-01-00') to digits; null unless 2 to 14 digits remain. */
export function codeDigits(text: string): string | null {
  const digits = text.replace(/[\s.\u00ad\u2010-\u2015\u2212-]/g, '');
  return /^\d{2,14}$/.test(digits) ? digits : null;
}

/** Every prefix of 2 digits or more, longest first, the code itself included. */
export function prefixes(code: string): string[] {
  const result: string[] = [];
  for (let length = code.length; length >= 2; length -= 1) result.push(code.slice(0, length));
  return result;
}

/** Digits with dots as the tariffs print them: 4.2.2.2 ('8471.30.01.00'). */
export function formatCode(code: string): string {
  if (code.length <= 4) return code;
  const groups = [code.slice(0, 4)];
  for (let at = 4; at < code.length; at += 2) groups.push(code.slice(at, at + 2));
  return groups.join('.');
}

/** EU and GB pad to ten digits: trailing zero pairs are not significant ('0101210000' -> '010121'), but two digits always stay. */
export function significantDigits(itemId: string): string {
  let digits = itemId;
  while (digits.length > 2 && digits.length % 2 === 0 && digits.endsWith('00')) digits = digits.slice(0, -2);
  return digits;
}
