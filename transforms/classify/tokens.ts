/** Words that say nothing about goods. 'other' stays out as well: a residual line is told by its neighbours, not by this word. */
const STOP = new Set(
  'a an and are as at be but by for from further have having in into is it its not of on or other than that the their them these thereof this those to up whether which with without nesoi nes heading headings subheading subheadings chapter note additional us provided item items kind kinds like including except over'.split(
    ' ',
  ),
);

/**
 * Words of a tariff description in the form in which they are compared: lower case, no accents, no plural. Numbers are kept when they
 * stand in a description ('not over 0.30'), tariff numbers in it are not ('of heading 8471').
 */
export function tokens(text: string): string[] {
  const found = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/<[^>]*>/g, ' ')
    .match(/\d+(?:[.,]\d+)*%?|[a-z]+(?:'[a-z]+)?/g);
  return (found ?? []).flatMap((word) => {
    if (/^\d/.test(word)) return /^\d{4}(?:\.\d{2})*$/.test(word) ? [] : [word.replaceAll(',', '')];
    const plain = word.replace(/'s?$|'/g, '');
    return plain.length < 2 || STOP.has(plain) ? [] : [stem(plain)];
  });
}

/** Plurals only: 'knitted' and 'knit' differ in a tariff ('knitted or crocheted' is chapter 61), 'shirt' and 'shirts' never do. */
function stem(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ches|shes|sses|xes|zes|oes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
