import { isPlainDate, type PlainDate } from '../../transforms/dates.ts';
import { htmlTables } from '../../transforms/read/html-rows.ts';
import { entityNames, uflpaEntityData } from '../../transforms/reference/uflpa.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';

const PAGE = 'https://www.dhs.gov/uflpa-entity-list';

interface Row {
  list: string;
  printed: string;
  effective: string;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/**
 * The UFLPA entity list: one table per statutory list, "Name of entity" and "Effective date". Written from the page's documented
 * shape; it has not been run against the page itself, which only real browsers get.
 */
export default defineSource<Row>({
  id: 'us.uflpa-entities',
  jurisdiction: 'US',
  title: 'UFLPA entity list',
  publisher: { name: 'U.S. Department of Homeland Security', acronym: 'DHS', url: 'https://www.dhs.gov' },
  licence: { name: 'US public domain', attribution: 'U.S. Department of Homeland Security' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '20 9 * * *', timezone: 'America/New_York', staleAfter: 'P60D' },
  http: { userAgent: 'browser' },
  covers: { families: ['forced-labour-entities'] },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'page', url: PAGE, expect: 'html' });
    if (edition) yield edition;
  },
  parse: strictParse<Row>('page', async function* (files) {
    const tables = htmlTables((await files.read('page')).toString('utf8'));
    let found = 0;
    for (const { heading, rows } of tables) {
      const [header = [], ...body] = rows;
      const name = header.findIndex((cell) => /name of entit/i.test(cell));
      const date = header.findIndex((cell) => /effective date/i.test(cell));
      if (name < 0 || date < 0) continue;
      found += 1;
      for (const row of body) {
        yield { list: heading, printed: row[name] ?? '', effective: row[date] ?? '' };
      }
    }
    if (found === 0) throw new Error('no table of entities on the page');
  }),
  async *normalise(rows, context) {
    const seen = new Set<string>();
    for await (const { list, printed, effective } of rows) {
      if (printed === '') continue;
      const validFrom = dateOf(effective);
      const place = { entity: printed.slice(0, 80) };
      if (validFrom === null) {
        const message = `'${effective}' is no date`;
        context.issue({ severity: 'error', code: 'bad-effective-date', message, place });
        continue;
      }
      const names = entityNames(printed);
      const section = /2\(d\)\(2\)\(B\)\([ivx]+\)/i.exec(list)?.[0] ?? list;
      const key = `${section}:${names.name.toUpperCase()}`;
      if (seen.has(key)) {
        context.issue({ severity: 'info', code: 'repeated-entity', message: `${key} stands twice`, place });
        continue;
      }
      seen.add(key);
      yield {
        kind: 'reference',
        natural_key: key,
        topic: 'uflpa-entity',
        code: null,
        subject: names.name.toUpperCase(),
        data: uflpaEntityData.parse({ ...names, list: section, printed }),
        valid_from: validFrom,
        valid_to: null,
      };
    }
  },
  // 144 entities in 2025, more since.
  expect: { min: { 'reference.uflpa-entity': 120 }, max: { 'reference.uflpa-entity': 600 }, removedShare: 0.1 },
});

/** 'June 21, 2022' */
function dateOf(text: string): PlainDate | null {
  const [, month = '', day = '', year = ''] = /([A-Z][a-z]+) (\d{1,2}), (\d{4})/.exec(text) ?? [];
  const date = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(date) ? date : null;
}
