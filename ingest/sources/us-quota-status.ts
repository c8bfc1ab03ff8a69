import { Decimal } from 'decimal.js';
import { pdfText } from '../../transforms/read/pdf-text.ts';
import { quotaStatusData } from '../../transforms/reference/quota-status.ts';
import { contradictions, quotaLine, type QuotaLine, reportDate } from '../../transforms/us/quota-report.ts';
import { midnight } from '../../transforms/dates.ts';
import { bytesAt, fileEdition } from '../file-edition.ts';
import { ParseFailure } from '../parse-failure.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';

const INDEX = 'https://www.cbp.gov/document/report/commodity-status-report';

/**
 * CBP's weekly Commodity Status Report. Only the current and four earlier reports stay on the page, under file names that follow
 * no rule, so the links are read off the page and the date off the report's header.
 */
export default defineSource<QuotaLine>({
  id: 'us.quota-status',
  jurisdiction: 'US',
  title: 'Commodity Status Report (tariff-rate quotas)',
  publisher: { name: 'U.S. Customs and Border Protection', acronym: 'CBP', url: 'https://www.cbp.gov' },
  licence: { name: 'US public domain', attribution: 'U.S. Customs and Border Protection' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '45 8 * * 1,2', timezone: 'America/New_York', staleAfter: 'P14D' },
  http: { userAgent: 'browser' },
  covers: { families: ['quotas'], partial: { quotas: 'fill status by quota, not by tariff number' } },
  async *discover({ fetch }) {
    const page = await bytesAt(fetch, INDEX);
    if (!page) return;
    const html = page.body.toString('utf8');
    if (reportDate(html) !== null && !/<html/i.test(html)) {
      const edition = await fileEdition(fetch, { part: 'report', url: INDEX, expect: 'text' });
      if (edition) yield edition;
      return;
    }
    const links = [...html.matchAll(/href="([^"]*commodity[_-]status[_-]report[^"]*\.pdf)"/gi)].map(([, href]) =>
      new URL(href ?? '', INDEX).toString(),
    );
    // Newest first on the page; editions must come oldest first.
    for (const url of [...new Set(links)].reverse()) {
      const edition = await fileEdition(fetch, { part: 'report', url, expect: 'pdf' });
      if (edition) yield edition;
    }
  },
  async describe(files) {
    const date = reportDate(await textOf(await files.read('report')));
    if (date === null) throw new ParseFailure('report', 'no date in the header');
    return { effectiveDate: date, effectiveBasis: 'header of the report', dataAsOf: date, publishedAt: midnight(date) };
  },
  parse: strictParse<QuotaLine>('report', async function* (files) {
    for (const printed of (await textOf(await files.read('report'))).split('\n')) {
      const line = quotaLine(printed);
      if (line) yield line;
    }
  }),
  async *normalise(rows, context) {
    const byKey = new Map<string, QuotaLine>();
    for await (const line of rows) {
      const { quota_id, country, period, entered } = line.data;
      const key = `${quota_id}:${country}:${period}`;
      for (const message of contradictions(line)) {
        context.issue({
          severity: 'warning',
          code: 'quota-contradiction',
          message: `${key}: ${message}`,
          place: { key },
        });
      }
      const before = byKey.get(key);
      if (before) {
        const message = `${key} stands twice, ${before.data.entered ?? '-'} and ${entered ?? '-'} entered; the larger counts`;
        context.issue({ severity: 'warning', code: 'repeated-quota', message, place: { key } });
        // Quantities only grow within a period.
        if (entered === null) continue;
        if (before.data.entered !== null && new Decimal(entered).lte(before.data.entered)) continue;
      }
      byKey.set(key, line);
    }
    for (const [natural_key, { data, valid_from, valid_to }] of byKey) {
      yield {
        kind: 'reference',
        natural_key,
        topic: 'quota',
        code: null,
        subject: data.quota_id,
        data: quotaStatusData.parse(data),
        valid_from,
        valid_to,
      };
    }
  },
  // A full report has several hundred lines; extracts of it are published in mirrors.
  expect: { min: { 'reference.quota': 3 }, removedShare: 0.5, sizeShare: 0.6 },
});

async function textOf(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return (await pdfText(bytes)).join('\n');
  return bytes.toString('utf8');
}
