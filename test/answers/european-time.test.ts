import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dutyAnswer, historyAnswer } from '../../api/schemas/duties.ts';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { validateAnswer } from '../../api/schemas/validate.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { dutyRow, DUTY_HEADER, euMonth } from '../support/eu-month.ts';
import { publishSmall, taricMonths } from '../support/european-fixtures.ts';

const line = (code: string, indent: string, text: string, start = '01-01-2010') => [
  `${code} 80`,
  start,
  null,
  'EN',
  2,
  indent,
  text,
  start,
];
const NOMENCLATURE_HEADER = [
  'Goods code',
  'Start date',
  'End date',
  'Language',
  'Hier. Pos.',
  'Indent',
  'Description',
  'Descr. start date',
];
const COMMON = [
  line('0100000000', '', 'LIVE ANIMALS'),
  line('0101000000', '', 'Live horses'),
  line('0101290000', '- ', 'Horses'),
];
const duty = (goods: string, rate: string, start: string, end?: string) =>
  dutyRow({ goods, duty: `${rate} %`, start, ...(end === undefined ? {} : { end }) });
const month = (lines: ReturnType<typeof line>[], duties: ReturnType<typeof dutyRow>[]) =>
  euMonth({
    nomenclature: [NOMENCLATURE_HEADER, ...COMMON, ...lines],
    'duties-import': [DUTY_HEADER, duty('0101300000', '7.700', '01-01-2010'), ...duties],
  });

/**
 * December and May, and none of the months between. Since December 0101.29.10 was divided, the lines below 0101.29.90 were closed, 0101.30
 * has gone, and the winter rate of 0101.90 has ended without the one that followed being in either month.
 */
const MONTHS = {
  '2025-12': month(
    [
      line('0101291000', '- - ', 'For slaughter'),
      line('0101299000', '- - ', 'Other'),
      line('0101299010', '- - - ', 'Ponies'),
      line('0101299090', '- - - ', 'Other'),
      line('0101300000', '- ', 'Asses'),
      line('0101900000', '- ', 'Mules'),
    ],
    [
      duty('0101291000', '3.000', '01-01-2010'),
      duty('0101299010', '5.000', '01-01-2010', '31-12-2025'),
      duty('0101299090', '6.000', '01-01-2010', '31-12-2025'),
      duty('0101900000', '9.000', '01-10-2025', '31-12-2025'),
    ],
  ),
  '2026-05': month(
    [
      line('0101291000', '- - ', 'For slaughter'),
      line('0101291020', '- - - ', 'Foals', '01-01-2026'),
      line('0101291080', '- - - ', 'Other', '01-01-2026'),
      line('0101299000', '- - ', 'Other'),
      line('0101900000', '- ', 'Mules'),
    ],
    [
      duty('0101291000', '3.000', '01-01-2010', '31-12-2025'),
      duty('0101291020', '0.000', '01-01-2026'),
      duty('0101291080', '4.000', '01-01-2026'),
      duty('0101299000', '6.000', '01-01-2026'),
      duty('0101900000', '8.000', '01-05-2026'),
    ],
  ),
};

const database = await testDatabase();
const clock = () => '2026-06-01T00:00:00.000Z';
let app: FastifyInstance;
beforeAll(async () => {
  const { files, source } = taricMonths(MONTHS);
  await publishSmall(database, clock, files, [source]);
  app = await apiOn(database, {}, clock);
}, 60_000);
afterAll(() => app.close());

const KNOWN_IN_DECEMBER = '&known_at=2025-12-20T00:00:00Z';
const asked = (code: string, asOf: string, more = '') =>
  `/api/v1/duties?code=${code}&destination=DE&origin=US&as_of=${asOf}${more}`;
/** Why third-country duties are not covered on a date; a small tariff never is. */
const general = async (asOf: string, more = '') => {
  const { meta } = await read(app, asked('0101291000', asOf, more), dutyAnswer);
  return meta.coverage.find(({ family }) => family === 'general')?.reason;
};
const SILENCE =
  'no release of eu.taric between 2025-12-01 and 2026-05-01 is held: what began and ended between them may be missing';
const history = async (code: string, from: string, to: string) =>
  read(app, `/api/v1/history?code=${code}&destination=DE&origin=US&from=${from}&to=${to}`, historyAnswer);

