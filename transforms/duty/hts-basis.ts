/**
 * What an HTS rate is measured on when it is not the whole customs value or the net quantity: printed phrase <-> stable name.
 * A phrase that is not here makes the rate unrecognised: a basis read wrongly would be a wrong number.
 */

const BASES: readonly (readonly [name: string, phrase: string])[] = [
  ['case', 'on the case'],
  ['strap', 'on the strap, band or bracelet'],
  ['battery', 'on the battery'],
  ['movement', 'on the movement'],
  ['movement_and_case', 'on the movement and case'],
  ['case_and_strap', 'on the case and strap, band or bracelet'],
  ['apparatus', 'on the apparatus'],
  ['entire_set', 'on the entire set'],
  ['rifle', 'on the value of the rifle'],
  ['telescopic_sight', 'on the value of the telescopic sight, if any'],
  ['lead_content', 'on the value of the lead content'],
  ['non_us_content', 'upon the value of the non-U.S. content'],
  ['steel_content', 'upon the value of the steel content'],
  ['aluminum_content', 'upon the value of the aluminum content'],
  ['copper_content', 'upon the value of the copper content'],
  ['full_value', 'on the full value of the imported article'],
  ['fair_retail_value', 'of the fair retail value'],
  ['cost_of_goods_or_repairs', 'of the cost of such goods or repairs'],
  ['cost_of_parts', 'of the cost of such parts'],
  ['cost_of_parts_or_materials', 'of the cost of such parts or materials'],
];

const QUANTITY_BASES: readonly (readonly [name: string, phrase: string])[] = [
  ['drained_weight', 'on drained weight'],
  ['contents_and_container', 'on contents and container'],
  ['entire_contents', 'on entire contents of container'],
  ['gross_of_container', 'including weight of container'],
  ['total_sugars', 'of total sugars'],
  ['anhydrous_morphine_content', 'of anhydrous morphine content'],
  ['recording_surface', 'of recording surface'],
  ['immediate_containers', 'of immediate containers'],
  ['lead_content', 'on lead content'],
  ['copper_content', 'on copper content'],
  ['zinc_content', 'on zinc content'],
  ['molybdenum_content', 'on molybdenum content'],
  ['tungsten_content', 'on tungsten content'],
  ['magnesium_content', 'on magnesium content'],
  ['manganese_content', 'on manganese content'],
  ['silicon_content', 'on silicon content'],
  ['ethyl_alcohol_content', 'on ethyl alcohol content'],
];

const plain = (phrase: string): string => phrase.toLowerCase().replace(/^(?:on|of|upon) (?:the )?/, '');
const nameByPhrase = new Map(BASES.map(([name, phrase]) => [plain(phrase), name]));
const quantityNameByPhrase = new Map(QUANTITY_BASES.map(([name, phrase]) => [plain(phrase), name]));
const phraseByName = new Map(BASES);
const quantityPhraseByName = new Map(QUANTITY_BASES);

/** Bases that are the customs value itself: no other figure is needed to compute on them. */
export const WHOLE_VALUE_BASES: ReadonlySet<string> = new Set(['entire_set', 'full_value']);

/** 'on the strap, band or bracelet' -> 'strap'; null when unknown. Lower-case text. */
export function valueBasis(phrase: string): string | null {
  return nameByPhrase.get(plain(phrase)) ?? null;
}

/** 'on lead content' -> 'lead_content', 'over 7' (jewels) -> 'over_7'; null when unknown. Lower-case text. */
export function quantityBasis(phrase: string): string | null {
  const over = /^over (\d+)$/.exec(phrase);
  return over ? `over_${over[1]}` : (quantityNameByPhrase.get(plain(phrase)) ?? null);
}

/** The printed phrase of a value basis; an unknown name is returned as it is. */
export function valueBasisPhrase(name: string): string {
  return phraseByName.get(name) ?? name;
}

/** The printed phrase of a quantity basis; null when the basis belongs to the unit ('clean kg', 'jewel'). */
export function quantityBasisPhrase(name: string): string | null {
  return quantityPhraseByName.get(name) ?? null;
}
