/**
 * EUR-Lex address of a legal base as TARIC prints it ('R2658/87' -> CELEX 31987R2658); null for anything but regulations and
 * decisions, whose CELEX number does not follow from the four digits.
 */
export function legalBaseUrl(legalBase: string): string | null {
  const [, kind, number, year] = /^([RD])(\d{4})\/?(\d{2})\d?$/.exec(legalBase) ?? [];
  if (kind === undefined || number === undefined || year === undefined) return null;
  // The Communities began in 1952: two digits from 52 on are of the last century.
  const celex = `3${Number(year) >= 52 ? '19' : '20'}${year}${kind}${number}`;
  return `https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:${celex}`;
}
