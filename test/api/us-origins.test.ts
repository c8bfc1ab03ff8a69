import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiOn, clock, problemOf } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock, labels: ['2025HTSBasic'] });
  app = await apiOn(database);
});
afterAll(() => app.close());

it.each(['EU', 'XI', 'XC', 'XL'])(
  '%s is no origin for the United States: no list of countries that pay more would hold it',
  async (origin) => {
    const goods = { code: '6109100012', destination: 'US', origin };
    const query = new URLSearchParams(goods).toString();
    for (const path of ['duties', 'history', 'requirements']) {
      const found = problemOf(await app.inject(`/api/v1/${path}?${query}`));
      expect([path, found.code, found.errors[0]?.field]).toEqual([path, 'invalid-request', 'origin']);
    }
    const lines = [
      { code: '6109100012', origin: 'DE', value: '1' },
      { code: '6109100012', origin, value: '1' },
    ];
    const payload = { destination: 'US', entry_date: '2025-02-03', lines };
    const found = problemOf(await app.inject({ method: 'POST', url: '/api/v1/landed-cost', payload }));
    expect([found.code, found.errors[0]?.field]).toEqual(['invalid-request', 'lines.1.origin']);
  },
);
