import { Exact } from '../exact.ts';
import { htsUnit } from '../units.ts';
import { BLANK, UNRECOGNISED, type DutyExpression } from './expression.ts';
import { quantityBasis, valueBasis } from './hts-basis.ts';
import { referenceReason } from './hts-reference.ts';

const NUMBER = String.raw`(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)`;
const PERCENT = new RegExp(String.raw`^(?:a duty of )?${NUMBER}(?: (\d+)/(\d+))? ?(?:%|percent)(?: (.+))?$`);
const MONEY = new RegExp(String.raw`^(?:\$ ?${NUMBER}|${NUMBER} ?¢) ?(?:(each)|/ ?(.+))$`);
const MEASURED_ON = /^(.+?)(?:,? ((?:on|of|including|over) .+))?$/;
const SUGAR =
  /^(.+?) less (.+?) for each degree under (\d+) degrees \(and fractions of a degree in proportion\) but not less (?:than )?(.+)$/;
const BASE_DUTY =
  /^the duty provided (?:for )?in (?:the applicable subheading|(subheadings? [\d., or]+?))(?: ?\+ ?(.+))?$/;

/**
 * A rate cell of the HTS (general, column 2, one term of special; any chapter) as components, US dollars.
 * Never throws: a text outside the grammar is `not_computable` with reason 'unrecognised', an empty one with 'blank'.
 * Tags, entities and non-breaking spaces are expected to be gone; slips of the publisher's typing are survived.
 * A percentage in chapter 99 keeps its plain reading here; parseChapter99Rate says how it relates to the base duty.
 */
export function parseHtsRate(text: string): DutyExpression {
  const cell = repaired(text);
  if (cell === '') return { op: 'not_computable', reason: BLANK, text };
  const duty = wholeCell(cell) ?? sumOfTerms(cell);
  if (duty !== null) return duty;
  return { op: 'not_computable', reason: referenceReason(cell) ?? UNRECOGNISED, text };
}

/** Lower case, with line-break hyphens, lost or doubled words and stray punctuation put right. Each case occurs in a published edition. */
function repaired(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/([a-z])- ([a-z])/g, '$1$2') // 'thou- sand', 'high- est'
    .replace(/\binthe\b/g, 'in the')
    .replace(/\bthebattery\b/g, 'the battery')
    .replace(/\boralterations\b/g, 'or alterations')
    .replace(
      /(\/ ?m) ?([23])(?: ?of)?\b/g,
      (all, metre: string, power: string) => `${metre}${power}${all.endsWith('of') ? ' of' : ''}`,
    )
    .replace(/\bdrained weght\b/g, 'drained weight')
    .replace(/\bin the in the\b/g, 'in the')
    .replace(/\bon case\b/g, 'on the case')
    .replace(/ plus (?=\d)/g, ' + ')
    .replace(/^[\s.:;]+$/, '')
    .replace(/(?<!\b(?:pr|doz|no))[\s./:;]+$/, '')
    .trim();
}

function wholeCell(cell: string): DutyExpression | null {
  if (cell === 'free' || cell === 'no additional duty') return { op: 'free' };
  if (cell === 'no change') return { op: 'base_duty' };
  const conditional = /^free, ((?:under|for such) .+)$/.exec(cell);
  if (conditional?.[1] !== undefined) return { op: 'free', condition: conditional[1] };
  return sugarRate(cell) ?? baseDuty(cell);
}

/** 1701: a rate that falls with polarization, with a floor. */
function sugarRate(cell: string): DutyExpression | null {
  const [, start, step, below, floor] = SUGAR.exec(cell) ?? [];
  if (start === undefined || step === undefined || below === undefined || floor === undefined) return null;
  const [from, less, atLeast] = [term(start), term(step), term(floor)];
  if (from === null || less === null || atLeast === null) return null;
  const falling: DutyExpression = {
    op: 'difference',
    from,
    less: { op: 'per_step_below', fact: 'sugar_degrees', below, duty: less },
  };
  return { op: 'larger_of', terms: [falling, atLeast] };
}

function baseDuty(cell: string): DutyExpression | null {
  const match = BASE_DUTY.exec(cell);
  if (match === null) return null;
  const [, of, added] = match;
  const base: DutyExpression = of === undefined ? { op: 'base_duty' } : { op: 'base_duty', of };
  if (added === undefined) return base;
  const addition = sumOfTerms(added);
  if (addition === null) return null;
  return { op: 'sum', terms: [base, ...(addition.op === 'sum' ? addition.terms : [addition])] };
}

function sumOfTerms(cell: string): DutyExpression | null {
  const terms = cell.split('+').map((part) => term(part.trim()));
  if (!terms.every((part) => part !== null)) return null;
  const [only] = terms;
  return terms.length === 1 && only !== undefined ? only : { op: 'sum', terms };
}

function term(text: string): DutyExpression | null {
  return percentage(text) ?? amountPerUnit(text);
}

/** '33 1/3%', '14% on the strap, band or bracelet', 'a duty of 25% upon the value of the steel content'. */
function percentage(text: string): DutyExpression | null {
  const [, whole, numerator, denominator, phrase] = PERCENT.exec(text) ?? [];
  if (whole === undefined) return null;
  let percent = new Exact(whole.replaceAll(',', ''));
  if (numerator !== undefined && denominator !== undefined) {
    if (/^0+$/.test(denominator)) return null;
    percent = percent.plus(new Exact(numerator).div(denominator));
  }
  const rate = percent.div(100).toDecimalPlaces(20).toFixed(); // 33 1/3%: twenty places, rounded again only as money
  if (phrase === undefined) return { op: 'ad_valorem', rate };
  const basis = valueBasis(phrase);
  return basis === null ? null : { op: 'ad_valorem', rate, basis };
}

/** '$1.75 each', '1.7¢/kg on lead content', '10¢/1,000 pins', '2.8¢/jewel over 7'. */
function amountPerUnit(text: string): DutyExpression | null {
  const [, dollars, cents, each, measured] = MONEY.exec(text) ?? [];
  const figure = dollars ?? cents;
  if (figure === undefined) return null;
  const [, printedUnit, phrase] = MEASURED_ON.exec(each ?? measured ?? '') ?? [];
  const unit = htsUnit(printedUnit ?? '');
  if (unit === null) return null;
  const phraseBasis = phrase === undefined ? undefined : quantityBasis(phrase);
  if (phraseBasis === null) return null;
  // 'jewel over 7' counts jewels beyond the seventh of each movement: a quantity of its own.
  const basis = [unit.basis, phraseBasis].filter((part) => part !== undefined).join('_');
  const number = new Exact(figure.replaceAll(',', ''));
  const amount = (dollars === undefined ? number.div(100) : number).toFixed();
  return {
    op: 'specific',
    amount,
    currency: 'USD',
    per: unit.per,
    unit: unit.unit,
    ...(basis === '' ? {} : { basis }),
  };
}
