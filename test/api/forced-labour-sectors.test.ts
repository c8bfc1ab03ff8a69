import { beforeAll, describe, expect, it } from 'vitest';
import { dutyAnswer } from '../../api/schemas/duties.ts';
import { requirementsAnswer } from '../../api/schemas/requirements.ts';
import { apiForTest, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';
import { loadReference } from '../support/reference-ledger.ts';

const clock = () => '2025-03-20T12:00:00.000Z';
const database = await testDatabase();
const without = await testDatabase();
beforeAll(async () => {
  await loadHts(database, { clock });
  await loadReference(database, clock, ['us.uflpa-sectors']);
  await loadHts(without, { clock });
});

const SHIRT = 'code=6109100012&destination=US';
const FAMILY = 'forced-labour-sectors';

describe('sectors of the UFLPA strategy', () => {
  it('are the same in /duties and /requirements: inferred, never a duty', async () => {
    const app = await apiForTest(database, {}, clock);
    const { data, meta } = await read(app, `/api/v1/duties?${SHIRT}&origin=CN`, dutyAnswer);
    expect(data.requirements).toMatchObject([{ program: 'us.uflpa', kind: 'risk', level: 'inferred', code: '61' }]);
    expect(data.components.some(({ program }) => program === 'us.uflpa')).toBe(false);
    expect(meta.sources.map(({ id }) => id)).toContain('us.uflpa-sectors');
    expect(meta.coverage.find(({ family }) => family === FAMILY)?.status).toBe('partial');
    const { data: required } = await read(app, `/api/v1/requirements?${SHIRT}&origin=CN`, requirementsAnswer);
    expect(
      required.requirements
        .filter(({ regime }) => regime === 'forced-labour')
        .map(({ code, authority }) => [code, authority]),
    ).toEqual([['61', 'inferred']]);
  });

  it('are of China, of the numbers listed, and not before the presumption applied', async () => {
    const app = await apiForTest(database, {}, clock);
    for (const query of [`${SHIRT}&origin=VN`, 'code=8471300100&destination=US&origin=CN']) {
      const { data } = await read(app, `/api/v1/duties?${query}`, dutyAnswer);
      expect([query, data.requirements]).toEqual([query, []]);
    }
  });

  it('are not covered while their source is missing, which bounds no duty', async () => {
    const app = await apiForTest(without, {}, clock);
    const { data, meta } = await read(app, `/api/v1/duties?${SHIRT}&origin=CN`, dutyAnswer);
    expect(data.requirements).toEqual([]);
    expect(meta.coverage.find(({ family }) => family === FAMILY)).toMatchObject({
      status: 'not_covered',
      reason: 'no release of us.uflpa-sectors is loaded',
    });
    const elsewhere = await read(app, `/api/v1/duties?${SHIRT}&origin=VN`, dutyAnswer);
    expect(elsewhere.meta.coverage.some(({ family }) => family === FAMILY)).toBe(false);
  });
});
