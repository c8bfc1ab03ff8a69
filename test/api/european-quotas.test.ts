import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { quotasAnswerSchema } from '../../api/schemas/reference.ts';
import type { QuotaBalance } from '../../transforms/reference/quota-balance.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { apiOn, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { publishRecords } from '../support/record-source.ts';

const clock = () => '2026-08-25T12:00:00.000Z';
const database = await testDatabase();
let app: FastifyInstance;

const balance = (order_number: string, origin: string | null): ReferenceRecord => ({
  kind: 'reference',
  natural_key: `quota:${order_number}:2026-07-01`,
  topic: 'quota',
  code: null,
  subject: order_number,
  data: {
    order_number,
    origin,
    initial: '1000',
    balance: '400',
    awaiting_allocation: null,
    unit: 'KGM',
    critical: false,
    status: null,
    last_allocation: null,
    exhausted_on: null,
    as_of: '2026-08-22',
    blocked: [],
    codes: [],
  } satisfies QuotaBalance,
  valid_from: '2026-07-01',
  valid_to: '2026-10-01',
});
const publish = (id: string, jurisdiction: string, records: ReferenceRecord[]) =>
  publishRecords(database, clock, { id, jurisdiction, families: ['quota'], date: '2026-08-22', records });

beforeAll(async () => {
  await publish('eu.quotas', 'EU', [
    balance('099801', 'T\u00fcrkiye'),
    balance('099806', 'Korea'),
    balance('099807', 'Viet Nam'),
    balance('099600', 'Other countries'),
    balance('099500', 'FTA Quota - CSQ'),
  ]);
  await publish('gb.quotas', 'GB', [
    balance('058604', 'European Union'),
    balance('058606', 'South Korea'),
    balance('058608', 'Residual'),
  ]);
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

const numbers = async (query: string) =>
  (await read(app, `/api/v1/quotas?${query}`, quotasAnswerSchema)).data.quotas.map(({ quota }) => quota).sort();

it.each([
  ['jurisdiction=EU&country=KR', ['099500', '099600', '099806']],
  ['jurisdiction=EU&country=South%20Korea', ['099500', '099600', '099806']],
  ['jurisdiction=EU&country=VN', ['099500', '099600', '099807']],
  ['jurisdiction=EU&country=vietnam', ['099500', '099600', '099807']],
  ['jurisdiction=EU&country=TR', ['099500', '099600', '099801']],
  ['jurisdiction=EU&country=Turkey', ['099500', '099600', '099801']],
  ['jurisdiction=GB&country=KR', ['058606', '058608']],
  ['jurisdiction=GB&country=DE', ['058604', '058608']],
  ['jurisdiction=GB&country=BR', ['058608']],
])('%s finds the country however the publisher prints it, and the shares it may use', async (query, expected) => {
  expect(await numbers(query)).toEqual(expected);
});
