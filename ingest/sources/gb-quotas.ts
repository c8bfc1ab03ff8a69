import { z } from 'zod';
import { midnight } from '../../transforms/dates.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';
import { decimalOf, periodsIn, quotaRecord } from '../quota-records.ts';

/**
 * Balances of UK tariff quotas, of DBT's data set uk-trade-quotas (https://data.api.trade.gov.uk/v1/datasets/uk-trade-quotas,
 * report quotas-including-current-volumes). Read are days of that report as JSON, imported by an operator; `dataset_version`
 * names the official version of each.
 */
const DAYS = ['2026-08-07', '2026-08-21', '2026-08-22'];
const addressOf = (day: string) => `mirror:uk/quotas/uk_steel_quotas_${day}.json`;

const UNITS: Readonly<Record<string, string>> = { 'Kilogram (kg)': 'KGM' };

const item = z.object({
  code: z.string().regex(/^\d{6}$/),
  origin: z.string(),
  validity_start_date: z.iso.date(),
  validity_end_date: z.iso.date(),
  measurement_unit: z.string(),
  initial_amount: z.number(),
  balance: z.number(),
  status: z.string(),
  last_allocation_date: z.string(),
  blocking_periods: z.string(),
  commodities: z.string(),
  stale: z.boolean(),
  error: z.string(),
});
const dayFile = z.object({
  meta: z.object({ checked_at: z.string(), dataset_version: z.string() }),
  items: z.array(item),
});
type Row = z.infer<typeof item> & { asOf: string };

export const gbQuotas = defineSource<Row>({
  id: 'gb.quotas',
  jurisdiction: 'GB',
  title: 'Balances of UK tariff quotas (steel)',
  publisher: { name: 'Department for Business and Trade', acronym: 'DBT', url: 'https://data.api.trade.gov.uk' },
  licence: {
    name: 'Open Government Licence v3.0',
    attribution: 'Contains public sector information licensed under the OGL v3.0',
  },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '45 8 * * 1-5', timezone: 'Europe/London', staleAfter: 'P4D', regular: true },
  covers: { families: ['quota'], partial: { quota: 'Balances of the order numbers of steel category 4 only.' } },

  async *discover({ fetch }) {
    for (const day of DAYS) {
      if (!(await bytesAt(fetch, addressOf(day)))) continue;
      const parts = [{ part: 'balances', url: addressOf(day), expect: 'json' as const }];
      yield { label: day, publishedAt: midnight(day), effectiveDate: day, parts };
    }
  },

  parse: strictParse<Row>('balances', async function* (files) {
    const { meta, items } = dayFile.parse(JSON.parse((await files.read('balances')).toString('utf8')));
    for (const each of items) yield { ...each, asOf: meta.checked_at.slice(0, 10) };
  }),

  normalise: strictNormalise<Row>('balances', async function* (rows, context) {
    for await (const each of rows) {
      const unit = UNITS[each.measurement_unit];
      const place = { order_number: each.code };
      if (unit === undefined) {
        const message = `${each.code}: unit '${each.measurement_unit}'`;
        context.issue({ severity: 'error', code: 'unknown-unit', message, place });
        continue;
      }
      if (each.stale || each.error !== '') {
        const message = `${each.code}: ${each.error || 'an older state was carried forward'}`;
        context.issue({ severity: 'warning', code: 'balance-not-read', message, place });
        continue;
      }
      yield quotaRecord(
        {
          order_number: each.code,
          origin: each.origin,
          initial: decimalOf(each.initial_amount),
          balance: decimalOf(each.balance),
          awaiting_allocation: null,
          unit,
          critical: each.status === 'Critical' ? true : each.status === 'Open' ? false : null,
          status: each.status,
          last_allocation: /^\d/.test(each.last_allocation_date) ? each.last_allocation_date : null,
          exhausted_on: null,
          as_of: each.asOf,
          blocked: periodsIn(each.blocking_periods),
          codes: each.commodities.split('|').filter((code) => /^\d{10}$/.test(code)),
        },
        { from: each.validity_start_date, to: each.validity_end_date },
      );
    }
  }),

  expect: { min: { 'reference.quota': 4 }, max: { 'reference.quota': 3_000 }, modifiedShare: 1 },
});
