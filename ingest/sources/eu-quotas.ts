import { z } from 'zod';
import { midnight } from '../../transforms/dates.ts';
import { europeanDate } from '../../transforms/taric/european-date.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';
import { decimalOf, periodsIn, quotaRecord } from '../quota-records.ts';

/**
 * Balances of EU tariff quotas. The Commission shows them on pages only (https://ec.europa.eu/taxation_customs/dds2/taric/
 * quota_consultation.jsp, one page per order number); what is read here are days of these pages as JSON, imported by an operator.
 */
const DAYS = ['2026-07-10', '2026-07-16', '2026-08-07', '2026-08-21', '2026-08-22'];
const addressOf = (day: string) => `mirror:eu/quotas/eu_steel_quotas_${day}.json`;

const item = z.object({
  code: z.string().regex(/^\d{6}$/),
  origin: z.string(),
  validity_period: z.string(),
  initial_amount_kg: z.number(),
  balance_kg: z.number(),
  awaiting_allocation_kg: z.number(),
  critical: z.enum(['Yes', 'No']),
  exhaustion_date: z.string(),
  last_allocation_date: z.string(),
  blocking_period: z.string(),
  official_update_date: z.iso.date(),
  stale: z.boolean(),
  error: z.string(),
});
const dayFile = z.object({ items: z.array(item) });
type Item = z.infer<typeof item>;

export const euQuotas = defineSource<Item>({
  id: 'eu.quotas',
  jurisdiction: 'EU',
  title: 'Balances of EU tariff quotas (steel)',
  publisher: {
    name: 'European Commission, Directorate-General for Taxation and Customs Union',
    acronym: 'DG TAXUD',
    url: 'https://ec.europa.eu/taxation_customs/dds2/taric/quota_consultation.jsp',
  },
  licence: { name: 'Commission Decision 2011/833/EU', attribution: '© European Union' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '30 11 * * 1-5', timezone: 'Europe/Brussels', staleAfter: 'P4D', regular: true },
  covers: { families: ['quota'], partial: { quota: 'Balances of the 55 steel order numbers only.' } },

  async *discover({ fetch }) {
    for (const day of DAYS) {
      if (!(await bytesAt(fetch, addressOf(day)))) continue;
      const parts = [{ part: 'balances', url: addressOf(day), expect: 'json' as const }];
      yield { label: day, publishedAt: midnight(day), effectiveDate: day, parts };
    }
  },

  parse: strictParse<Item>('balances', async function* (files) {
    yield* dayFile.parse(JSON.parse((await files.read('balances')).toString('utf8'))).items;
  }),

  normalise: strictNormalise<Item>('balances', async function* (rows, context) {
    for await (const each of rows) {
      const [period] = periodsIn(each.validity_period);
      if (!period || each.stale || each.error !== '') {
        const message = `${each.code}: ${each.error || (each.stale ? 'an older state was carried forward' : 'no period')}`;
        context.issue({ severity: 'warning', code: 'balance-not-read', message, place: { order_number: each.code } });
        continue;
      }
      yield quotaRecord(
        {
          order_number: each.code,
          origin: each.origin,
          initial: decimalOf(each.initial_amount_kg),
          balance: decimalOf(each.balance_kg),
          awaiting_allocation: decimalOf(each.awaiting_allocation_kg),
          unit: 'KGM',
          critical: each.critical === 'Yes',
          status: null,
          last_allocation: europeanDate(each.last_allocation_date || null),
          exhausted_on: europeanDate(each.exhaustion_date || null),
          as_of: each.official_update_date,
          blocked: periodsIn(each.blocking_period),
          codes: [],
        },
        period,
      );
    }
  }),

  expect: { min: { 'reference.quota': 50 }, max: { 'reference.quota': 2_000 }, modifiedShare: 1 },
});
