import { describe, expect, it } from 'vitest';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { storedAnswerAnswer } from '../../api/schemas/service.ts';
import { apiForTest, clock, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();

describe('while releases are published', () => {
  it('is ready with the first release, sees each one, and tells of an old answer that it would now differ', async () => {
    const app = await apiForTest(database);
    expect(problemOf(await app.inject('/ready'))).toMatchObject({ status: 503, code: 'not-ready' });
    expect((await app.inject('/health')).statusCode).toBe(200);
    expect(problemOf(await app.inject('/api/v1/lookup?code=8471'))).toMatchObject({ code: 'not-loaded' });

    await loadHts(database, { clock, labels: ['2025HTSBasic'] });
    expect((await app.inject('/ready')).json()).toEqual({ status: 'ready', dataset_version: 2 });
    const url = '/api/v1/lookup?code=0101300000&as_of=2025-03-01';
    const first = await read(app, url, lookupAnswer);
    const steady = await read(app, '/api/v1/lookup?code=6109100012&as_of=2025-03-01', lookupAnswer);
    expect(first.data.rates[0]?.expression).toBe('6.8%');
    expect((await app.inject(url)).headers.etag).toBe('"r2"');

    await loadHts(database, { clock, labels: ['2025HTSRev1'], hs: false });
    const second = await read(app, url, lookupAnswer);
    expect(second.data.rates[0]?.expression).toBe('6.5%');
    expect((await app.inject({ url, headers: { 'if-none-match': '"r2"' } })).headers.etag).toBe('"r3"');
    expect(second.meta.answer_id).not.toBe(first.meta.answer_id);

    // Given answers stay as they were given.
    const stored = await read(app, `/api/v1/answers/${first.meta.answer_id}`, storedAnswerAnswer);
    expect(stored.data.response).toEqual(first);
    expect(stored.meta).toEqual(first.meta);
    expect(stored.data.later).toEqual({ dataset_version: 3, differs: true, problem: null });
    const same = await read(app, `/api/v1/answers/${steady.meta.answer_id}`, storedAnswerAnswer);
    expect(same.data.later).toEqual({ dataset_version: 3, differs: false, problem: null });
  });

  it('tells of an answer whose line has ended since', async () => {
    const earlier = await testDatabaseWithBasic();
    const app = await apiForTest(earlier);
    const line = await read(app, '/api/v1/lookup?code=0101210020&as_of=2025-03-01', lookupAnswer);
    await loadHts(earlier, { clock, labels: ['2025HTSRev1'], hs: false });
    const { data } = await read(app, `/api/v1/answers/${line.meta.answer_id}`, storedAnswerAnswer);
    expect(data.later.differs).toBe(true);
    expect(data.later.problem).toMatch(/no line at or below/);
  });
});

const basic = await testDatabase();
async function testDatabaseWithBasic() {
  await loadHts(basic, { clock, labels: ['2025HTSBasic'] });
  return basic;
}
