import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { changesAnswer } from '../../api/schemas/changes.ts';
import { releaseAnswer, releasesAnswer, sourceAnswer, sourcesAnswer } from '../../api/schemas/releases.ts';
import { statusAnswer } from '../../api/schemas/service.ts';
import { apiOn, clock, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock });
  app = await apiOn(database);
});
afterAll(() => app.close());

/** Follows Link rel="next" to the end. */
async function pages<T>(url: string, items: (body: unknown) => T[]): Promise<T[][]> {
  const result: T[][] = [];
  for (let next: string | undefined = url; next !== undefined;) {
    const response: LightMyRequestResponse = await app.inject(next);
    expect(response.statusCode).toBe(200);
    result.push(items(response.json()));
    next = /<([^>]+)>; rel="next"/.exec(String(response.headers.link ?? ''))?.[1];
  }
  return result;
}

describe('sources and releases', () => {
  it('lists sources with their newest release', async () => {
    const { data, meta } = await read(app, '/api/v1/sources', sourcesAnswer);
    expect(data.map(({ id, releases }) => [id, releases])).toEqual([
      ['us.htsus', 3],
      ['wco.hs', 1],
    ]);
    expect(data[0]).toMatchObject({
      validity: 'from-release',
      publisher: { acronym: 'USITC' },
      latest_release: { label: '2025HTSRev2' },
    });
    expect(meta.dataset_version).toBe(4);
  });

  it('describes a source as it was known', async () => {
    const { data } = await read(app, '/api/v1/sources/us.htsus?known_at=2025-02-10', sourceAnswer);
    expect(data).toMatchObject({ releases: 2, latest_release: { label: '2025HTSRev1' } });
    const early = await read(app, '/api/v1/sources/us.htsus?as_of=2025-01-31', sourceAnswer);
    expect(early.data.latest_release?.label).toBe('2025HTSBasic');
  });

  it('pages through releases, newest first', async () => {
    const found = await pages('/api/v1/sources/us.htsus/releases?limit=2', (body) => releasesAnswer.parse(body).data);
    expect(found.map((page) => page.map(({ label }) => label))).toEqual([
      ['2025HTSRev2', '2025HTSRev1'],
      ['2025HTSBasic'],
    ]);
    expect(found[0]?.[1]).toMatchObject({
      added: 1,
      modified: 1,
      removed: 1,
      effective_date: '2025-02-04',
      cause: 'publisher',
    });
  });

  it('describes a release with its bytes and issues', async () => {
    const { data } = await read(app, '/api/v1/releases/2', releaseAnswer);
    expect(data).toMatchObject({ label: '2025HTSBasic', effective_date: '2025-01-01', source: 'us.htsus' });
    expect(data.effective_basis).toMatch(/Annual edition/);
    expect(data.snapshots.map(({ part }) => part)).toEqual(['schedule']);
    expect(data.scope.families).toContain('general');
    expect(data.issues.length).toBeGreaterThan(0);
  });

  it.each([
    ['/api/v1/sources/us.nope', 404, 'id'],
    ['/api/v1/sources/us.nope/releases', 404, 'id'],
    ['/api/v1/releases/99', 404, 'id'],
    ['/api/v1/releases/x', 400, 'id'],
    ['/api/v1/releases/0', 400, 'id'],
    ['/api/v1/releases/1?as_of=2025-01-01', 400, 'as_of'],
    ['/api/v1/sources?page=2', 400, 'page'],
    ['/api/v1/sources/us.htsus/releases?cursor=%00', 400, 'cursor'],
  ])('%s: %i naming %s', async (url, status, field) => {
    expect(problemOf(await app.inject(url))).toMatchObject({ status, errors: [{ field }] });
  });
});

describe('GET /changes', () => {
  it('gives what a release changed, with before and after, newest publication first', async () => {
    const { data } = await read(app, '/api/v1/changes', changesAnswer);
    expect([...new Set(data.map(({ label }) => label))]).toEqual(['2025HTSRev2', '2025HTSRev1']);
    const rate = data.find(({ key }) => key === '0101300000/mfn');
    expect(rate).toMatchObject({
      op: 'modify',
      entity: 'measure',
      code: '0101300000',
      formatted: '0101.30.00.00',
      jurisdiction: 'US',
      effective_date: '2025-02-04',
      before: { duty_expression: '6.8%' },
      after: { duty_expression: '6.5%' },
    });
    expect(rate?.kinds).toContain('rate');
  });

  it.each([
    ['prefix=0101', ['0101210020', '0101300000/mfn']],
    ['kind=ended', ['0101210020']],
    ['kind=new', ['8712001530']],
    ['entity=measure&prefix=99', ['99038815/mfn']],
    ['release=3&entity=measure', ['0101300000/mfn']],
    ['since=2025-03-01&entity=goods_nomenclature', ['6109']],
    ['since=2025-03-12T00:00:01Z', []],
    ['known_at=2025-03-01&entity=measure', ['0101300000/mfn']],
    ['as_of=2025-03-11&entity=measure', ['0101300000/mfn']],
    ['source=wco.hs', []],
    ['jurisdiction=GB', []],
  ])('%s', async (query, keys) => {
    const { data } = await read(app, `/api/v1/changes?${query}`, changesAnswer);
    expect(
      data
        .map(({ key }) => key)
        .filter((key) => !key.includes('preference'))
        .sort(),
    ).toEqual([...keys].sort());
  });

  it('pages without losing or repeating a change', async () => {
    const all = (await read(app, '/api/v1/changes', changesAnswer)).data.map(({ id }) => id);
    expect(all.length).toBeGreaterThan(4);
    const found = await pages('/api/v1/changes?limit=2', (body) => changesAnswer.parse(body).data);
    expect(found.flat().map(({ id }) => id)).toEqual(all);
    expect(found.every((page) => page.length <= 2)).toBe(true);
  });

  it.each([
    ['since=soon', 'since'],
    ['prefix=abc', 'prefix'],
    ['kind=any', 'kind'],
    ['release=last', 'release'],
    ['origin=China', 'origin'],
    ['destination=US', 'destination'],
  ])('%s: 400 naming %s', async (query, field) => {
    expect(problemOf(await app.inject(`/api/v1/changes?${query}`))).toMatchObject({ status: 400, errors: [{ field }] });
  });

  it.each([
    ['changes?source=us.hts', 'source'],
    ['changes?release=999', 'release'],
    ['changes.csv?source=us.hts', 'source'],
    ['calendar?source=us.hts', 'source'],
    ['calendar.ics?source=%00', 'source'],
  ])('%s is no empty list: there is no such %s', async (path, field) => {
    expect(problemOf(await app.inject(`/api/v1/${path}`))).toMatchObject({ status: 404, errors: [{ field }] });
  });
});

describe('GET /status', () => {
  it('tells of every source its release, its age and its last run', async () => {
    const { data } = await read(app, '/api/v1/status', statusAnswer);
    const hts = data.sources.find(({ id }) => id === 'us.htsus');
    expect(hts).toMatchObject({
      releases: 3,
      last_release: { label: '2025HTSRev2', data_as_of: '2025-03-12', age_days: 8 },
      fresh_until: '2025-04-02',
      stale: false,
      last_run: { state: 'published' },
      quarantines: 0,
    });
    expect(data.stale).toEqual([]);
  });

  it('calls a source stale once its cadence has passed', async () => {
    const later = await apiOn(database, {}, () => '2025-04-03T00:00:00.000Z');
    const { data } = await read(later, '/status', statusAnswer);
    await later.close();
    expect(data.stale).toEqual(['us.htsus']);
  });
});
