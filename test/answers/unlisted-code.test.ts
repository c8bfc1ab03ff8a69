import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dutyAnswer, historyAnswer } from '../../api/schemas/duties.ts';
import { landedCostAnswer } from '../../api/schemas/landed-cost.ts';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { releaseAnswer } from '../../api/schemas/releases.ts';
import { requirementsAnswer } from '../../api/schemas/requirements.ts';
import { validateAnswer } from '../../api/schemas/validate.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { dutyRow, DUTY_HEADER, euMonth } from '../support/eu-month.ts';
import { publishSmall, taricMonths } from '../support/european-fixtures.ts';
import { workbookOf } from '../support/workbook.ts';

const line = (code: string, indent: string, text: string, end: string | null = null) => [
  `${code} 80`,
  '01-01-2010',
  end,
  'EN',
  2,
  indent,
  text,
  '01-01-2010',
];
/** The nomenclature of April, which is in the folder of June as well. */
const APRIL = workbookOf(
  [
    ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description', 'Descr. start date'],
    line('0100000000', '', 'LIVE ANIMALS'),
    line('0101000000', '', 'Live horses'),
    line('0101290000', '- ', 'Horses'),
    line('0101291000', '- - ', 'For slaughter'),
    line('0101291010', '- - - ', 'Ponies'),
    line('0101291030', '- - - ', 'Foals', '31-05-2026'),
    line('0101291090', '- - - ', 'Other'),
    line('0101299000', '- - ', 'Other'),
    line('0101300000', '- ', 'Asses'),
  ],
  { created: '2026-04-01T08:01:34Z' },
);
const COMMON = [
  dutyRow({ goods: '0101291000', duty: '3.000 %', start: '01-01-2010' }),
  dutyRow({ goods: '0101299000', duty: '10.000 %', start: '01-01-2010' }),
  dutyRow({ goods: '0101300000', duty: '7.700 %', start: '01-01-2010' }),
];
const month = (own: ReturnType<typeof dutyRow>[]) => ({
  ...euMonth({ 'duties-import': [DUTY_HEADER, ...COMMON, ...own] }),
  nomenclature: APRIL,
});
const MONTHS = {
  '2026-04': month([]),
  '2026-06': month([dutyRow({ goods: '0101299020', duty: '0.000 %', start: '01-06-2026' })]),
};

const database = await testDatabase();
const clock = () => '2026-06-20T00:00:00.000Z';
let app: FastifyInstance;
beforeAll(async () => {
  const { files, source } = taricMonths(MONTHS);
  await publishSmall(database, clock, files, [source]);
  app = await apiOn(database, {}, clock);
}, 60_000);
afterAll(() => app.close());

const JUNE = '2026-06-17';
const duties = (code: string, asOf = JUNE, more = '') =>
  `/api/v1/duties?code=${code}&destination=DE&origin=US&as_of=${asOf}${more}`;
const duty = async (code: string, asOf = JUNE, more = '') =>
  (await read(app, duties(code, asOf, more), dutyAnswer)).data;
const refused = async (code: string, asOf = JUNE) => {
  const problem = problemOf(await app.inject(duties(code, asOf)));
  return [problem.code, problem['nearest'] ?? null];
};
const post = async (path: string, payload: Record<string, unknown>): Promise<unknown> => {
  const response = await app.inject({ method: 'POST', url: `/api/v1/${path}`, payload });
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
};

