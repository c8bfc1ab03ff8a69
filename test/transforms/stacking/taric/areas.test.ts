import { describe, expect, it } from 'vitest';
import { areasOfOrigin, areasOn, coversOrigin } from '../../../../transforms/stacking/taric/areas.ts';
import { stackTaric } from '../../../../transforms/stacking/taric.ts';
import { measure, taricInput } from '../../../support/taric-input.ts';

const balkans = areasOn(
  [
    { group: '1098', member: 'XS', valid_from: '2018-01-01', valid_to: null },
    { group: '1098', member: 'AL', valid_from: '2018-01-01', valid_to: null },
  ],
  '2026-06-10',
);
const area = (geographical_area: string, excluded_areas: string[] = []) => ({ geographical_area, excluded_areas });

describe('the origin of goods', () => {
  it('Serbia is RS to the caller and XS in the tariffs, as a country, a member and an exclusion', () => {
    expect(coversOrigin(area('XS'), 'RS', balkans)).toEqual({ covers: true, specific: 2 });
    expect(coversOrigin(area('RS'), 'RS', balkans)).toEqual({ covers: true, specific: 2 });
    expect(coversOrigin(area('1098'), 'RS', balkans)).toEqual({ covers: true, specific: 1 });
    expect(coversOrigin(area('1011', ['XS']), 'RS', balkans)).toEqual({ covers: false, excludedBy: 'XS' });
    expect(coversOrigin(area('XS'), 'AL', balkans)).toEqual({ covers: false, excludedBy: null });
    expect(areasOfOrigin('RS', balkans)).toEqual(['RS', 'XS', '1098']);
  });

  it('a preference for Serbia is offered to goods of RS and given when it is claimed, by either code', () => {
    const measures = [
      measure('103', '11112222', '6.500 %'),
      measure('142', '11112222', '0.000 %', { geographical_area: 'XS' }),
    ];
    const total = (preference?: string) =>
      stackTaric(
        taricInput(measures, {
          value: '1000.00',
          origin: 'RS',
          ...(preference === undefined ? {} : { facts: { preference } }),
        }),
      ).total.amount;
    expect(['300', 'RS', 'XS', undefined].map(total)).toEqual(['0.00', '0.00', '0.00', '65.00']);
  });
});
