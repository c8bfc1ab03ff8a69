import { describe, expect, test } from 'vitest';
import source from '../../../ingest/sources/eu-vat.ts';
import { tedbRequest, tedbResults } from '../../../ingest/sources/eu-vat/tedb-answer.ts';
import type { Issue } from '../../../ingest/source.ts';
import { tariffRecord, type ReferenceRecord } from '../../../transforms/records.ts';
import { standardPeriods } from '../../../transforms/reference/vat-rate.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const result = (state: string, type: string, value: number, on: string, more: object = {}) => ({
  memberState: state,
  type: type === 'DEFAULT' ? 'STANDARD' : 'REDUCED',
  rate: { type, value },
  situationOn: on,
  cnCodes: null,
  cpaCodes: null,
  category: null,
  comment: null,
  ...more,
});
const codes = (...values: string[]) => ({ code: values.map((value) => ({ value, description: 'goods' })) });
const answer = (...results: object[]) =>
  Buffer.from(JSON.stringify({ additionalInformation: null, vatRateResults: results }));

const HISTORY = Buffer.from(
  [
    'country,rate_type,rate_pct,valid_from,valid_to,source',
    'GR,standard,23,2010-07-01,2016-05-31,archive',
    'GR,standard,24,2016-06-01,,archive',
    'RO,standard,19,2017-01-01,,archive',
    'RO,reduced,9,,,archive 2026-08-20',
  ].join('\n'),
);

async function load(parts: Record<string, Buffer>) {
  const issues: Issue[] = [];
  const rows = source.parse(editionFiles(parts), edition('x'));
  const records = (await collect(source.normalise(rows, contextFor('x', issues)))).map((r) => tariffRecord.parse(r));
  return { issues, records: records.flatMap((record) => (record.kind === 'reference' ? [record] : [])) };
}

