import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { calendarAnswer } from '../../api/schemas/calendar.ts';
import { storedAnswerAnswer } from '../../api/schemas/service.ts';
import type { TariffRecord } from '../../transforms/records.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { duty, goods, publishRecords } from '../support/record-source.ts';

const database = await testDatabase();
const clock = () => '2025-03-20T12:00:00.000Z';
let app: FastifyInstance;

const rate = (
  natural_key: string,
  code: string,
  duty_expression: string,
  valid_from: string,
  valid_to: string | null,
) => duty({ natural_key, code, duty_expression, legal_base: 'R0948/09', valid_from, valid_to });
const fact = (
  topic: string,
  subject: string,
  data: Record<string, string>,
  from: string,
  to: string | null,
): TariffRecord => ({
  kind: 'reference',
  natural_key: `${topic}/${subject}/${from}`,
  topic,
  code: null,
  subject,
  data,
  valid_from: from,
  valid_to: to,
});

beforeAll(async () => {
  await publishRecords(database, clock, {
    id: 'eu.test',
    jurisdiction: 'EU',
    families: ['third-country'],
    date: '2025-03-01',
    records: [
      // A season ends and another rate begins for the same goods; for the second goods nothing follows.
      rate('key-a1', '0805102200', '4.800 %', '2024-12-01', '2025-04-01'),
      rate('key-a2', '0805102200', '3.200 %', '2025-04-01', '2025-06-01'),
      rate('key-b1', '0705110000', '12.000 %', '2025-01-01', '2025-06-01'),
      { ...goods('0805102200', 'Navel oranges'), valid_to: '2025-07-01' },
      // What began today is no news any more; what ends by its nature never is.
      rate('key-c1', '0101210000', '0.000 %', '2025-03-20', null),
      fact('exchange-rate', 'USD', { rate: '1.08' }, '2025-03-01', '2025-04-01'),
      fact('vat-rate', 'EE', { rate: '0.24', citation: 'KMS § 15' }, '2025-07-01', null),
    ],
  });
  const increments = rate('key-x', '0805102200', '0.000 %', '2025-05-01', null);
  await publishRecords(database, clock, {
    id: 'eu.taric-xml',
    jurisdiction: 'EU',
    families: ['third-country'],
    date: '2025-03-01',
    records: [increments],
  });
  app = await apiOn(database);
});
afterAll(() => app.close());

describe('GET /calendar', () => {
  it('tells by day what starts, ends and changes', async () => {
    const { data, meta } = await read(app, '/api/v1/calendar', calendarAnswer);
    expect(meta.as_of).toBe('2025-03-20');
    expect(data.map(({ day, event, what, codes, before, after }) => [day, event, what, codes, before, after])).toEqual([
      ['2025-04-01', 'changes', '103', ['0805102200'], '4.800 %', '3.200 %'],
      ['2025-06-01', 'ends', '103', ['0705110000', '0805102200'], null, null],
      ['2025-07-01', 'ends', 'lines', ['0805102200'], null, null],
      ['2025-07-01', 'starts', 'vat-rate', [], null, '0.24'],
    ]);
    expect(data[0]).toMatchObject({ citations: ['R0948/09'], sources: ['eu.test'], codes_count: 1 });
    const { data: kept } = await read(app, `/api/v1/answers/${meta.answer_id}`, storedAnswerAnswer);
    expect(kept).toMatchObject({ endpoint: 'calendar', later: { differs: false } });
  });

  it('is asked by date, code, source and page', async () => {
    const days = async (query: string) =>
      (await read(app, `/api/v1/calendar?${query}`, calendarAnswer)).data.map(({ day, event }) => `${day} ${event}`);
    expect(await days('to=2025-04-01')).toEqual(['2025-04-01 changes']);
    expect(await days('as_of=2025-04-01&to=2025-06-30')).toEqual(['2025-06-01 ends']);
    // Above and below: the whole heading, and what stands above a code.
    expect(await days('prefix=0805')).toEqual(['2025-04-01 changes', '2025-06-01 ends', '2025-07-01 ends']);
    expect(await days('prefix=0805.10.22.00')).toEqual(['2025-04-01 changes', '2025-06-01 ends', '2025-07-01 ends']);
    expect(await days('source=eu.taric-xml')).toEqual(['2025-05-01 starts']);
    const first = await app.inject('/api/v1/calendar?limit=3');
    const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
    expect((await read(app, next, calendarAnswer)).data.map(({ what }) => what)).toEqual(['vat-rate']);
    expect(await days('known_at=2025-03-01T00:00:00Z&to=2025-04-01')).toEqual(['2025-04-01 changes']);
    expect(await days('known_at=2025-02-01')).toEqual([]);
  });

  it('names what is wrong with a question', async () => {
    expect(problemOf(await app.inject('/api/v1/calendar?to=2025-03-20')).errors).toEqual([
      { field: 'to', message: 'a date after as_of (2025-03-20)' },
    ]);
  });

  it('is a calendar of all-day events, the same file while nothing is published', async () => {
    const response = await app.inject('/api/v1/calendar.ics');
    expect(response.headers['content-type']).toBe('text/calendar; charset=utf-8');
    const lines = response.body.replace(/\r\n[ \t]/g, '').split('\r\n');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT').length).toBe(4);
    expect(lines).toContain('SUMMARY:EU 103 1011 changes: 0805102200');
    expect(lines).toContain('DTSTART;VALUE=DATE:20250401');
    expect(lines).toContain('DTEND;VALUE=DATE:20250402');
    expect((await app.inject('/api/v1/calendar.ics')).body).toBe(response.body);
    // The calendar of tomorrow is another one although nothing was published.
    const tomorrow = await apiOn(database, {}, () => '2025-04-01T12:00:00.000Z');
    const held = { 'if-none-match': String(response.headers.etag) };
    expect((await app.inject({ url: '/api/v1/calendar.ics', headers: held })).statusCode).toBe(304);
    const later = await tomorrow.inject({ url: '/api/v1/calendar.ics', headers: held });
    expect([later.statusCode, later.body.includes('DTSTART;VALUE=DATE:20250401')]).toEqual([200, false]);
    await tomorrow.close();
  });
});
