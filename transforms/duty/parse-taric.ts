import { Exact } from '../exact.ts';
import type { MeasureCondition } from '../records.ts';
import { UNRECOGNISED, type DutyExpression } from './expression.ts';
import { parseTaricConditions } from './parse-taric-conditions.ts';
import { seasonalDuty } from './season.ts';
import { taricUnit } from './taric-unit.ts';

const NUMBER = String.raw`(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)`;
const PERCENT = new RegExp(String.raw`^${NUMBER} ?%(?: ?(RET|/ ?Retail Price))?$`);
const AMOUNT = new RegExp(String.raw`^${NUMBER} ?([A-Z]{3}) ?(?:/ ?)?(.+)$`);
const MEURSING = /^(EA|ADSZ|ADFM)(R?)(?: ?\(\d\))?$/;

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
    .replace(/ ?\u20ac ?(?=\/)/g, ' EUR ')
    .trim();
  const at = plain.search(/\bCond:/);
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
  const [, left, bound, right] = /^(.*)\b(MIN|MAX)\b(.*)$/.exec(text) ?? [];
  if (left === undefined || right === undefined) return signed(text);
  const [first, second] = [bounded(left.trim()), signed(right.trim())];
  if (first === null || second === null) return null;
  return { op: bound === 'MAX' ? 'smaller_of' : 'larger_of', terms: [first, second] };
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
  const [, rate, retail] = PERCENT.exec(text) ?? [];
  if (rate !== undefined) {
    const fraction = new Exact(rate.replaceAll(',', '')).div(100).toFixed();
    return { op: 'ad_valorem', rate: fraction, ...(retail === undefined ? {} : { basis: 'retail_price' }) };
  }
  const [, table, reduced] = MEURSING.exec(text) ?? [];
  if (table === 'EA' || table === 'ADSZ' || table === 'ADFM')
    return { op: 'meursing', table, reduced: reduced === 'R' };
  const [, amount, currency, printedUnit] = AMOUNT.exec(text) ?? [];
  if (amount === undefined || currency === undefined || printedUnit === undefined) return null;
  const unit = taricUnit(printedUnit);
  if (unit === null) return null;
  return { op: 'specific', amount: new Exact(amount.replaceAll(',', '')).toFixed(), currency, per: '1', ...unit };
}
