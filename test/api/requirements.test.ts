import { beforeAll, describe, expect, it } from 'vitest';
import { requirementsAnswer } from '../../api/schemas/requirements.ts';
import { validateAnswer } from '../../api/schemas/validate.ts';
import { DECLARATIONS } from '../../ingest/registry.ts';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import { euRegimes } from '../../ingest/sources/eu-regimes.ts';
import usRegimes from '../../ingest/sources/us-regimes.ts';
import type { MeasureCondition, MeasureRecord, ReferenceRecord } from '../../transforms/records.ts';
import { apiForTest, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { ingestDeps } from '../support/ingest-deps.ts';
import { writeMirror } from '../support/mirror-folder.ts';
import { duty, goods, publishRecords } from '../support/record-source.ts';

const clock = () => '2026-06-10T12:00:00.000Z';
const database = await testDatabase();

const line = (
  condition_code: string,
  sequence: number,
  certificate: string | null,
  action_code: string,
): MeasureCondition => ({
  condition_code,
  sequence,
  certificate,
  amount: null,
  currency: null,
  unit: null,
  action_code,
  duty_expression: null,
});
const measure = (code: string, type: string, area: string, more: Partial<MeasureRecord> = {}) =>
  duty({
    natural_key: `${code}|${type}|${area}`,
    code,
    measure_type: type,
    geographical_area: area,
    effect: 'informational',
    legal_base: 'R0632/21',
    valid_from: '2021-01-01',
    ...more,
  });
const reference = (topic: string, subject: string, data: Record<string, string>): ReferenceRecord => ({
  kind: 'reference',
  natural_key: `${topic}:${subject}:${data['member'] ?? ''}`,
  topic,
  code: null,
  subject,
  data,
  valid_from: '2020-01-01',
  valid_to: null,
});

// Numbers of types are swapped on purpose: names come from the release, not from a list of ours.
const NAMES = {
  '410': 'Veterinary control',
  '278': 'Import prohibition',
  '728': 'Import control on luxury goods',
  '745': 'Import control - CITES',
  '478': 'Export authorization (Dual use)',
  '552': 'Definitive anti-dumping duty',
  '103': 'Third country duty',
  '109': 'Supplementary unit',
};

beforeAll(async () => {
  await publishRecords(database, clock, {
    id: 'eu.taric',
    jurisdiction: 'EU',
    families: ['nomenclature', 'controls', 'antidumping'],
    partial: { controls: 'an extract' },
    date: '2026-06-01',
    records: [
      goods('01', 'LIVE ANIMALS', [], false),
      goods('0101', 'Live horses, asses, mules and hinnies', ['01'], false),
      goods('010121', 'Pure-bred breeding animals', ['0101', '01']),
      goods('25', 'SALT; CEMENT', [], false),
      goods('2523', 'Portland cement and other hydraulic cements', ['25'], false),
      goods('252329', 'Portland cement, other than white', ['2523', '25']),
      goods('31', 'FERTILISERS', [], false),
      goods('3105', 'Mineral or chemical fertilisers', ['31'], false),
      goods('310560', 'Containing phosphorus and potassium', ['3105', '31']),
      ...Object.entries(NAMES).map(([type, description]) => reference('measure-type', type, { description })),
      reference('certificate', 'C640', { language: 'EN', description: 'Common Health Entry Document for Animals' }),
      reference('certificate', 'C400', { language: 'EN', description: 'CITES permit' }),
      reference('geographical-area', '2005', { group: '2005', member: 'BD' }),
      measure('010121', '103', '1011', { effect: 'base', duty_expression: '0.000 %' }),
      measure('010121', '109', '1011', { duty_expression: 'p/st' }),
      measure('010121', '410', '1008', {
        excluded_areas: ['CH'],
        conditions: [
          line('B', 1, 'C640', '29'),
          line('B', 2, 'Y170', '29'),
          line('B', 3, null, '09'),
          line('C', 1, 'N853', '29'),
          line('C', 2, null, '09'),
        ],
      }),
      measure('0101', '745', '1011', {
        conditions: [line('Y', 1, 'C400', '29'), line('Y', 2, 'Y900', '29'), line('Y', 3, null, '09')],
      }),
      measure('0101', '728', 'KP', { conditions: [line('Y', 1, 'Y945', '24'), line('Y', 2, null, '04')] }),
      measure('0101', '478', '1011', { conditions: [line('B', 1, 'X002', '25'), line('B', 2, null, '05')] }),
      measure('0101', '278', 'SY', { effect: 'prohibition' }),
      measure('0101', '552', '2005', { effect: 'additive', duty_expression: '30.000 %' }),
    ],
  });
  const fetch = withDeclarations(await openMirror(await writeMirror({ '': [] })), DECLARATIONS);
  for (const source of [euRegimes, usRegimes]) {
    const report = await runSource(await ingestDeps(database, fetch, clock), source, {
      trigger: 'manual',
      select: notPublished,
    });
    if (report.state !== 'published') throw new Error(`${source.id}: ${report.state} ${report.message ?? ''}`);
  }
});

const api = () => apiForTest(database, {}, clock);
const ask = async (query: string) =>
  (await read(await api(), `/api/v1/requirements?${query}`, requirementsAnswer)).data;

describe('GET /requirements', () => {
  it('one of the documents of a condition code, each of the codes, and Y-codes as waivers', async () => {
    const data = await ask('code=0101210000&destination=DE&origin=US');
    const control = data.requirements.find(({ regime }) => regime === 'veterinary');
    expect(control).toMatchObject({
      kind: 'document',
      blocking: true,
      authority: 'authoritative',
      title: 'Veterinary control',
    });
    expect(
      control?.groups.map(({ condition_code, alternatives, waivers, otherwise }) => [
        condition_code,
        alternatives.map(({ code }) => code),
        waivers.map(({ code }) => code),
        otherwise,
      ]),
    ).toEqual([
      ['B', ['C640'], ['Y170'], 'not_allowed'],
      ['C', ['N853'], [], 'not_allowed'],
    ]);
    expect(control?.groups[0]?.alternatives[0]?.name).toBe('Common Health Entry Document for Animals');
  });

  it('names a regime by the words of the release, and a permit is a licence', async () => {
    const { requirements, regimes, risk } = await ask('code=0101210000&destination=EU&origin=US');
    expect(requirements.find(({ measure_type }) => measure_type === '745')).toMatchObject({
      regime: 'cites',
      kind: 'licence',
    });
    expect(risk).toMatchObject({ level: 'L4', available: true });
    // A control on what leaves is shown and does not count.
    expect(regimes.find(({ regime }) => regime === 'dual-use')).toMatchObject({ direction: 'export' });
    expect(risk.reasons.map(({ regime }) => regime)).not.toContain('dual-use');
  });

  it('an excluded origin has no such control, an embargo is a conditional block, a prohibition a block', async () => {
    const swiss = await ask('code=0101210000&destination=EU&origin=CH');
    expect(swiss.regimes.map(({ regime }) => regime)).not.toContain('veterinary');
    const korea = await ask('code=0101210000&destination=EU&origin=KP');
    expect(korea.risk.level).toBe('L5');
    expect(korea.requirements.find(({ regime }) => regime === 'sanctions')).toMatchObject({
      kind: 'restriction',
      blocking: true,
    });
    const syria = await ask('code=0101210000&destination=EU&origin=SY');
    expect(syria.risk).toMatchObject({
      level: 'L6',
      label: 'block',
      recommended_action: 'Do not ship: Import prohibition.',
    });
  });

  it('embargoes of the United States are none of the Union, and a measure stands instead of the inference of its regime', async () => {
    const cuban = await ask('code=0101210000&destination=EU&origin=CU');
    expect(cuban.regimes.map(({ regime }) => regime)).not.toContain('embargo');
    expect(cuban.requirements.filter(({ regime }) => regime === 'veterinary')).toHaveLength(1);
    // No measure on cement of Russia is held: the act is a reason to look.
    const russian = await ask('code=2523290000&destination=EU&origin=RU');
    expect(russian.regimes.find(({ regime }) => regime === 'sanctions')).toMatchObject({ authority: 'inferred' });
  });

  it('an additional duty for a group reaches its members only', async () => {
    const member = await ask('code=0101210000&destination=EU&origin=BD');
    expect(member.exposures).toMatchObject([{ kind: 'surcharge', regime: 'antidumping' }]);
    expect((await ask('code=0101210000&destination=EU&origin=US')).exposures).toEqual([]);
  });

  it('CBAM is inferred from the annex, never for what the annex excludes or for its origins, and never a licence', async () => {
    const cement = await ask('code=2523290000&destination=EU&origin=TR');
    expect(cement.regimes).toMatchObject([{ regime: 'cbam', authority: 'inferred' }]);
    expect(cement.risk.level).toBe('L3');
    expect(cement.regimes[0]?.obligations.join()).toContain('50 tonnes');
    expect((await ask('code=2523290000&destination=EU&origin=NO')).regimes).toEqual([]);
    expect((await ask('code=3105600000&destination=EU&origin=TR')).regimes).toEqual([]);
    // Before 2026 no certificates were due; in 2024 nobody knew of the threshold.
    expect((await ask('code=2523290000&destination=EU&origin=TR&as_of=2024-06-01')).risk.available).toBe(true);
    const earlier = await ask('code=2523290000&destination=EU&origin=TR&known_at=2026-06-02');
    expect(earlier.regimes[0]?.obligations.join()).toContain('50 tonnes');
  });

  it('an extract that holds next to no controls says so: no level instead of none', async () => {
    const { risk, parts, available } = await ask('code=3105600000&destination=EU&origin=TR');
    expect(available).toBe(true);
    expect(risk).toMatchObject({ available: false, level: null });
    expect(risk.reason).toContain('unknown is not none');
    expect(parts.find(({ part }) => part === 'measures')?.reason).toContain('an extract');
  });

  it('what is not held is available: false with the reason', async () => {
    for (const [query, word] of [
      ['code=0101210000&destination=GB&origin=US', 'gb.tariff'],
      ['code=0101210000&destination=BR&origin=US', 'BR'],
      ['code=0101210000&destination=US&origin=CN', 'us.htsus'],
    ] as const) {
      const data = await ask(query);
      expect(data, query).toMatchObject({
        available: false,
        requirements: [],
        risk: { available: false, level: null },
      });
      expect(data.reason).toContain(word);
    }
  });

  it('a number that is no line has no requirements of the lines above: nothing can be told', async () => {
    for (const code of ['0101990000', '9999999999']) {
      const data = await ask(`code=${code}&destination=DE&origin=US`);
      expect(data).toMatchObject({ available: false, declarable: null, requirements: [], regimes: [] });
      expect(data.reason).toMatch(/has no line at or below it on 2026-06-10/);
      expect(data.risk).toMatchObject({ available: false, level: null });
    }
    // No line of its own, but lines below it.
    expect(await ask('code=31056&destination=DE&origin=US')).toMatchObject({ available: true, declarable: false });
  });

  it('refuses what is no question', async () => {
    const app = await api();
    expect(problemOf(await app.inject('/api/v1/requirements?code=01&destination=EU&origin=US')).code).toBe(
      'invalid-request',
    );
    expect(problemOf(await app.inject('/api/v1/requirements?code=0101&destination=Europe&origin=US')).status).toBe(400);
  });
});

describe('POST /validate on the same ledger', () => {
  const judge = async (payload: Record<string, unknown>, status = 200) => {
    const app = await api();
    const response = await app.inject({ method: 'POST', url: '/api/v1/validate', payload });
    expect(response.statusCode, response.body.slice(0, 300)).toBe(status);
    return validateAnswer.parse(response.json()).data;
  };
  const statusOf = (data: Awaited<ReturnType<typeof judge>>, rule: string) =>
    data.findings.find((each) => each.rule === rule);

  it('fails what is prohibited, warns of embargoes, names the documents', async () => {
    const syria = await judge({ code: '0101.21.00.00', destination: 'EU', origin: 'SY' });
    expect(syria.verdict).toBe('fail');
    expect(statusOf(syria, 'traps')?.message).toContain('Import prohibition');
    const korea = await judge({ code: '0101210000', destination: 'FR', origin: 'KP' });
    expect(korea.verdict).toBe('warn');
    expect(statusOf(korea, 'documents')).toMatchObject({ status: 'warn' });
  });

  it('is 422 on a fail only when asked for, with the same body', async () => {
    const body = { code: '0101', destination: 'EU' };
    const lenient = await judge(body);
    expect(statusOf(lenient, 'declarable')).toMatchObject({
      status: 'fail',
      details: { declarable_lines_below: 1, digits_needed: 10 },
    });
    expect(await judge({ ...body, strict_status: true }, 422)).toEqual(lenient);
    await judge({ code: '0101210000', destination: 'EU', strict_status: true });
  });

  it('nothing found in an extract is not evaluated, and a destination without tariff never passes', async () => {
    const data = await judge({ code: '3105600000', destination: 'EU', origin: 'TR' });
    expect(statusOf(data, 'documents')).toMatchObject({ status: 'not_evaluated' });
    expect(data.complete).toBe(false);
    const nowhere = await judge({ code: '3105600000', destination: 'JP', origin: 'TR' });
    expect(nowhere).toMatchObject({ verdict: 'warn', complete: false });
    expect(statusOf(nowhere, 'active')?.status).toBe('not_evaluated');
  });
});
