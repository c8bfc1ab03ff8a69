import { pdfText } from '../../transforms/read/pdf-text.ts';
import { parseChangeRecord, type ChangeRecord } from '../../transforms/us/change-record.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { editionsOf, RELEASE_LIST_URL } from './us-htsus/releases.ts';

/** What USITC says it changed in each revision: the yardstick for the differences between two schedules, and the legal dates. */
export const usChangeRecords = defineSource<ChangeRecord>({
  id: 'us.change-records',
  jurisdiction: 'US',
  title: 'Change records of the Harmonized Tariff Schedule',
  publisher: { name: 'U.S. International Trade Commission', acronym: 'USITC', url: 'https://hts.usitc.gov' },
  licence: { name: 'US Government work, public domain', attribution: 'USITC' },
  records: ['reference'],
  // Each record adds its items to those of the records before it.
  validity: 'delta',
  cadence: { cron: '37 6 * * *', timezone: 'America/New_York', staleAfter: 'P45D' },
  http: { minDelayMs: 500, userAgent: 'browser' },
  covers: { families: [] },

  async *discover({ fetch, known }) {
    const list = await fetch.get(RELEASE_LIST_URL, { expect: 'json' });
    if (list.outcome !== 'ok') return;
    for (const edition of editionsOf(list.body.toString('utf8'))) {
      if (known.some((release) => release.label === edition.label)) continue;
      const url = `https://hts.usitc.gov/reststop/file?release=${edition.label}&filename=Change%20Record`;
      if (await bytesAt(fetch, url, { expect: 'pdf' }))
        yield { ...edition, parts: [{ part: 'change-record', url, expect: 'pdf' }] };
    }
  },

  async describe(files, edition) {
    const { effectiveDate } = parseChangeRecord(await pdfText(await files.read('change-record'), { firstPages: 1 }));
    return effectiveDate === null ? {} : { effectiveDate, effectiveBasis: `change record of ${edition.label}` };
  },

  parse: strictParse<ChangeRecord>('change-record', async function* (files) {
    yield parseChangeRecord(await pdfText(await files.read('change-record')));
  }),

  async *normalise(rows, context) {
    for await (const record of rows) {
      const release = context.edition.label;
      if (record.release !== release) {
        // Another edition's record under this label: the address was answered before the new file was there.
        const severity = record.release === null ? 'warning' : 'error';
        const message = `the change record filed under ${release} says it is of ${record.release ?? 'no release'}`;
        context.issue({ severity, code: 'change-record-of-another-edition', message });
      }
      for (const issue of record.issues)
        context.issue({ severity: 'warning', code: issue.code, message: issue.message });
      const seen = new Map<string, number>();
      for (const { digits, ...item } of record.items) {
        const key = `${release}/${digits}/${item.action}`;
        const nth = (seen.get(key) ?? 0) + 1;
        seen.set(key, nth);
        yield {
          kind: 'reference',
          natural_key: nth === 1 ? key : `${key}/${nth}`,
          topic: 'change-record-item',
          code: digits,
          subject: release,
          data: { ...item },
          ...validFrom(item.effective_date ?? record.effectiveDate),
        };
      }
    }
  },

  // A record may hold items about notes only.
  expect: {
    // Each edition is another document: its size says nothing about the next.
    sizeShare: Infinity,
    min: {},
  },
});

export default usChangeRecords;

function validFrom(date: string | null): { valid_from?: string } {
  return date === null ? {} : { valid_from: date };
}
