import { describe, expect, it } from 'vitest';
import { commodityAnswer } from '../../../transforms/gb/trade-tariff-api.ts';

const ref = (type: string, id: string) => ({ data: { id, type } });
const refs = (type: string, ...ids: string[]) => ({ data: ids.map((id) => ({ id, type })) });

/** An answer in the service's layout: one measure with the given type, components and relations. */
function answer(measures: object[], included: object[] = []) {
  return {
    data: {
      id: '1',
      type: 'commodity',
      attributes: {
        goods_nomenclature_item_id: '2208909110',
        producline_suffix: '80',
        description: 'Spirits &amp; more',
        declarable: true,
      },
    },
    included: [...measures, ...included],
  };
}
const measure = (id: string, type: string, more: object = {}, attributes: object = {}) => ({
  id,
  type: 'measure',
  attributes: {
    import: true,
    effective_start_date: '2017-03-13T00:00:00.000Z',
    effective_end_date: null,
    reduction_indicator: null,
    ...attributes,
  },
  relationships: {
    measure_type: ref('measure_type', type),
    geographical_area: ref('geographical_area', '1011'),
    ...more,
  },
});
const component = (id: string, attributes: object) => ({
  id,
  type: 'measure_component',
  attributes: {
    duty_expression_id: '01',
    monetary_unit_code: null,
    measurement_unit_code: null,
    measurement_unit_qualifier_code: null,
    ...attributes,
  },
});

describe('Trade Tariff API answers', () => {
  it('give excise with its unit and tax code, and VAT', () => {
    const { measures, issues } = commodityAnswer(
      answer(
        [
          measure('-1', '306', {
            measure_components: refs('measure_component', 'e'),
            additional_code: ref('additional_code', '9'),
            duty_expression: ref('duty_expression', 'd'),
          }),
          measure('-2', '305', { measure_components: refs('measure_component', 'v') }),
        ],
        [
          component('e', { duty_amount: 28.74, monetary_unit_code: 'GBP', measurement_unit_code: 'LPA' }),
          component('v', { duty_amount: 20 }),
          { id: '9', type: 'additional_code', attributes: { code: 'X451' } },
          { id: 'd', type: 'duty_expression', attributes: { base: '28.74 GBP / l alc. 100%' } },
        ],
      ),
    );
    expect(measures).toMatchObject([
      {
        natural_key: '2208909110|-1',
        code: '2208909110',
        measure_type: '306',
        effect: 'additive',
        additional_code: 'X451',
        duty_expression: '28.74 GBP / l alc. 100%',
        duty: { op: 'specific', amount: '28.74', currency: 'GBP', unit: 'LPA' },
        valid_from: '2017-03-13',
        valid_to: null,
      },
      { measure_type: '305', duty: { op: 'ad_valorem', rate: '0.2' } },
    ]);
    expect(issues).toEqual([]);
  });

  it('read the last second of a day as that day inclusive', () => {
    const ended = measure('-1', '103', {}, { effective_end_date: '2020-12-31T23:59:59.000Z' });
    expect(commodityAnswer(answer([ended])).measures[0]?.valid_to).toBe('2021-01-01');
  });

  it('leave export measures out', () => {
    const measures = [measure('-1', '715', {}, { import: false, export: true }), measure('-2', '410')];
    expect(commodityAnswer(answer(measures)).measures.map((each) => each.measure_type)).toEqual(['410']);
  });

  it('take conditions, exclusions, quota, footnotes and the act', () => {
    const condition = (id: string, attributes: object) => ({
      id,
      type: 'measure_condition',
      attributes: { condition_code: 'B', action_code: '27', document_code: null, duty_expression: '', ...attributes },
    });
    const { measures } = commodityAnswer(
      answer(
        [
          measure('-1', '143', {
            measure_conditions: refs('measure_condition', 'a', 'b', 'c'),
            excluded_countries: refs('geographical_area', 'MX', 'CA'),
            order_number: ref('order_number', '054003'),
            footnotes: refs('footnote', 'TN701'),
            legal_acts: refs('legal_act', 'P1'),
          }),
        ],
        [
          condition('a', { document_code: 'C490' }),
          condition('b', { action_code: '07' }),
          condition('c', {
            condition_code: 'V',
            condition_duty_amount: 52.6,
            condition_monetary_unit_code: 'EUR',
            condition_measurement_unit_code: 'DTN',
            duty_expression: '<span>14.40</span> %',
          }),
          {
            id: 'P1',
            type: 'legal_act',
            attributes: { regulation_code: 'S.I. 2020/1430', regulation_url: 'https://example.org/1' },
          },
        ],
      ),
    );
    expect(measures[0]).toMatchObject({
      effect: 'quota_in',
      excluded_areas: ['CA', 'MX'],
      quota_order_number: '054003',
      footnotes: ['TN701'],
      legal_base: 'S.I. 2020/1430',
      conditions: [
        { condition_code: 'B', sequence: 1, certificate: 'C490' },
        { condition_code: 'B', sequence: 2, certificate: null, action_code: '07' },
        { condition_code: 'V', sequence: 1, amount: '52.6', unit: 'DTN', duty_expression: '14.40 %' },
      ],
    });
  });

  it('refuse what is no commodity: an error body, a list', () => {
    expect(() => commodityAnswer({ errors: [{ detail: 'not found' }] })).toThrow();
    expect(() => commodityAnswer({ data: [] })).toThrow();
  });
});
