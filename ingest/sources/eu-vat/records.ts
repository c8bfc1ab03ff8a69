import { Decimal } from 'decimal.js';
import { exclusiveEnd, isPlainDate, type PlainDate } from '../../../transforms/dates.ts';
import type { ReferenceRecord } from '../../../transforms/records.ts';
import {
  standardPeriods,
  vatCandidateData,
  vatRateData,
  type VatCandidateData,
  type VatPeriod,
  type VatRateData,
} from '../../../transforms/reference/vat-rate.ts';
import { ParseFailure } from '../../parse-failure.ts';
import type { NormaliseContext } from '../../source.ts';
import type { TedbResult } from './tedb-answer.ts';

/** A row of the rate history: the state's ISO code, percentages and inclusive ends as printed. */
export interface HistoryRow {
  country: string;
  rate_type: string;
  rate_pct: string;
  valid_from: string;
  valid_to: string;
  source: string;
}

type Report = NormaliseContext['issue'];

/** TEDB and VIES say EL where ISO says GR. */
const isoOf = (state: string): string => (state === 'EL' ? 'GR' : state);

const fractionOf = (percent: string): string => new Decimal(percent).div(100).toFixed();

const CATEGORY: Readonly<Record<string, VatRateData['category']>> = {
  DEFAULT: 'standard',
  REDUCED_RATE: 'reduced',
  SUPER_REDUCED_RATE: 'super_reduced',
  PARKING_RATE: 'parking',
};

/** Standard, reduced, super-reduced and parking rates by state. History where there is one, TEDB for what it does not know. */
export function* vatRates(
  history: readonly HistoryRow[],
  results: readonly TedbResult[],
  asOf: PlainDate,
  report: Report,
): Generator<ReferenceRecord> {
  const national = results.filter((result) => isNational(result, report));
  const states = new Set([...history.map(({ country }) => country), ...national.map((r) => isoOf(r.memberState))]);
  for (const state of [...states].sort()) {
    const known = history.filter(({ country }) => country === state);
    const seen = national.filter(({ memberState }) => isoOf(memberState) === state);
    yield* standardRates(state, known, seen, report);
    yield* otherRates(state, known, seen, asOf);
  }
}

/** Spain's answer lists the 7 % of the Canary Islands, which are outside the VAT area, as a second standard rate. */
function isNational(result: TedbResult, report: Report): boolean {
  if (!/canary islands/i.test(result.comment ?? '')) return true;
  report({
    severity: 'info',
    code: 'regional-rate',
    message: `${result.value ?? 'a rate'} % of ${result.memberState} is left out: ${result.comment ?? ''}`,
    place: { state: result.memberState, situation_on: result.situationOn },
  });
  return false;
}

function* standardRates(
  state: string,
  history: readonly HistoryRow[],
  seen: readonly TedbResult[],
  report: Report,
): Generator<ReferenceRecord> {
  const sightings = new Map<string, string>();
  for (const { rateType, value, situationOn } of seen) {
    if (rateType !== 'DEFAULT' || value === null) continue;
    const rate = fractionOf(value);
    const before = sightings.get(situationOn);
    if (before !== undefined && before !== rate) {
      const message = `${state} has two standard rates on ${situationOn}: ${before} and ${rate}`;
      report({ severity: 'error', code: 'two-standard-rates', message, place: { state } });
    }
    sightings.set(situationOn, before ?? rate);
  }
  const { periods, disagreements } = standardPeriods(
    history.filter(({ rate_type }) => rate_type === 'standard').map(periodOf),
    [...sightings].map(([on, rate]) => ({ on, rate })),
  );
  for (const { on, rate } of disagreements) {
    const message = `${state}: TEDB says ${rate} on ${on}, the history says otherwise`;
    report({ severity: 'warning', code: 'rate-disagrees', message, place: { state, on } });
  }
  for (const period of periods) yield rateRecord(state, 'standard', period);
}

/**
 * Reduced rates come without a first day. They are dated by the first day on which an answer of TEDB or the history's own source
 * saw them: they may be older, and are not claimed for any day before. The history's rows are newer and cleaner; TEDB's
 * are taken where it has none.
 */
