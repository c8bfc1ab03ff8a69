import type { MeursingRow } from '../../transforms/duty/meursing.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import type { TaricMeasure, TaricStackingInput } from '../../transforms/stacking/taric/input.ts';
import * as given from './inputs.ts';
import type { GoldenCase } from './stated-case.ts';

const DATE = '2026-01-01';
const CODE = '9999999999';

/** A case whose own numbers are read, and the tables it is answered from. */
export interface Case {
  kind: string;
  tariff: 'eu' | 'gb';
  destination: string;
  expression: string;
  customs_value: string;
  currency: string;
  quantities: DutyQuestion['quantities'];
  inputs: given.CaseInputs;
  meursing: readonly MeursingRow[] | null;
}

/** Throws UnreadableField. */
export function readCase(stated: GoldenCase, meursing: Case['meursing']): Case {
  const place = stated.jurisdiction?.toUpperCase() ?? '';
  const british = ['UK', 'GB'].includes(place) || (place === '' && stated.currency?.toUpperCase() === 'GBP');
  return {
    kind: stated.kind,
    tariff: british ? 'gb' : 'eu',
    destination: british ? 'GB' : place === '' ? 'EU' : place,
    expression: stated.expression,
    customs_value: stated.customs_value === null ? '0' : given.decimal('customs_value', stated.customs_value),
    currency: stated.currency?.trim().toUpperCase() ?? (british ? 'GBP' : 'EUR'),
    quantities: given.quantities(stated.quantities),
    inputs: stated.inputs,
    meursing,
  };
}

/** True when a condition of the measures compares a figure. */
export const compares = (rows: readonly Pick<TaricMeasure, 'conditions'>[]): boolean =>
  rows.some(({ conditions }) => conditions.some(({ amount }) => amount !== null));

/** Country or group of a reduced component ('IL', '2012'); 'origin' where the case asks for a reduction of it. */
export function areaOf(one: Case): string | null {
  const named = given.text(one.inputs, 'origin_or_group', 'area', 'geographical_area');
  const reduced = given.text(one.inputs, 'reduction_indicator') !== null;
  return (named ?? (reduced ? given.text(one.inputs, 'origin', 'group') : null))?.toUpperCase() ?? null;
}

/** The case as a question and the measures it is about. */
export function inputOf(
  one: Case,
  rows: readonly TaricMeasure[],
  facts: Record<string, string | boolean | string[]>,
): TaricStackingInput {
  const area = areaOf(one);
  const country = given.text(one.inputs, 'origin')?.toUpperCase() ?? 'ZZ';
  const origin = area !== null && /^[A-Z]{2}$/.test(area) ? area : country;
  const retail = given.figure(one.inputs, 'retail_price');
  const question: DutyQuestion = {
    code: CODE,
    destination: one.destination,
    origin,
    as_of: dateOf(one, rows),
    known_at: null,
    customs_value: { amount: one.customs_value, currency: one.currency },
    quantities: one.quantities,
    transport_mode: null,
    facts: {
      certificates: given.certificates(one.inputs),
      ...(compares(rows) ? given.prices(one.inputs, one.currency) : {}),
      ...(retail === null ? {} : { retail_price: retail }),
      ...facts,
    },
  };
  return {
    question,
    tariff: one.tariff,
    measures: rows.map((row) => ({ ...row, valid_from: question.as_of })),
    areas: new Map(area === null || area === origin ? [] : [[area, new Set([origin])]]),
    typeNames: new Map(),
    coverage: [],
    meursing: one.meursing,
    exchange: (from, to) => given.rateOf(one.inputs, one.currency, from, to),
  };
}

/** The date of the case; any date does where no duty turns with the season. */
function dateOf(one: Case, rows: readonly TaricMeasure[]): string {
  const stated = given.text(one.inputs, 'date');
  const plain = stated !== null && /^\d{4}-\d{2}-\d{2}$/.test(stated);
  if (!plain && rows.some(({ duty }) => duty?.op === 'seasonal'))
    throw new given.UnreadableField('inputs.date', stated);
  return plain ? stated : DATE;
}

/** A measure as the case prints it, in force on the date it is asked for. */
export function measureOf(type: string, expression: string, own: Partial<TaricMeasure>): TaricMeasure {
  return {
    natural_key: type,
    code: CODE,
    measure_type: type,
    geographical_area: '1011',
    excluded_areas: [],
    additional_code: null,
    quota_order_number: null,
    reduction_indicator: null,
    ...given.printedDuty(expression),
    footnotes: [],
    legal_base: null,
    legal_base_url: null,
    valid_from: DATE,
    valid_to: null,
    source: null,
    ...own,
  };
}
