import { Exact } from '../exact.ts';
import type { MeasureCondition } from '../records.ts';
import { UNRECOGNISED, type DutyExpression } from './expression.ts';
import { parseTaricConditions } from './parse-taric-conditions.ts';
import { printedNumber } from './printed-number.ts';
import { seasonalDuty } from './season.ts';
import { taricUnit } from './taric-unit.ts';

const NUMBER = String.raw`(\d[\d.,]*)`;
const PERCENT = new RegExp(String.raw`^${NUMBER} ?%(?: ?(RET|/ ?Retail Price))?$`, 'i');
const AMOUNT = new RegExp(String.raw`^${NUMBER} ?([A-Z]{3}) ?(?:/ ?)?(.+)$`, 'i');
const MEURSING = /^(EA|ADSZ|ADFM)(R?)(?: ?\(\d\))?$/;
const SIGNS: Readonly<Record<string, string>> = { '\u20ac': 'EUR', '\u00a3': 'GBP' };

export interface TaricDuty {
  /** Null when nothing but conditions is printed. */
  duty: DutyExpression | null;
  conditions: MeasureCondition[];
  issues: string[];
}

/**
 * A duty text of TARIC or the UK tariff: '9.100 % + 45.100 EUR DTN MAX 18.900 % + 16.500 EUR DTN', 'NIHIL', 'KGM P',
 * '12.00 % + 147.00 GBP / 100 kg', with conditions after 'Cond:'. Never throws; what is not understood is `not_computable`
 * with reason 'unrecognised' and named in `issues`.
 */
export function parseTaricDuty(text: string): TaricDuty {
  const plain = text
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/([\u20ac\u00a3]) ?(\d[\d.,]*)/g, (_, sign: string, amount: string) => `${amount} ${SIGNS[sign] ?? ''}`)
    .replace(/ ?\u20ac ?(?=\/)/g, ' EUR ')
    .trim();
  const at = plain.search(/\bCond:/i);
  const printedDuty = (at < 0 ? plain : plain.slice(0, at)).trim();
  const { conditions, issues } = at < 0 ? { conditions: [], issues: [] } : parseTaricConditions(plain.slice(at));
  if (printedDuty === '') return { duty: null, conditions, issues };
  const duty =
    entryPrice(printedDuty) ??
    seasonalDuty(printedDuty, bounded) ??
    supplementaryUnit(printedDuty) ??
    bounded(printedDuty);
  if (duty !== null) return { duty, conditions, issues };
  const unknown: DutyExpression = { op: 'not_computable', reason: UNRECOGNISED, text: printedDuty };
  return { duty: unknown, conditions, issues: [...issues, `${UNRECOGNISED}: ${printedDuty}`] };
}

/** The published comparison of 2020 prints 'Entry Price' where the thresholds stand elsewhere. */
function entryPrice(text: string): DutyExpression | null {
  return /^entry price$/i.test(text) ? { op: 'not_computable', reason: 'entry_price', text } : null;
}

function supplementaryUnit(text: string): DutyExpression | null {
  const unit = taricUnit(text);
  return unit === null ? null : { op: 'supplementary_unit', ...unit };
}

/** Left to right: the expression splits at its LAST MIN or MAX; `L MAX R` is the smaller, `L MIN R` the larger. */
function bounded(text: string): DutyExpression | null {
  const [, left, bound, right] = /^(.*)\b(MIN|MAX)\b(.*)$/i.exec(text) ?? [];
  if (left === undefined || right === undefined) return signed(text);
  const [first, second] = [bounded(left.trim()), signed(right.trim())];
  if (first === null || second === null) return null;
  return { op: bound?.toUpperCase() === 'MAX' ? 'smaller_of' : 'larger_of', terms: [first, second] };
}

function signed(text: string): DutyExpression | null {
  const [start = '', ...rest] = text.split(/\s*([+\u2212-])\s*/);
  let duty = operand(start);
  for (let index = 0; index < rest.length && duty !== null; index += 2) {
    const term = operand(rest[index + 1] ?? '');
    if (term === null) return null;
    if (rest[index] !== '+') duty = { op: 'difference', from: duty, less: term };
    else duty = { op: 'sum', terms: [...(duty.op === 'sum' ? duty.terms : [duty]), term] };
  }
  return duty;
}

function operand(text: string): DutyExpression | null {
  if (/^NIHIL$/i.test(text)) return { op: 'free' };
  const [, share, retail] = PERCENT.exec(text) ?? [];
  if (share !== undefined) {
    const rate = printedNumber(share);
    if (rate === null) return null;
    const fraction = new Exact(rate).div(100).toFixed();
    return { op: 'ad_valorem', rate: fraction, ...(retail === undefined ? {} : { basis: 'retail_price' }) };
  }
  const [, table, reduced] = MEURSING.exec(text.toUpperCase()) ?? [];
  if (table === 'EA' || table === 'ADSZ' || table === 'ADFM')
    return { op: 'meursing', table, reduced: reduced === 'R' };
  const [, printed, currency, printedUnit] = AMOUNT.exec(text) ?? [];
  if (printed === undefined || currency === undefined || printedUnit === undefined) return null;
  const [amount, unit] = [printedNumber(printed), taricUnit(printedUnit)];
  if (amount === null || unit === null) return null;
  return { op: 'specific', amount: new Exact(amount).toFixed(), currency: currency.toUpperCase(), per: '1', ...unit };
}