function* otherRates(
  state: string,
  history: readonly HistoryRow[],
  seen: readonly TedbResult[],
  asOf: PlainDate,
): Generator<ReferenceRecord> {
  const newest = seen
    .map(({ situationOn }) => situationOn)
    .sort()
    .at(-1);
  const first = new Map<string, PlainDate>();
  const current = new Map<string, VatPeriod & { category: VatRateData['category'] }>();
  for (const { rateType, value, situationOn } of seen) {
    const category = CATEGORY[rateType];
    if (category === undefined || category === 'standard' || value === null) continue;
    const rate = fractionOf(value);
    const key = `${category}:${rate}`;
    if (situationOn < (first.get(key) ?? '9999')) first.set(key, situationOn);
    if (situationOn === newest) current.set(key, { rate, category, valid_from: null, valid_to: null, basis: 'TEDB' });
  }
  const listed = history.filter(({ rate_type }) => rate_type !== 'standard');
  const rates =
    listed.length > 0
      ? listed.map((row) => ({ ...periodOf(row), category: vatRateData.shape.category.parse(row.rate_type) }))
      : [...current.values()];
  for (const { category, ...period } of rates) {
    const sighted = first.get(`${category}:${period.rate}`) ?? /\d{4}-\d{2}-\d{2}/.exec(period.basis)?.[0] ?? asOf;
    yield rateRecord(
      state,
      category,
      { ...period, valid_from: period.valid_from ?? sighted },
      period.valid_from === null,
    );
  }
}

function periodOf(row: HistoryRow): VatPeriod {
  return {
    rate: fractionOf(row.rate_pct),
    valid_from: row.valid_from === '' ? null : dateOf(row.valid_from),
    valid_to: row.valid_to === '' ? null : exclusiveEnd(dateOf(row.valid_to)),
    basis: row.source,
  };
}

function dateOf(text: string): string {
  if (!isPlainDate(text)) throw new ParseFailure('history', `not a date: '${text}'`);
  return text;
}

function rateRecord(
  state: string,
  category: VatRateData['category'],
  period: VatPeriod,
  sighted = period.valid_from === null,
): ReferenceRecord {
  return {
    kind: 'reference',
    natural_key: `rate:${state}:${category}:${sighted ? period.rate : (period.valid_from ?? '')}`,
    topic: 'vat-rate',
    code: null,
    subject: state,
    data: vatRateData.parse({ member_state: state, category, rate: period.rate, basis: period.basis, sighted }),
    ...(period.valid_from === null ? {} : { valid_from: period.valid_from }),
    valid_to: period.valid_to,
  };
}

/** Codes that a state names for another than the standard rate: the newest situation per state and category. */
export function* vatCandidates(results: readonly TedbResult[], report: Report): Generator<ReferenceRecord> {
  const newest = new Map<string, string>();
  for (const { memberState, category, situationOn, codes } of results) {
    if (codes.length === 0) continue;
    const key = `${memberState}:${category ?? ''}`;
    if (situationOn > (newest.get(key) ?? '')) newest.set(key, situationOn);
  }
  const candidates = new Map<string, { data: VatCandidateData; code: string; from: string }>();
  for (const result of results) {
    const { memberState, category, situationOn, codes, rateType, value } = result;
    if (rateType === 'DEFAULT' || newest.get(`${memberState}:${category ?? ''}`) !== situationOn) continue;
    for (const { value: printed, description } of codes) {
      const code = printed.replace(/[\s.]/g, '');
      if (!/^\d{2,10}$/.test(code)) {
        const message = `${memberState}: '${printed}' is no CN code`;
        report({ severity: 'warning', code: 'bad-cn-code', message, place: { state: memberState } });
        continue;
      }
      const kind = vatCandidateData.shape.kind.parse(rateType.toLowerCase().replace('_rate', ''));
      const rate = kind === 'not_applicable' || kind === 'out_of_scope' || value === null ? null : fractionOf(value);
      const state = isoOf(memberState);
      const key = `candidate:${state}:${code}:${kind}:${rate ?? ''}:${category ?? ''}`;
      const comment = joined(candidates.get(key)?.data.comment ?? null, result.comment);
      const data: VatCandidateData = {
        member_state: state,
        kind,
        rate,
        category,
        code_description: description,
        comment,
        restricted: comment !== null,
      };
      candidates.set(key, { data, code, from: situationOn });
    }
  }
  for (const [natural_key, { data, code, from }] of candidates) {
    yield {
      kind: 'reference',
      natural_key,
      topic: 'vat-candidate',
      code,
      subject: data.member_state,
      data,
      valid_from: from,
      valid_to: null,
    };
  }
}

function joined(before: string | null, added: string | null): string | null {
  if (before === null || added === null) return before ?? added;
  return before.includes(added) ? before : `${before} | ${added}`;
}
