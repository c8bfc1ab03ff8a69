/**
 * What customs refuses as a description because it names no goods ("gift", "samples of no commercial value", "as per invoice"). These words
 * speak of the trade, the parcel or the number of things; a description of nothing else says nothing that could be compared.
 */
const NO_GOODS = new Set(
  'gift present sample goods good merchandise product article item stuff thing part accessory spare miscellaneous misc various assorted mixed personal effect belonging cargo freight general consolidated consolidation invoice per said contain attached see list commercial value no free charge parcel package shipment order new used promotional purpose business only'.split(
    ' ',
  ),
);

/** Short words of the languages next to English in which shippers write; none of them stands in an English description of goods by itself. */
const FOREIGN = new Set(
  'für und aus mit von oder zum zur der das den dem pour avec et des les du une en de la le para y los las una del della dei il con voor een het van och med till ja og til'.split(
    ' ',
  ),
);
/** 'eau de toilette' is English too: one such word in seven decides nothing. */
const FOREIGN_SHARE = 0.15;

export type Wording = 'goods' | 'no_goods' | 'not_english';

/** Whether a text can be compared with the words of a tariff in English at all. `no_goods`: nothing in it names any. */
export function wordingOf(text: string): Wording {
  const words = text.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  if (words.length === 0) return 'no_goods';
  if (words.some((word) => /[^\p{Script=Latin}]/u.test(word))) return 'not_english';
  if (words.filter((word) => FOREIGN.has(word)).length / words.length >= FOREIGN_SHARE) return 'not_english';
  const naming = words.filter((word) => word.length > 1 && !LITTLE.has(word));
  return naming.every((word) => NO_GOODS.has(word) || NO_GOODS.has(word.replace(/ies$/, 'y').replace(/s$/, '')))
    ? 'no_goods'
    : 'goods';
}

const LITTLE = new Set('a an and as at by for from in is it of on or the this to with my your'.split(' '));
