import { beforeAll, describe, expect, it } from 'vitest';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { searchAnswer } from '../../api/schemas/search.ts';
import { storedAnswerAnswer } from '../../api/schemas/service.ts';
import { answerById } from '../../db/answers.ts';
import { apiForTest, apiOn, clock, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
beforeAll(() => loadHts(database, { clock }));

describe('GET /answers/{answer_id}', () => {
  it('finds an answer at once, and after its process has ended', async () => {
    const first = await apiOn(database);
    const given = await read(first, '/api/v1/lookup?code=8471', lookupAnswer);
    const url = `/api/v1/answers/${given.meta.answer_id}`;
    const early = await read(first, url, storedAnswerAnswer);
    expect(early.data).toMatchObject({
      endpoint: 'lookup',
      request: { code: '8471', jurisdiction: 'US', as_of: '2025-03-20', known_at: null },
      dataset_version: 4,
      given_at: '2025-03-20T12:00:00.000Z',
    });
    expect(early.data.response).toEqual(given);
    await first.close();

    const second = await apiForTest(database);
    expect(await read(second, url, storedAnswerAnswer)).toEqual(early);
  });

  it('gives the same question the same id, however it is typed and whoever answers', async () => {
    const one = await apiForTest(database);
    const two = await apiForTest(database);
    const id = async (app: typeof one, query: string) =>
      (await read(app, `/api/v1/lookup?${query}`, lookupAnswer)).meta.answer_id;
    const asked = await id(one, 'code=6109100012');
    expect(await id(two, 'code=6109.10.00.12&jurisdiction=US&as_of=2025-03-20')).toBe(asked);
    expect(await id(one, 'code=6109100014')).not.toBe(asked);
    expect(await id(one, 'code=6109100012&as_of=2025-03-19')).not.toBe(asked);
    expect(asked).toMatch(/^ans_[A-Za-z0-9_-]{32}$/);
  });

  it('keeps the first of two that were stored by different processes', async () => {
    const early = await apiOn(database);
    const given = await read(early, '/api/v1/lookup?code=2501', lookupAnswer);
    await early.close();
    const late = await apiOn(database, {}, () => '2025-03-20T18:00:00.000Z');
    await read(late, '/api/v1/lookup?code=2501', lookupAnswer);
    await late.close();
    expect((await answerById(database.db, given.meta.answer_id))?.given_at).toBe('2025-03-20T12:00:00.000Z');
  });

  it('stores searches too', async () => {
    const app = await apiForTest(database);
    const given = await read(app, '/api/v1/search?q=asses', searchAnswer);
    const { data } = await read(app, `/api/v1/answers/${given.meta.answer_id}`, storedAnswerAnswer);
    expect(data).toMatchObject({ endpoint: 'search', response: given, later: { differs: false } });
  });

  it('refuses what was never given and what cannot be an id', async () => {
    const app = await apiForTest(database);
    expect(problemOf(await app.inject(`/api/v1/answers/ans_${'A'.repeat(32)}`))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
    expect(problemOf(await app.inject('/api/v1/answers/42'))).toMatchObject({
      status: 400,
      errors: [{ field: 'answer_id' }],
    });
  });
});
