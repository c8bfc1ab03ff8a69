import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { apiOn, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { duty, goods, publishRecords } from '../support/record-source.ts';

const clock = () => '2026-06-10T12:00:00.000Z';
const database = await testDatabase();
const unit = (code: string, measure_type: string, duty_expression: string, valid_to: string | null = null) =>
  duty({
    natural_key: `${code}|${measure_type}|${duty_expression}`,
    code,
    measure_type,
    geographical_area: '1011',
    effect: 'informational',
    duty_expression,
    valid_from: '2012-01-01',
    valid_to,
  });
let app: FastifyInstance;
beforeAll(async () => {
  await publishRecords(database, clock, {
    id: 'eu.taric',
    jurisdiction: 'EU',
    families: ['nomenclature', 'general', 'supplementary-unit'],
    partial: { 'supplementary-unit': 'an extract' },
    date: '2026-06-01',
    records: [
      goods('22', 'BEVERAGES', [], false),
      goods('2208', 'Spirits', ['22'], false),
      goods('220830', 'Whiskies', ['2208', '22']),
      goods('220890', 'Other', ['2208', '22']),
      goods('2209', 'Vinegar', ['22']),
      unit('2208', '109', 'l alc. 100%'),
      unit('220830', '109', 'p/st', '2023-01-01'),
      unit('220890', '110', 'l'),
      unit('220890', '111', 'hl'),
    ],
  });
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

it('units of a European line are those of the nearest supplementary unit in force, not of exports', async () => {
  const ask = async (code: string, date = '2026-06-05') => {
    const { data, meta } = await read(app, `/api/v1/lookup?code=${code}&jurisdiction=EU&as_of=${date}`, lookupAnswer);
    return { units: data.units, rates: data.rates, coverage: meta.coverage };
  };
  expect(await ask('2208300000')).toMatchObject({ units: ['l alc. 100%'], rates: [] });
  expect(await ask('2208300000', '2022-06-05')).toMatchObject({ units: ['p/st'] });
  expect(await ask('2208900000')).toMatchObject({ units: ['l'] });
  // None is at hand, and coverage says that it may be for want of data.
  const vinegar = await ask('2209000000');
  expect(vinegar.units).toEqual([]);
  expect(vinegar.coverage).toContainEqual(expect.objectContaining({ family: 'supplementary-unit', status: 'partial' }));
});