describe('a code that the nomenclature at hand does not list', () => {
  it('inherits from its subheading of eight digits, as a lower bound with the date of the nomenclature', async () => {
    const { data, meta } = await read(app, duties('0101299050'), dutyAnswer);
    expect(data).toMatchObject({
      declarable: null,
      description: null,
      unlisted: {
        issue: 'code-not-in-nomenclature',
        nomenclature_as_of: '2026-04-01',
        named_by_measures: false,
        inherits_from: { code: '01012990', formatted: '0101.29.90' },
      },
      total: { status: 'lower_bound', ad_valorem_rate: '0.1', missing: ['nomenclature'] },
    });
    expect(data.components).toMatchObject([{ code: '01012990', status: 'applied', expression: '10.000 %' }]);
    expect(meta.coverage).toContainEqual(
      expect.objectContaining({ family: 'nomenclature', status: 'partial', data_as_of: '2026-04-01' }),
    );
  });

  it('takes what measures of the publisher say about it, and says that they name it', async () => {
    const named = await duty('0101299020');
    expect(named).toMatchObject({ declarable: null, unlisted: { named_by_measures: true } });
    expect(named.total).toMatchObject({ status: 'lower_bound', ad_valorem_rate: '0', missing: ['nomenclature'] });
    // Before the June set was published nothing named it.
    const before = await duty('0101299020', JUNE, '&known_at=2026-05-20T00:00:00Z');
    expect(before).toMatchObject({ unlisted: { named_by_measures: false }, total: { ad_valorem_rate: '0.1' } });
  });

  it('may stand beside listed subdivisions, and below a subheading that is printed with six digits', async () => {
    expect((await duty('0101291050')).unlisted?.inherits_from.code).toBe('01012910');
    expect((await duty('0101300010')).unlisted?.inherits_from.code).toBe('010130');
  });

  it('stays unknown when nothing speaks for it', async () => {
    // 0101.29.00 is no subheading of eight digits: 0101.29 is divided into .10 and .90.
    expect(await refused('0101290010')).toEqual(['code-not-found', '010129']);
    // Eight digits are law for a year: the Union opens none in June.
    expect(await refused('01012980')).toEqual(['code-not-found', '010129']);
    // It was listed, and ended.
    expect(await refused('0101291030')).toEqual(['code-not-found', '01012910']);
    // Below no heading of the tariff.
    expect(await refused('9999999999')).toEqual(['code-not-found', null]);
  });

  it('is refused while the nomenclature is as new as it is expected to be, and in another year', async () => {
    expect(await refused('0101299050', '2026-05-16')).toEqual(['code-not-found', '01012990']);
    expect((await duty('0101299050', '2026-05-17')).unlisted).not.toBeNull();
    expect(await refused('0101299050', '2027-01-04')).toEqual(['code-not-found', '01012990']);
  });

  it('is in the history from the day on which it may exist', async () => {
    const url = '/api/v1/history?code=0101299050&destination=DE&origin=US&from=2026-04-10&to=2026-06-17';
    const { data } = await read(app, url, historyAnswer);
    expect(data.rows.map(({ from, total }) => [from, total.status, total.missing])).toEqual([
      ['2026-05-17', 'lower_bound', ['nomenclature']],
    ]);
  });

  it('a listed code is not touched by any of this', async () => {
    expect(await duty('0101299000')).toMatchObject({ declarable: true, unlisted: null, total: { missing: [] } });
    expect(await duty('0101')).toMatchObject({ declarable: false, unlisted: null });
  });
});

describe('the other answers about such a code', () => {
  it('lookup shows the lines above it and their rates', async () => {
    const { data } = await read(app, `/api/v1/lookup?code=0101299050&jurisdiction=EU&as_of=${JUNE}`, lookupAnswer);
    expect(data).toMatchObject({ printed: false, declarable: null, description: null, children: [], release: null });
    expect(data.unlisted).toEqual((await duty('0101299050')).unlisted);
    expect(data.ancestors.map(({ code }) => code)).toEqual(['01', '0101', '010129', '01012990']);
    expect(data.rates).toMatchObject([{ code: '01012990', inherited_from: '01012990', ad_valorem_rate: '0.1' }]);
    const ended = await app.inject(`/api/v1/lookup?code=0101291030&jurisdiction=EU&as_of=${JUNE}`);
    expect(problemOf(ended).code).toBe('code-not-found');
  });

  it('requirements are those of the lines above, and say why that may not be all', async () => {
    const url = `/api/v1/requirements?code=0101299050&destination=DE&origin=US&as_of=${JUNE}`;
    const { data } = await read(app, url, requirementsAnswer);
    expect(data).toMatchObject({ available: true, declarable: null });
    const [measures] = data.parts;
    expect(measures?.reason).toContain('0101.29.90.50 is not in the nomenclature at hand, which is of 2026-04-01');
    expect(measures?.reason).not.toContain('not declarable');
  });

  it('validation warns: no pass, and no fail', async () => {
    const judged = async (code: string) => {
      const body = { code, destination: 'DE', origin: 'US', as_of: JUNE };
      return validateAnswer.parse(await post('validate', body)).data;
    };
    const { verdict, findings } = await judged('0101299050');
    expect(verdict).toBe('warn');
    expect(findings.find(({ rule }) => rule === 'active')).toMatchObject({
      status: 'warn',
      details: { issue: 'code-not-in-nomenclature', nomenclature_as_of: '2026-04-01' },
    });
    expect((await judged('0101291030')).verdict).toBe('fail');
    expect((await judged('0101290010')).verdict).toBe('fail');
  });

  it('a landed cost is a lower bound for want of the nomenclature', async () => {
    const goods = {
      code: '0101299050',
      origin: 'US',
      goods_value: '1000.00',
      currency: 'EUR',
      shipping: '0',
      insurance: '0',
    };
    const { data } = landedCostAnswer.parse(await post('landed-cost', { ...goods, destination: 'DE', as_of: JUNE }));
    expect(data.totals.missing).toContain('nomenclature');
    expect(data.lines[0]?.duty).toMatchObject({ status: 'lower_bound', amount: '100.00' });
    expect(data.assumptions.join()).toContain('0101.29.90.50 is not in the nomenclature at hand');
  });

  it('a release says which of its families are of an earlier date, and which it does not hold', async () => {
    const { rows } = await database.pool.query<{ id: string }>(
      "select release_id as id from release where label = '2026-06'",
    );
    const { data } = await read(app, `/api/v1/releases/${rows[0]?.id ?? ''}`, releaseAnswer);
    expect(data.scope.as_of).toEqual({ nomenclature: '2026-04-01' });
    expect(data.scope.absent).toContain('antidumping');
  });
});
