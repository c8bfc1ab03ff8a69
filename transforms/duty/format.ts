import { Exact } from '../exact.ts';
import { htsUnitText } from '../units.ts';
import type { DutyExpression } from './expression.ts';
import { quantityBasisPhrase, valueBasisPhrase } from './hts-basis.ts';
import { seasonDay } from './season.ts';

/** The expression as the HTS prints it. parseHtsRate of the result gives the same expression. */
export function formatHtsRate(duty: DutyExpression): string {
  switch (duty.op) {
    case 'free':
      return duty.condition === undefined ? 'Free' : `Free, ${duty.condition}`;
    case 'ad_valorem':
      return [`${percentText(duty.rate)}%`, ...(duty.basis === undefined ? [] : [valueBasisPhrase(duty.basis)])].join(
        ' ',
      );
    case 'specific':
      return perUnit(duty);
    case 'sum':
      return duty.terms.map(formatHtsRate).join(' + ');
    case 'difference':
      return `${formatHtsRate(duty.from)} less ${formatHtsRate(duty.less)}`;
    case 'per_step_below':
      return `${formatHtsRate(duty.duty)} for each degree under ${duty.below} degrees (and fractions of a degree in proportion)`;
    case 'larger_of':
      return duty.terms.map(formatHtsRate).join(' but not less than ');
    case 'smaller_of':
      return duty.terms.map(formatHtsRate).join(' but not more than ');
    case 'base_duty':
      return `The duty provided in ${duty.of ?? 'the applicable subheading'}`;
    case 'not_computable':
      return duty.text;
    case 'seasonal':
    case 'meursing':
    case 'supplementary_unit':
      return formatTaricDuty(duty); // not of the HTS
  }
}

/** The expression as TARIC prints it. parseTaricDuty of the result gives the same expression. */
export function formatTaricDuty(duty: DutyExpression): string {
  switch (duty.op) {
    case 'free':
      return 'NIHIL';
    case 'ad_valorem':
      return `${decimals(new Exact(duty.rate).times(100))} %${duty.basis === 'retail_price' ? ' RET' : ''}`;
    case 'specific':
      return `${decimals(new Exact(duty.amount))} ${duty.currency} ${unitText(duty)}`;
    case 'sum':
      return duty.terms.map(formatTaricDuty).join(' + ');
    case 'difference':
      return `${formatTaricDuty(duty.from)} - ${formatTaricDuty(duty.less)}`;
    case 'smaller_of':
      return duty.terms.map(formatTaricDuty).join(' MAX ');
    case 'larger_of':
      return duty.terms.map(formatTaricDuty).join(' MIN ');
    case 'meursing':
      return `${duty.table}${duty.reduced ? 'R' : ''}`;
    case 'supplementary_unit':
      return unitText(duty);
    case 'seasonal':
      return duty.periods
        .map(({ from, to, duty: rate }) => `${formatTaricDuty(rate)} (${seasonDay(from)} - ${seasonDay(to)})`)
        .join(', ');
    case 'not_computable':
      return duty.text;
    case 'base_duty':
    case 'per_step_below':
      return formatHtsRate(duty); // not of TARIC
  }
}

function unitText(duty: { unit: string; qualifier?: string }): string {
  return duty.qualifier === undefined ? duty.unit : `${duty.unit} ${duty.qualifier}`;
}

/** Three decimals as published, more where there are more. */
function decimals(value: Exact): string {
  return value.decimalPlaces() < 3 ? value.toFixed(3) : value.toFixed();
}

function percentText(rate: string): string {
  const percent = new Exact(rate).times(100);
  const thirds = percent.times(3).toDecimalPlaces(15);
  if (!thirds.isInteger() || percent.decimalPlaces() < 15) return percent.toFixed();
  return `${thirds.divToInt(3).toFixed()} ${thirds.mod(3).toFixed()}/3`;
}

function perUnit(duty: Extract<DutyExpression, { op: 'specific' }>): string {
  const amount = new Exact(duty.amount);
  const money = amount.lessThan(1) ? `${amount.times(100).toFixed()}¢` : `$${amount.toFixed()}`;
  const phrase = duty.basis === undefined ? null : quantityBasisPhrase(duty.basis);
  const [, ofUnit, over] = /^(.+)_over_(\d+)$/.exec(duty.basis ?? '') ?? [];
  const unitBasis = ofUnit ?? (phrase === null ? duty.basis : undefined);
  const unit =
    htsUnitText({ unit: duty.unit, per: duty.per, ...(unitBasis === undefined ? {} : { basis: unitBasis }) }) ??
    duty.unit;
  const measured = over === undefined ? phrase : `over ${over}`;
  return `${money}${unit === 'each' ? ' each' : `/${unit}`}${measured === null ? '' : `${measured.startsWith('including') ? ',' : ''} ${measured}`}`;
}
