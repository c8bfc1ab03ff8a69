import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { changesAnswer } from '../../api/schemas/changes.ts';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { searchAnswer } from '../../api/schemas/search.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { duty, goods, publishRecords } from '../support/record-source.ts';

const clock = () => '2026-08-25T12:00:00.000Z';
const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await publishRecords(database, clock, {
    id: 'no.tolltariffen',
    jurisdiction: 'NO',
    families: ['nomenclature', 'preference'],
    date: '2026-08-01',
    records: [
      goods('61', 'Apparel, knitted', [], false),
      goods('6109', 'T-shirts', ['61'], false),
      goods('61091000', 'Of cotton', ['6109', '61']),
      duty({
        natural_key: '61091000|preference|10.7 %',
        code: '61091000',
        measure_type: 'preference',
        programmes: ['CO', 'HK'],
        duty_expression: '10.7 %',
        duty: { op: 'ad_valorem', rate: '0.107' },
      }),
    ],
  });
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

it('looks up a Norwegian line, and says that its ordinary duty is not held', async () => {
  const { data, meta } = await read(app, '/api/v1/lookup?code=6109.10.00&jurisdiction=NO', lookupAnswer);
  expect(data).toMatchObject({ code: '61091000', jurisdiction: 'NO', declarable: true });
  expect(data.rates).toMatchObject([{ column: 'special', expression: '10.7 %', programmes: ['CO', 'HK'] }]);
  expect(meta.coverage.find(({ family }) => family === 'general')).toMatchObject({ status: 'not_covered' });
});

it('searches its lines and lists its changes', async () => {
  const found = await read(app, '/api/v1/search?q=cotton&jurisdiction=NO', searchAnswer);
  expect(found.data.results.map(({ code }) => code)).toEqual(['61091000']);
  expect((await read(app, '/api/v1/changes?jurisdiction=NO', changesAnswer)).data).toEqual([]);
});

it('has no duties into Norway or Canada, and no lines of Canada while none are loaded', async () => {
  const duties = problemOf(await app.inject('/api/v1/duties?code=61091000&destination=NO&origin=CN'));
  expect(duties).toMatchObject({ status: 400, errors: [{ field: 'destination' }] });
  const lines = problemOf(await app.inject('/api/v1/lookup?code=61091000&jurisdiction=CA'));
  expect(lines).toMatchObject({ status: 404, code: 'not-loaded' });
});