describe('eu.vat', () => {
  test('a rate change of a state ends the period before it; EL is GR', async () => {
    const { records, issues } = await load({
      history: HISTORY,
      tedb: answer(
        result('EL', 'DEFAULT', 24, '2025-01-01'),
        result('RO', 'DEFAULT', 19, '2025-07-01'),
        result('RO', 'DEFAULT', 21, '2025-08-01'),
      ),
    });
    const standard = records.filter(({ data }) => data['category'] === 'standard');
    expect(standard.map((r) => [r.subject, r.data['rate'], r.valid_from, r.valid_to])).toEqual([
      ['GR', '0.23', '2010-07-01', '2016-06-01'],
      ['GR', '0.24', '2016-06-01', null],
      ['RO', '0.19', '2017-01-01', '2025-08-01'],
      ['RO', '0.21', '2025-08-01', null],
    ]);
    expect(issues).toEqual([]);
  });

  test('undated reduced rates begin with the day on which they were first seen, and say so', async () => {
    const reduced = (records: ReferenceRecord[]) =>
      records
        .filter(({ data }) => data['category'] === 'reduced')
        .map((r) => [r.natural_key, r.valid_from, r.data['sighted']]);
    const seen = answer(
      result('RO', 'REDUCED_RATE', 9, '2025-07-01'),
      result('RO', 'REDUCED_RATE', 9, '2025-01-01'),
      result('RO', 'REDUCED_RATE', 5, '2025-01-01'),
    );
    expect(reduced((await load({ history: HISTORY, tedb: seen })).records)).toEqual([
      ['rate:RO:reduced:0.09', '2025-01-01', true],
    ]);
    expect(reduced((await load({ history: HISTORY })).records)).toEqual([['rate:RO:reduced:0.09', '2026-08-20', true]]);
    // Without history, the rates of the newest situation.
    expect(reduced((await load({ tedb: seen })).records)).toEqual([['rate:RO:reduced:0.09', '2025-01-01', true]]);
  });

  test('the 7 % of the Canary Islands is not a rate of Spain', async () => {
    const { records, issues } = await load({
      tedb: answer(
        result('ES', 'DEFAULT', 7, '2025-07-01', { comment: 'VAT - Canary Islands - ' }),
        result('ES', 'DEFAULT', 21, '2025-07-01'),
      ),
    });
    expect(records.map(({ data }) => data['rate'])).toEqual(['0.21']);
    expect(issues.map(({ code }) => code)).toEqual(['regional-rate']);
  });

  test('two standard rates on one day are an error', async () => {
    const { issues } = await load({
      tedb: answer(result('XX', 'DEFAULT', 7, '2025-07-01'), result('XX', 'DEFAULT', 21, '2025-07-01')),
    });
    expect(issues.map(({ severity, code }) => [severity, code])).toEqual([['error', 'two-standard-rates']]);
  });

  test('candidates: newest situation only, blanks out of codes, HTML out of comments, no rate where none applies', async () => {
    const food = { identifier: 'FOODSTUFFS' };
    const { records, issues } = await load({
      tedb: answer(
        result('AT', 'REDUCED_RATE', 13, '2025-01-01', { cnCodes: codes('0701'), category: food }),
        result('AT', 'REDUCED_RATE', 10, '2025-07-01', {
          cnCodes: codes('0511 99 39', '02', 'ex 03'),
          category: food,
          comment: '<p>Annex 1 of the <a href="x">Act</a></p>',
        }),
        result('AT', 'EXEMPTED', 0, '2025-07-01', { cnCodes: codes('8541'), category: { identifier: 'SOLAR_PANELS' } }),
        result('CY', 'OUT_OF_SCOPE', 0, '2025-07-01', { cnCodes: codes('9999') }),
      ),
    });
    const candidates = records.filter(({ topic }) => topic === 'vat-candidate');
    expect(candidates.map((r) => [r.subject, r.code, r.data['kind'], r.data['rate'], r.data['comment']])).toEqual([
      ['AT', '05119939', 'reduced', '0.1', 'Annex 1 of the Act'],
      ['AT', '02', 'reduced', '0.1', 'Annex 1 of the Act'],
      ['AT', '8541', 'exempted', '0', null],
      ['CY', '9999', 'out_of_scope', null, null],
    ]);
    expect(issues.map(({ code }) => code)).toEqual(['bad-cn-code']);
  });

  test('reads the SOAP answer, zone offset and all; a fault is no answer', async () => {
    const soap = (inner: string) =>
      Buffer.from(
        `<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>${inner}</env:Body></env:Envelope>`,
      );
    const body = `<ns0:retrieveVatRatesRespMsg xmlns="a" xmlns:ns0="b"><additionalInformation/><vatRateResults>
      <memberState>EE</memberState><type>STANDARD</type><rate><type>DEFAULT</type><value>24.0</value></rate>
      <situationOn>2025-07-01+02:00</situationOn><cnCodes><code><value>0106 41 00</value><description>Bees
      </description></code></cnCodes><category><identifier>FOODSTUFFS</identifier></category>
      <comment>a &amp; b</comment></vatRateResults></ns0:retrieveVatRatesRespMsg>`;
    expect(await collect(tedbResults(soap(body)))).toEqual([
      {
        memberState: 'EE',
        type: 'STANDARD',
        rateType: 'DEFAULT',
        value: '24.0',
        situationOn: '2025-07-01',
        codes: [{ value: '0106 41 00', description: 'Bees' }],
        category: 'FOODSTUFFS',
        comment: 'a & b',
      },
    ]);
    const fault = soap('<env:Fault><faultstring>TEDB-101 Invalid member state</faultstring></env:Fault>');
    await expect(collect(tedbResults(fault))).rejects.toThrow(/TEDB-101/);
  });

  test('asks for the states and dates by POST', () => {
    const body = tedbRequest(['AT', 'EL'], '2026-08-01', '2026-10-30');
    expect(body).toContain('<urn1:isoCode>AT</urn1:isoCode><urn1:isoCode>EL</urn1:isoCode>');
    expect(body).toContain('<urn1:from>2026-08-01</urn1:from><urn1:to>2026-10-30</urn1:to>');
  });
});

describe('standardPeriods', () => {
  test('a sighting against a closed period is reported, not applied', () => {
    const history = [{ rate: '0.2', valid_from: '2000-01-01', valid_to: '2010-01-01', basis: 'x' }];
    expect(standardPeriods(history, [{ rate: '0.3', on: '2005-01-01' }])).toEqual({
      periods: history,
      disagreements: [{ rate: '0.3', on: '2005-01-01' }],
    });
  });
});
