import { describe, expect, it } from 'vitest';
import { euQuotas } from '../../../ingest/sources/eu-quotas.ts';
import { gbQuotas } from '../../../ingest/sources/gb-quotas.ts';
import { decimalOf, periodsIn } from '../../../ingest/quota-records.ts';
import { loadEdition } from '../../support/edition-load.ts';
import { edition } from '../../support/source-run.ts';

const euItem = (more: object = {}) => ({
  code: '099801',
  origin: 'Japan',
  validity_period: '01-07-2026 - 30-09-2026',
  initial_amount_kg: 1000,
  balance_kg: 12.5,
  awaiting_allocation_kg: 40,
  critical: 'Yes',
  exhaustion_date: '07-07-2026',
  last_allocation_date: '',
  blocking_period: '28-07-2026 - 11-08-2026 01-07-2026 - 14-07-2026',
  official_update_date: '2026-08-07',
  stale: false,
  error: '',
  ...more,
});
const gbItem = (more: object = {}) => ({
  code: '058604',
  origin: 'European Union',
  validity_start_date: '2026-07-01',
  validity_end_date: '2026-09-30',
  measurement_unit: 'Kilogram (kg)',
  initial_amount: 1000,
  balance: 0.125,
  status: 'Critical',
  last_allocation_date: '#NA',
  blocking_periods: '#NA',
  commodities: '7210200000|7210410000',
  stale: false,
  error: '',
  ...more,
});
const eu = (...items: object[]) =>
  loadEdition(euQuotas, edition('x'), { balances: Buffer.from(JSON.stringify({ items })) });
const gb = (...items: object[]) =>
  loadEdition(gbQuotas, edition('x'), {
    balances: Buffer.from(
      JSON.stringify({ meta: { checked_at: '2026-08-07T08:00:00+02:00', dataset_version: '1.0.9' }, items }),
    ),
  });

describe('quota balances', () => {
  it('EU: period, both blocking periods, criticality and dates', async () => {
    const { references } = await eu(euItem());
    expect(references.get('quota:099801:2026-07-01')).toMatchObject({
      subject: '099801',
      valid_from: '2026-07-01',
      valid_to: '2026-10-01',
      data: {
        balance: '12.5',
        critical: true,
        exhausted_on: '2026-07-07',
        last_allocation: null,
        blocked: [
          { from: '2026-07-28', to: '2026-08-11' },
          { from: '2026-07-01', to: '2026-07-14' },
        ],
      },
    });
  });

  it('EU: a balance carried forward, or not read, is reported and not published', async () => {
    const { references, issues } = await eu(euItem({ stale: true }), euItem({ code: '099802', error: 'timeout' }));
    expect(references.size).toBe(0);
    expect(issues.map((issue) => [issue.code, issue.place])).toEqual([
      ['balance-not-read', { order_number: '099801' }],
      ['balance-not-read', { order_number: '099802' }],
    ]);
  });

  it('GB: unit, status and codes; an unknown unit is an error', async () => {
    const { references, issues } = await gb(gbItem(), gbItem({ code: '058605', measurement_unit: 'Barrel' }));
    expect([...references.values()].map((each) => each.data)).toMatchObject([
      {
        unit: 'KGM',
        critical: true,
        balance: '0.125',
        as_of: '2026-08-07',
        codes: ['7210200000', '7210410000'],
        blocked: [],
      },
    ]);
    expect(issues).toMatchObject([{ severity: 'error', code: 'unknown-unit' }]);
  });

  it('periods that are none are refused, numbers never get an exponent and keep every digit: the rest of a quota is not none', () => {
    expect(() => periodsIn('soon')).toThrow("not a period: 'soon'");
    expect(decimalOf(1e21)).toBe('1000000000000000000000');
    expect(decimalOf(0.0000004)).toBe('0.0000004');
    expect(decimalOf(17248548.4)).toBe('17248548.4');
  });
});
