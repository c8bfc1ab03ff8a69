import { parseTaricDuty } from '../../transforms/duty/parse-taric.ts';
import type { CoverageStatement, DutyQuestion } from '../../transforms/stacking/component.ts';
import { areasOn, type Membership } from '../../transforms/stacking/taric/areas.ts';
import type { TaricMeasure, TaricStackingInput } from '../../transforms/stacking/taric/input.ts';

/** A measure as the tariffs print it; erga omnes third-country duty of the code unless said otherwise. */
export function measure(
  type: string,
  code: string,
  printed: string | null,
  own: Partial<TaricMeasure> = {},
): TaricMeasure {
  const { duty, conditions } = parseTaricDuty(printed ?? '');
  return {
    natural_key: [
      code,
      own.additional_code,
      own.quota_order_number,
      own.geographical_area ?? '1011',
      type,
      own.valid_from,
    ].join('|'),
    code,
    measure_type: type,
    geographical_area: '1011',
    excluded_areas: [],
    additional_code: null,
    quota_order_number: null,
    reduction_indicator: null,
    duty_expression: printed,
    duty,
    conditions,
    footnotes: [],
    legal_base: 'R0000/00',
    legal_base_url: null,
    valid_from: '2010-01-01',
    valid_to: null,
    source: { source_id: 'eu.taric', release: 1, label: 'a month' },
    ...own,
  };
}

const MEMBERSHIPS: readonly Membership[] = [
  { group: '2020', member: 'CN', valid_from: '1984-01-01', valid_to: '2015-01-01' },
  { group: '2020', member: 'IN', valid_from: '1984-01-01', valid_to: null },
  { group: '2020', member: 'ID', valid_from: '1984-01-01', valid_to: null },
  { group: '2005', member: 'BD', valid_from: '2001-01-01', valid_to: null },
  { group: '1033', member: 'HT', valid_from: '2008-01-01', valid_to: null },
  { group: '1033', member: 'JM', valid_from: '2008-01-01', valid_to: null },
  { group: '1013', member: 'FR', valid_from: '1958-01-01', valid_to: null },
  { group: '1013', member: 'GB', valid_from: '1973-01-01', valid_to: '2020-02-01' },
];

const FAMILIES = ['general', 'preference', 'suspension', 'quota', 'antidumping', 'countervailing', 'additional-duties'];
export const COVERED: readonly CoverageStatement[] = FAMILIES.map((family) => ({
  family,
  status: 'covered',
  reason: null,
  data_as_of: '2026-06-01',
}));

export type Asked = Partial<Omit<DutyQuestion, 'customs_value'>> & {
  value?: string;
  coverage?: readonly CoverageStatement[];
  tariff?: 'eu' | 'gb';
};

/** A question about 1111222233 of CN on 2026-06-10, worth `value` in the tariff's currency. */
export function taricInput(measures: readonly TaricMeasure[], asked: Asked = {}): TaricStackingInput {
  const { value, coverage = COVERED, tariff = 'eu', ...rest } = asked;
  const question: DutyQuestion = {
    code: '1111222233',
    destination: tariff === 'eu' ? 'DE' : 'GB',
    origin: 'CN',
    as_of: '2026-06-10',
    known_at: null,
    quantities: [],
    transport_mode: null,
    facts: {},
    ...rest,
    customs_value: value === undefined ? null : { amount: value, currency: tariff === 'eu' ? 'EUR' : 'GBP' },
  };
  return {
    question,
    tariff,
    measures,
    areas: areasOn(MEMBERSHIPS, question.as_of),
    typeNames: new Map(),
    coverage,
    meursing: null,
  };
}
