import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dutyAnswer, historyAnswer } from '../../api/schemas/duties.ts';
import type { MeasureRecord, NomenclatureRecord, ReferenceRecord } from '../../transforms/records.ts';
import { apiOn, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { publishRecords } from '../support/record-source.ts';

const clock = () => '2025-03-20T12:00:00.000Z';
const database = await testDatabase();
let app: FastifyInstance;

/** A row as an earlier version may have declared it: past knowledge keeps it, whatever has become of its kind. */
const row: ReferenceRecord = {
  kind: 'reference',
  natural_key: 'us.section-338.old',
  topic: 'programme',
  code: null,
  subject: 'us.section-338',
  data: { kind: 'surcharge-by-sector', program: 'us.section-338', family: 'section-338', sectors: ['footwear'] },
  valid_from: '2025-03-10',
  valid_to: null,
};
const act = { id: 'gn-3b', citation: 'General note 3(b)', document: null, url: null, signed: null };
const columnTwo: ReferenceRecord = {
  ...row,
  natural_key: 'us.column-2',
  subject: 'us.column-2',
  data: {
    kind: 'column-2',
    program: 'us.column-2',
    family: 'column-2',
    measure_type: 'column-2',
    title: 'Column 2 countries',
    acts: [{ ...act, published: '2022-04-08', effective: '2022-04-09', verified: true }],
    needs_review: false,
    review: null,
    countries: ['CU'],
  },
  valid_from: '2022-04-09',
};
const line: NomenclatureRecord = {
  kind: 'goods_nomenclature',
  natural_key: '6109100012',
  item_id: '6109100012',
  productline_suffix: null,
  code: '6109100012',
  parent_key: null,
  ancestors: [],
  depth: 0,
  sort_key: '6109100012',
  declarable: true,
  description: 'T-shirts',
  units: [],
  footnotes: [],
  attributes: {},
  valid_from: '2025-01-01',
  valid_to: null,
};
const rate: MeasureRecord = {
  kind: 'measure',
  natural_key: '6109100012|mfn',
  code: '6109100012',
  measure_type: 'mfn',
  geographical_area: '1011',
  excluded_areas: [],
  additional_code: null,
  quota_order_number: null,
  reduction_indicator: null,
  programmes: [],
  effect: 'base',
  duty_expression: '16.5%',
  duty: { op: 'ad_valorem', rate: '0.165' },
  conditions: [],
  footnotes: [],
  legal_base: null,
  legal_base_url: null,
  attributes: {},
  valid_from: '2025-01-01',
  valid_to: null,
};
const FAMILIES = ['section-122', 'section-201', 'section-232', 'section-301', 'section-338', 'ieepa'];

beforeAll(async () => {
  await publishRecords(database, clock, {
    id: 'us.htsus',
    jurisdiction: 'US',
    families: ['general', 'special', 'column-2', 'chapter-98'],
    date: '2025-01-01',
    records: [line, rate],
  });
  await publishRecords(database, clock, {
    id: 'us.programmes',
    jurisdiction: 'US',
    families: FAMILIES,
    date: '2025-02-01',
    records: [row, columnTwo],
  });
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

describe('a declared row of a kind that is not known any more', () => {
  const asked = (asOf: string) => `/api/v1/duties?code=6109100012&destination=US&origin=CN&as_of=${asOf}`;
  const answer = async (asOf: string) => {
    const { data, meta } = await read(app, asked(asOf), dutyAnswer);
    return { total: data.total.status, family: meta.coverage.find(({ family }) => family === 'section-338') };
  };

  it('leaves its family partial with the reason, and the total a lower bound, while it is law', async () => {
    const { total, family } = await answer('2025-03-10');
    expect(family).toMatchObject({
      status: 'partial',
      reason:
        "the declared row us.section-338.old is of a form ('surcharge-by-sector') that this version does not read",
    });
    expect(total).toBe('lower_bound');
  });

  it('is nothing to the days before it', async () => {
    const { total, family } = await answer('2025-03-09');
    expect(family).toMatchObject({ status: 'covered' });
    expect(total).toBe('complete');
  });

  it('begins an interval of the history', async () => {
    const url = '/api/v1/history?code=6109100012&destination=US&origin=CN&from=2025-03-01&to=2025-03-19';
    const { data } = await read(app, url, historyAnswer);
    expect(data.rows.map(({ from, total }) => [from, total.status])).toEqual([
      ['2025-03-01', 'complete'],
      ['2025-03-10', 'lower_bound'],
    ]);
  });
});
