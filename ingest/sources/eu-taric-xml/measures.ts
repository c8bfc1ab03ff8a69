import { significantDigits } from '../../../transforms/code.ts';
import type { DutyExpression } from '../../../transforms/duty/expression.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';
import { Exact } from '../../../transforms/exact.ts';
import type { MeasureCondition, MeasureRecord, ReferenceRecord } from '../../../transforms/records.ts';
import { componentText, type TaricComponent } from '../../../transforms/taric/component-text.ts';
import { europeanDate, validTime } from '../../../transforms/taric/european-date.ts';
import { legalBaseUrl } from '../../../transforms/taric/legal-base.ts';
import { measureEffect } from '../../../transforms/taric/measure-effect.ts';
import type { MeasureState } from './state.ts';

/** Reason of a duty that stands in messages older than the line of increments at hand. */
const NOT_HELD = 'components_not_held';

type Row = Readonly<Record<string, string>>;

/** Key of a measure: its SID, the identity TARIC itself uses. */
export function measureKey(sid: string): string {
  return `measure:${sid}`;
}

/** Meursing tables (672 to 674) hang on an additional code instead of a goods code: those are reference records. */
export function recordOfMeasure(state: MeasureState): { record: MeasureRecord | ReferenceRecord; issues: string[] } {
  const { measure } = state;
  const sid = measure['measure.sid'] ?? '';
  const goods = measure['goods.nomenclature.item.id'];
  const printed = componentText(state.components.map(componentOf)) || null;
  const valid = validTime(
    europeanDate(measure['validity.start.date'] ?? null),
    europeanDate(measure['validity.end.date'] ?? null),
  );
  const additional = measure['additional.code'];
  const additionalCode = additional === undefined ? null : `${measure['additional.code.type'] ?? ''}${additional}`;
  if (goods === undefined) {
    const [component] = state.components;
    const reduction = measure['reduction.indicator'];
    const data = {
      measure_sid: sid,
      measure_type: measure['measure.type'] ?? '',
      additional_code: additional ?? null,
      geographical_area: measure['geographical.area'] ?? '',
      reduction_indicator: reduction === undefined ? null : Number(reduction),
      amount: component?.['duty.amount'] === undefined ? null : new Exact(component['duty.amount']).toFixed(),
      currency: component?.['monetary.unit.code'] ?? null,
      unit: component?.['measurement.unit.code'] ?? null,
    };
    const record: ReferenceRecord = {
      kind: 'reference',
      natural_key: measureKey(sid),
      topic: 'meursing',
      code: null,
      subject: additionalCode,
      data,
      ...valid,
    };
    return { record, issues: [] };
  }
  const type = measure['measure.type'] ?? '';
  const regulation = measure['measure.generating.regulation.id'] ?? null;
  const { duty, issues } = dutyOf(state, printed);
  const record: MeasureRecord = {
    kind: 'measure',
    natural_key: measureKey(sid),
    code: significantDigits(goods),
    measure_type: type,
    geographical_area: measure['geographical.area'] ?? '',
    excluded_areas: state.excluded.map((row) => row['excluded.geographical.area'] ?? '').sort(),
    additional_code: additionalCode,
    quota_order_number: measure['ordernumber'] ?? null,
    reduction_indicator: measure['reduction.indicator'] ?? null,
    programmes: [],
    effect: measureEffect(type),
    duty_expression: printed,
    duty,
    conditions: conditionsOf(state),
    footnotes: state.footnotes.map((row) => `${row['footnote.type.id'] ?? ''}${row['footnote.id'] ?? ''}`).sort(),
    legal_base: regulation,
    legal_base_url: regulation === null ? null : regulationUrl(regulation),
    attributes: {
      measure_sid: sid,
      whole: state.whole,
      stopped: measure['stopped.flag'] === '1',
      stops: state.stops.map((row) => ({
        from: row['validity.start.date'] ?? null,
        to: row['validity.end.date'] ?? null,
        regulation: row['partial.temporary.stop.regulation.id'] ?? null,
      })),
    },
    ...valid,
  };
  return { record, issues };
}

function dutyOf(state: MeasureState, printed: string | null): { duty: DutyExpression | null; issues: string[] } {
  // A measure that was only updated here has components in messages that we do not hold: unknown, not free and not just what is printed.
  if (!state.whole) return { duty: { op: 'not_computable', reason: NOT_HELD, text: printed ?? '' }, issues: [] };
  if (printed !== null) return parseTaricDuty(printed);
  return { duty: null, issues: [] };
}

function conditionsOf(state: MeasureState): MeasureCondition[] {
  return state.conditions
    .map(({ condition, components }): MeasureCondition => {
      const certificate = condition['certificate.code'];
      const unit = [
        condition['condition.measurement.unit.code'],
        condition['condition.measurement.unit.qualifier.code'],
      ]
        .filter((part) => part !== undefined && part !== '')
        .join(' ');
      const amount = condition['condition.duty.amount'];
      return {
        condition_code: condition['condition.code'] ?? '',
        sequence: Number(condition['component.sequence.number']),
        certificate: certificate === undefined ? null : `${condition['certificate.type.code'] ?? ''}${certificate}`,
        amount: amount === undefined ? null : new Exact(amount).toFixed(),
        currency: condition['condition.monetary.unit.code'] ?? null,
        unit: unit || null,
        action_code: condition['action.code'] ?? null,
        duty_expression: componentText(components.map(componentOf)) || null,
      };
    })
    .sort((a, b) =>
      a.condition_code === b.condition_code ? a.sequence - b.sequence : a.condition_code < b.condition_code ? -1 : 1,
    );
}

function componentOf(row: Row): TaricComponent {
  return {
    dutyExpressionId: row['duty.expression.id'] ?? '',
    amount: row['duty.amount'] ?? null,
    monetaryUnit: row['monetary.unit.code'] ?? null,
    measurementUnit: row['measurement.unit.code'] ?? null,
    measurementUnitQualifier: row['measurement.unit.qualifier.code'] ?? null,
  };
}

/** 'R1816020': regulation 1602 of 2018, part 0. */
function regulationUrl(id: string): string | null {
  const [, kind, year, number] = /^([A-Z])(\d{2})(\d{4}).$/.exec(id) ?? [];
  return kind === undefined ? null : legalBaseUrl(`${kind}${number ?? ''}/${year ?? ''}`);
}