describe('between two months that are held without those between them', () => {
  it('a family is partial, and says what may be missing', async () => {
    expect(await general('2025-12-01')).not.toContain('is held');
    expect(await general('2025-12-02')).toContain(SILENCE);
    expect(await general('2026-04-30')).toContain(SILENCE);
    expect(await general('2026-05-01')).not.toContain('is held');
  });

  it('in December nobody could know that the months after it would be missing', async () => {
    expect(await general('2025-12-20', KNOWN_IN_DECEMBER)).not.toContain('is held');
  });

  it('a rate that is in neither of them is not known, and the tariff not complete', async () => {
    const { data } = await read(app, asked('0101900000', '2026-03-01'), dutyAnswer);
    expect(data.total).toMatchObject({ status: 'not_computable', missing: ['schedule'] });
  });
});

describe('the history of a duty', () => {
  it('ends with the line', async () => {
    const { data } = await history('0101300000', '2026-03-01', '2026-05-20');
    expect(data.rows.map(({ from, to }) => [from, to])).toEqual([['2026-03-01', '2026-05-01']]);
    const after = await app.inject({ url: asked('0101300000', '2026-05-01') });
    expect(problemOf(after).code).toBe('code-not-found');
  });

  it('of a code that gathers lines turns where a line below it turns', async () => {
    const { data } = await history('01012990', '2025-12-01', '2026-05-20');
    expect(data.rows.map(({ from, to, total }) => [from, to, total.ad_valorem_rate, total.missing])).toEqual([
      ['2025-12-01', '2026-01-01', null, ['code']],
      ['2026-01-01', null, '0.06', []],
    ]);
  });

  it('is covered as far as the least covered of its dates', async () => {
    const reason = async (from: string, to: string) => {
      const { meta } = await history('0101900000', from, to);
      return meta.coverage.find(({ family }) => family === 'general')?.reason;
    };
    expect(await reason('2026-05-01', '2026-05-20')).not.toContain('is held');
    const all = await reason('2025-06-01', '2026-05-20');
    expect(all).toContain('the oldest release of eu.taric speaks as of 2025-12-01');
    // Each hole once, however many of the dates lie in it.
    expect(all?.split(SILENCE)).toHaveLength(2);
    expect(all?.match(/oldest release/g)).toHaveLength(1);
  });
});

describe('what can be declared', () => {
  const declarable = async (code: string, asOf: string, more = '') => {
    const found = await read(app, `/api/v1/lookup?code=${code}&jurisdiction=EU&as_of=${asOf}${more}`, lookupAnswer);
    const { data } = await read(app, asked(code, asOf, more), dutyAnswer);
    return [found.data.declarable, data.declarable];
  };

  it('a line that was divided could be declared until then, in the words of either month', async () => {
    expect(await declarable('0101291000', '2025-12-10', KNOWN_IN_DECEMBER)).toEqual([true, true]);
    expect(await declarable('0101291000', '2025-12-10')).toEqual([true, true]);
    expect(await declarable('0101291000', '2026-01-01')).toEqual([false, false]);
  });

  it('a line whose lines were closed could not be declared before', async () => {
    expect(await declarable('0101299000', '2025-12-10', KNOWN_IN_DECEMBER)).toEqual([false, false]);
    expect(await declarable('0101299000', '2025-12-10')).toEqual([false, false]);
    expect(await declarable('0101299000', '2026-05-01')).toEqual([true, true]);
  });

  it('a declaration of the time is judged by the lines of the time', async () => {
    const verdict = async (code: string, as_of: string) => {
      const response = await app.inject({
        method: 'POST',
        url: '/api/v1/validate',
        payload: { code, destination: 'DE', as_of },
      });
      const { data } = validateAnswer.parse(response.json());
      return data.findings.find(({ rule }) => rule === 'declarable')?.status;
    };
    expect(await verdict('0101291000', '2025-12-10')).toBe('pass');
    expect(await verdict('0101291000', '2026-05-10')).toBe('fail');
    expect(await verdict('0101299000', '2025-12-10')).toBe('fail');
    expect(await verdict('0101299000', '2026-05-10')).toBe('pass');
  });
});
