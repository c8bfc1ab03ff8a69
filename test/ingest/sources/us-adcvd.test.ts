import { describe, expect, test } from 'vitest';
import source from '../../../ingest/sources/us-adcvd.ts';
import { NotMirrored } from '../../../ingest/fetch/errors.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
import type { Issue } from '../../../ingest/source.ts';
import { orderData } from '../../../transforms/reference/order.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const NOTICE = `<html><body><pre>
[Federal Register Volume 91, Number 190 (Friday, October 2, 2026)]
             Antidumping Duty Proceedings
INDIA: Steel, A-533-999...........    10/1/25-9/30/26
CHINA: Wire, A-588-998...........    10/1/25-9/30/26
NOWHERE: Wool, A-999-997...........    10/1/25-9/30/26
</pre></body></html>`;
const SCHEDULE_C = 'census_code,name,iso2,note\n5330,India,IN,\n5880,Japan,JP,\n3510,Brazil,BR,\n';
const SCOPES = JSON.stringify({
  orders: [
    {
      case: 'A-533-999',
      country: 'INDIA',
      product: `for October 2026 ${'-'.repeat(20)} Steel`,
      hts: ['7214.20.00', '7214200000', '9903.81.89'],
      source: '2020-00001',
      source_date: '2020-01-02',
      title: 'Steel From India: Antidumping Duty Order',
      listed_in: '2026-18001',
    },
  ],
});
const RATES = [
  'case_number,exporter,rate,is_all_others,effective_from,effective_to,fr_document_number',
  'A-533-999,Exporter One,0.2660,FALSE,2025-05-27,,2025-10001',
  'A-533-999,Exporter One,0.0100,FALSE,2026-05-27,,2026-10001',
  'A-533-999,All Others,0.3000,TRUE,2026-05-27,,2026-10001',
  'A-351-996,Exporter Two,0.0500,FALSE,2026-05-27,,2026-10002',
].join('\n');

async function load(parts: Record<string, string>) {
  const files = editionFiles(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])),
  );
  const issues: Issue[] = [];
  const rows = source.parse(files, edition('x'));
  const all = (await collect(source.normalise(rows, contextFor('x', issues)))).map((r) => tariffRecord.parse(r));
  return { issues, records: all.flatMap((record) => (record.kind === 'reference' ? [record] : [])) };
}
const parts = { 'notice-2026-18001': NOTICE, scopes: SCOPES, rates: RATES, 'schedule-c': SCHEDULE_C };

describe('us.adcvd', () => {
  test.each(['yes', ''])(
    "a rate that does not say whether it is that of all others ('%s') stops the edition",
    async (said) => {
      await expect(load({ ...parts, rates: RATES.replace(',TRUE,', `,${said},`) })).rejects.toThrow('is_all_others');
    },
  );

  test('an order, and one record per tariff number for the lookup by code and origin', async () => {
    const { records } = await load(parts);
    expect(
      records.filter((r) => r.topic === 'order-scope').map((r) => [r.code, r.subject, r.data['case_number']]),
    ).toEqual([
      ['72142000', 'IN', 'A-533-999'],
      ['7214200000', 'IN', 'A-533-999'],
    ]);
    expect(records.find((r) => r.natural_key === 'A-533-999')).toMatchObject({
      topic: 'order',
      code: null,
      subject: 'IN',
      data: {
        kind: 'AD',
        status: 'order',
        country: 'INDIA',
        product: 'Steel',
        review_period: { from: '2025-10-01', to: '2026-09-30' },
        scope_codes: ['72142000', '7214200000'],
        notices: [
          { document_number: '2026-18001', url: 'https://www.federalregister.gov/d/2026-18001', date: '2026-10-02' },
          { document_number: '2020-00001', date: '2020-01-02' },
          { document_number: '2025-10001' },
          { document_number: '2026-10001' },
        ],
      },
    });
  });

  test('a new rate ends the one before it; a leap of more than tenfold is reported', async () => {
    const { records, issues } = await load(parts);
    const rates = records.find((r) => r.natural_key === 'A-533-999')?.data['rates'];
    expect(rates).toMatchObject([
      { exporter: 'Exporter One', rate: '0.2660', all_others: false, from: '2025-05-27', to: '2026-05-27' },
      { exporter: 'Exporter One', rate: '0.0100', from: '2026-05-27', to: null },
      { exporter: 'All Others', all_others: true, to: null },
    ]);
    expect(issues.map(({ code }) => code)).toContain('rate-leap');
  });

  test('the rate of the companies of one review that were not examined is not the rate of all others', async () => {
    const misnamed = 'A-533-999,Review-Specific Rate for Non-Examined Companies,0.2000,TRUE,2026-05-27,,2026-10001';
    const { records, issues } = await load({ ...parts, rates: `${RATES}\n${misnamed}` });
    const order = orderData.parse(records.find((r) => r.natural_key === 'A-533-999')?.data);
    expect(order.rates.filter((rate) => rate.all_others).map(({ exporter, rate }) => [exporter, rate])).toEqual([
      ['All Others', '0.3000'],
    ]);
    expect(order.rates.map(({ rate }) => rate)).toContain('0.2000');
    expect(issues.map(({ code }) => code)).toContain('not-all-others');
  });

  test('a rate without order is reported, not dropped', async () => {
    const { records, issues } = await load(parts);
    expect(records.find((r) => r.natural_key === 'A-351-996')).toMatchObject({
      subject: 'BR',
      data: { status: 'unlisted', rates: [{ exporter: 'Exporter Two' }] },
    });
    expect(issues.some(({ code, message }) => code === 'unmatched-rate' && message.startsWith('A-351-996'))).toBe(true);
  });

  test('number and country must fit; an unresolved country is an error', async () => {
    const { records, issues } = await load(parts);
    const of = (code: string) => issues.filter((i) => i.code === code).map((i) => [i.severity, i.place?.['case']]);
    expect(of('country-mismatch')).toEqual([['warning', 'A-588-998']]);
    expect(of('country-unresolved')).toEqual([['error', 'A-999-997']]);
    expect(records.some((r) => r.natural_key === 'A-999-997')).toBe(false);
    expect(of('order-without-codes')).toEqual([
      ['info', 'A-351-996'],
      ['info', 'A-588-998'],
    ]);
  });

  test('eleven anniversary months are missing, and a leaked heading is taken out: both are said', async () => {
    const { issues } = await load(parts);
    expect(issues.find(({ code }) => code === 'anniversary-months-missing')?.message).toContain('1 of 12');
    expect(issues.some(({ code }) => code === 'heading-in-product')).toBe(true);
  });

  test('a notice without any order is an error', async () => {
    const { issues } = await load({ 'notice-2026-1': '<pre>nothing</pre>', 'schedule-c': SCHEDULE_C });
    expect(issues.map(({ severity, code }) => [severity, code])).toContainEqual(['error', 'empty-notice']);
  });

  test('twelve notices without twelve months, or with a handful of orders, are a parse loss: an error', async () => {
    const twelve = Array.from({ length: 12 }, (_, n) => {
      const text = `<pre>\nAntidumping Duty Proceedings\nINDIA: Steel, A-533-${String(900 + n)}...    10/1/25-9/30/26\n</pre>`;
      return [`notice-2026-${String(n)}`, text];
    });
    const { issues } = await load({ ...Object.fromEntries(twelve), 'schedule-c': SCHEDULE_C });
    expect(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'anniversary-months-missing',
      'too-few-orders',
    ]);
  });

  test('scope notices by case: one about another case is refused', async () => {
    const scope =
      '<pre>International Trade Administration\n\n[A-533-999]\n\nScope of the Order\n\n of 7214.20.00.\n</pre>';
    const { records, issues } = await load({
      'notice-2026-18001': NOTICE,
      'scope-A-533-999-2020-00001': scope,
      'scope-A-588-998-2020-00001': scope,
      'schedule-c': ' 5330 | India | IN\n 5880 | Japan | JP\n',
    });
    expect(records.filter((r) => r.topic === 'order-scope').map((r) => r.natural_key)).toEqual(['A-533-999:72142000']);
    expect(issues.map(({ code }) => code)).toContain('other-case');
  });

  test('twelve notices of the search make an edition, other titles are passed over', async () => {
    const title = 'Antidumping or Countervailing Duty Order, Finding, or Suspended Investigation; Opportunity';
    const result = (number: string, of: string) => ({
      title: of,
      publication_date: '2026-10-02',
      document_number: number,
      raw_text_url: `https://www.federalregister.gov/documents/full_text/text/${number}.txt`,
    });
    const results = [
      result('2026-x', 'Another notice'),
      ...Array.from({ length: 13 }, (_, n) => result(`2026-${n}`, title)),
    ];
    const asked: string[] = [];
    const fetch: Fetcher = {
      get: (url) => {
        asked.push(url);
        if (!url.startsWith('https://www.federalregister.gov/api/')) return Promise.reject(new NotMirrored({ url }));
        const body = Buffer.from(JSON.stringify({ count: results.length, total_pages: 1, results }));
        return Promise.resolve({
          outcome: 'ok',
          status: 200,
          url,
          mediaType: null,
          etag: null,
          lastModified: null,
          body,
        });
      },
      download: () => Promise.reject(new Error('not used')),
      close: () => Promise.resolve(),
    };
    const [found] = await collect(source.discover({ fetch, known: [], today: '2026-11-20' }));
    expect(found?.label).toBe('2026-0');
    expect(found?.parts.filter(({ part }) => part.startsWith('notice-'))).toHaveLength(12);
    expect(new URL(asked[0] ?? '').searchParams.get('conditions[publication_date][gte]')).toBe('2025-10-20');
  });
});
