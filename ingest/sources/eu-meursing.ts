import { z } from 'zod';
import type { MeursingRow } from '../../transforms/duty/meursing.ts';
import { validTime } from '../../transforms/taric/european-date.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';

/**
 * Meursing tables: what EA, ADSZ and ADFM in a duty amount to, by additional code of type 7, area and reduction (Regulation (EU)
 * No 510/2014). The Commission publishes them inside TARIC only; the tables are imported by an operator as JSON.
 */
const ADDRESS = 'mirror:eu/meursing/meursing_duties.json.gz';
/** The tables carry no date; this state is of 2022 or 2023, and nothing is said about the years before. */
const EARLIEST = '2022-01-01';

const row = z.object({
  geographical_area_id: z.string().regex(/^([A-Z]{2}|\d{4})$/),
  measure_type_id: z.enum(['672', '673', '674']),
  additional_code_id: z.string().regex(/^\d{3}$/),
  duty_amount: z.number().nonnegative(),
  reduction_indicator: z.number().int().min(1).max(3),
});
const tables = z.object({ duties: z.array(row) });
type Row = z.infer<typeof row>;

export const euMeursing = defineSource<Row>({
  id: 'eu.meursing',
  jurisdiction: 'EU',
  title: 'Meursing tables: agricultural components of processed goods',
  publisher: {
    name: 'European Commission, Directorate-General for Taxation and Customs Union',
    acronym: 'DG TAXUD',
    url: 'https://taxation-customs.ec.europa.eu',
  },
  licence: { name: 'Commission Decision 2011/833/EU', attribution: '© European Union' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '15 6 * * 1', timezone: 'Europe/Brussels', staleAfter: 'P90D' },
  covers: {
    families: ['meursing'],
    partial: { meursing: 'One undated state of about 2022 to 2023; Switzerland is incomplete.' },
  },

  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'tables', url: ADDRESS, expect: 'json' });
    if (edition) yield edition;
  },

  parse: strictParse<Row>('tables', async function* (files) {
    yield* tables.parse(JSON.parse((await files.read('tables')).toString('utf8'))).duties;
  }),

  normalise: strictNormalise<Row>('tables', async function* (rows) {
    for await (const each of rows) {
      const data: MeursingRow = {
        measure_type: each.measure_type_id,
        additional_code: each.additional_code_id,
        geographical_area: each.geographical_area_id,
        reduction_indicator: each.reduction_indicator,
        amount: String(each.duty_amount),
      };
      yield {
        kind: 'reference',
        natural_key: [
          'meursing',
          each.measure_type_id,
          each.geographical_area_id,
          each.additional_code_id,
          each.reduction_indicator,
        ].join(':'),
        topic: 'meursing',
        code: null,
        subject: `7${each.additional_code_id}`,
        // EUR per 100 kg, as everywhere in these tables.
        data: { ...data, currency: 'EUR', unit: 'DTN' },
        ...validTime(EARLIEST, null),
      };
    }
  }),

  expect: { min: { 'reference.meursing': 10_000 }, max: { 'reference.meursing': 100_000 } },
});
