import type { MeasuredFigure } from '../../duty/conditions.ts';
import type { Quantity } from '../../duty/evaluate.ts';
import { taricUnit } from '../../duty/taric-unit.ts';
import { Exact } from '../../exact.ts';
import { convertUnit, isUnitCode } from '../../units.ts';
import type { DutyQuestion } from '../component.ts';

/** Codes declared under a fact: an array, or text with blanks or commas between; null when the fact is not declared. */
function listFact(question: DutyQuestion, name: string): string[] | null {
  const value = question.facts[name];
  if (value === undefined) return null;
  const items = Array.isArray(value) ? value : String(value).split(/[\s,;]+/);
  return items.map((item) => item.replace('-', '').toUpperCase()).filter((item) => item !== '');
}

/** Additional codes declared, four characters each: of composition, company and Meursing at once. */
export function declaredAdditionalCodes(question: DutyQuestion): string[] {
  return listFact(question, 'additional_code') ?? [];
}

/** Documents held, without hyphen ('N990'); null when nothing is said about documents: an empty list says that there are none. */
export function declaredCertificates(question: DutyQuestion): string[] | null {
  return listFact(question, 'certificates');
}

/** The additional code of type 7 (Meursing); null when none is declared. */
export function declaredMeursingCode(question: DutyQuestion): string | null {
  return declaredAdditionalCodes(question).find((code) => /^7\d{3}$/.test(code)) ?? null;
}

export function textFact(question: DutyQuestion, name: string): string | null {
  const value = question.facts[name];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** True or false as declared; null when it is not. */
export function flag(question: DutyQuestion, name: string): boolean | null {
  const value = question.facts[name];
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}

/** Quantities in the unit codes of the tariff; 'kg' and 'p/st' as the services print them are understood. */
export function declaredQuantities(question: DutyQuestion): Quantity[] {
  return question.quantities.map((quantity) => {
    if (isUnitCode(quantity.unit)) return quantity;
    const printed = taricUnit(quantity.unit);
    return printed === null ? quantity : { ...quantity, ...printed };
  });
}

/**
 * Prices that conditions compare, per 100 kg or per the declared `price_unit` ('MIL', 'HLT'). The entry price is declared on its own
 * (Article 38 of Delegated Regulation (EU) 2017/891 allows several ways to it), and so are the prices free at frontier of minimum-price
 * undertakings; the c.i.f. price and the declared price follow from the customs value and the net weight unless declared.
 */
export function declaredPrices(question: DutyQuestion, currency: string): MeasuredFigure[] {
  const printed = textFact(question, 'price_unit') ?? 'DTN';
  const unit = taricUnit(printed)?.unit ?? printed;
  const derived = pricePer100kg(question);
  return PRICES.flatMap((name) => {
    const declared = decimalFact(question, name);
    if (declared !== null) return [{ name, amount: declared, currency, unit }];
    const follows = name === 'cif_price' || name === 'declared_price';
    return follows && derived !== null ? [{ name, amount: derived, currency, unit: 'DTN' }] : [];
  });
}

/** Names of condition-codes.ts under which a price is declared. */
export const PRICES = [
  'entry_price',
  'cif_price',
  'declared_price',
  'free_at_frontier_price',
  'free_at_frontier_price_after_duty',
] as const;

function decimalFact(question: DutyQuestion, name: string): string | null {
  const text = textFact(question, name);
  return text !== null && /^\d+(\.\d+)?$/.test(text) ? text : null;
}

function pricePer100kg(question: DutyQuestion): string | null {
  const value = question.customs_value;
  if (value === null) return null;
  for (const quantity of declaredQuantities(question)) {
    if (quantity.qualifier !== undefined || quantity.basis !== undefined) continue;
    const weight = convertUnit(quantity.amount, quantity.unit, 'DTN');
    if (weight !== null && !new Exact(weight).isZero()) return new Exact(value.amount).div(weight).toFixed();
  }
  return null;
}
