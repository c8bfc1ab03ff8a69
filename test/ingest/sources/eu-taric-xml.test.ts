import { describe, expect, it } from 'vitest';
import { openMirror } from '../../../ingest/fetch/mirror.ts';
import { ParseFailure } from '../../../ingest/parse-failure.ts';
import { euTaricXml } from '../../../ingest/sources/eu-taric-xml.ts';
import { loadEdition } from '../../support/edition-load.ts';
import { writeMirror } from '../../support/mirror-folder.ts';
import { collect, edition } from '../../support/source-run.ts';
import { zipOf } from '../../support/workbook.ts';

type Fields = Record<string, string>;
type Message = [code: string, update: 1 | 2 | 3, entity: string, fields: Fields];

/** A file in the layout of the Commission's envelope, one record per message. */
function envelope(id: string, messages: Message[], first = 1): string {
  const records = messages.map(([code, update, entity, fields], index) => {
    const inner = Object.entries(fields)
      .map(([name, value]) => `<oub:${name}>${value}</oub:${name}>`)
      .join('');
    return `<env:transaction id="${index}"><env:app.message id="1"><oub:transmission xmlns:oub="urn:publicid:-:DGTAXUD:TARIC:MESSAGE:1.0"><oub:record><oub:transaction.id>${index}</oub:transaction.id><oub:record.code>${code.slice(0, 3)}</oub:record.code><oub:subrecord.code>${code.slice(3)}</oub:subrecord.code><oub:record.sequence.number>${index + first}</oub:record.sequence.number><oub:update.type>${update}</oub:update.type><oub:${entity}>${inner}</oub:${entity}></oub:record></oub:transmission></env:app.message></env:transaction>`;
  });
  return `<?xml version="1.0"?><env:envelope xmlns:env="urn:publicid:-:DGTAXUD:GENERAL:ENVELOPE:1.0" id="${id}">${records.join('')}</env:envelope>`;
}

const measure = (sid: string, update: 1 | 2 | 3, more: Fields = {}): Message => [
  '43000',
  update,
  'measure',
  {
    'measure.sid': sid,
    'measure.type': '142',
    'geographical.area': 'UA',
    'goods.nomenclature.item.id': '0805102400',
    'validity.start.date': '2019-01-01',
    'measure.generating.regulation.id': 'R1816020',
    'stopped.flag': '0',
    ...more,
  },
];
const component = (sid: string, update: 1 | 2 | 3, id: string, amount: string, more: Fields = {}): Message => [
  '43005',
  update,
  'measure.component',
  { 'measure.sid': sid, 'duty.expression.id': id, 'duty.amount': amount, ...more },
];

const archive = (files: Record<string, Message[]>) =>
  zipOf(
    Object.fromEntries(
      Object.entries(files).map(([label, messages]) => [`${label}.xml`, envelope(label.slice(3), messages)]),
    ),
  );
const load = (label: string, files: Record<string, Message[]>) =>
  loadEdition(euTaricXml, edition(label), { increments: archive(files) });

describe('eu.taric-xml', () => {
  it('puts a measure together from its records', async () => {
    const { measures, issues } = await load('TGB19001', {
      TGB19001: [
        measure('10', 3, { 'validity.end.date': '2019-06-30', ordernumber: '096704' }),
        component('10', 3, '01', '12.8'),
        component('10', 3, '04', '176.8', { 'monetary.unit.code': 'EUR', 'measurement.unit.code': 'DTN' }),
        [
          '43010',
          3,
          'measure.condition',
          {
            'measure.condition.sid': '5',
            'measure.sid': '10',
            'condition.code': 'V',
            'component.sequence.number': '1',
            'condition.duty.amount': '35.40',
            'condition.monetary.unit.code': 'EUR',
            'condition.measurement.unit.code': 'DTN',
            'action.code': '01',
          },
        ],
        [
          '43011',
          3,
          'measure.condition.component',
          { 'measure.condition.sid': '5', 'duty.expression.id': '01', 'duty.amount': '0' },
        ],
        ['43015', 3, 'measure.excluded.geographical.area', { 'measure.sid': '10', 'excluded.geographical.area': 'TR' }],
        [
          '43020',
          3,
          'footnote.association.measure',
          { 'measure.sid': '10', 'footnote.type.id': 'CD', 'footnote.id': '727' },
        ],
      ],
    });
    expect(measures.get('measure:10')).toMatchObject({
      code: '08051024',
      valid_from: '2019-01-01',
      valid_to: '2019-07-01',
      quota_order_number: '096704',
      duty_expression: '12.800 % + 176.800 EUR DTN',
      duty: { op: 'sum' },
      excluded_areas: ['TR'],
      footnotes: ['CD727'],
      conditions: [{ condition_code: 'V', amount: '35.4', currency: 'EUR', unit: 'DTN', duty_expression: '0.000 %' }],
      legal_base_url: 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32018R1602',
    });
    expect(issues.map((issue) => issue.code)).toEqual(['increment-applied']);
  });

  it('takes an empty element for a missing one: no additional code, no reduction, no quota, no end', async () => {
    const names = [
      'validity.end.date',
      'ordernumber',
      'additional.code.type',
      'additional.code',
      'reduction.indicator',
    ];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    const component7 = component('11', 3, '01', '40', { 'monetary.unit.code': 'EUR', 'measurement.unit.code': '' });
    const meursing = measure('11', 3, { ...empty, 'goods.nomenclature.item.id': '', 'measure.type': '674' });
    const { measures, records } = await load('TGB19001', {
      TGB19001: [measure('10', 3, empty), component('10', 3, '01', '12.8'), meursing, component7],
    });
    expect(measures.get('measure:10')).toMatchObject({
      additional_code: null,
      quota_order_number: null,
      reduction_indicator: null,
      valid_to: null,
    });
    expect(records.find(({ natural_key }) => natural_key === 'measure:11')).toMatchObject({
      topic: 'meursing',
      data: { reduction_indicator: null, additional_code: null, unit: null, amount: '40' },
    });
  });

  it('states all that is known up to its increment, with what earlier ones brought', async () => {
    const files = {
      TGB19001: [measure('10', 3), component('10', 3, '01', '5'), measure('11', 3)],
      TGB19002: [measure('10', 1, { 'validity.end.date': '2019-03-31' })],
    };
    const { measures } = await load('TGB19002', files);
    expect([...measures.keys()]).toEqual(['measure:10', 'measure:11']);
    expect(measures.get('measure:10')).toMatchObject({
      valid_to: '2019-04-01',
      duty: { op: 'ad_valorem', rate: '0.05' },
    });
    expect([...(await load('TGB19001', files)).measures.keys()]).toEqual(['measure:10', 'measure:11']);
  });

  it('updates a component and takes a deleted one away', async () => {
    const before = [measure('10', 3), component('10', 3, '01', '5'), component('10', 3, '04', '2')];
    const { measures } = await load('TGB19002', {
      TGB19001: before,
      TGB19002: [component('10', 1, '01', '4'), component('10', 2, '04', '2')],
    });
    expect(measures.get('measure:10')?.duty_expression).toBe('4.000 %');
  });

  it('says that a measure is deleted', async () => {
    const { deletions, records } = await load('TGB19002', {
      TGB19001: [measure('10', 3)],
      TGB19002: [measure('10', 2)],
    });
    expect(deletions).toEqual([{ kind: 'deletion', of: 'measure', natural_key: 'measure:10' }]);
    expect(records).toEqual([]);
  });

  it('knows no duty of a measure whose components came before the first increment', async () => {
    const { measures } = await load('TGB19001', {
      TGB19001: [
        measure('10', 1, { 'validity.end.date': '2019-03-31' }),
        measure('11', 1),
        component('11', 1, '01', '3'),
      ],
    });
    expect(measures.get('measure:10')?.duty).toMatchObject({ op: 'not_computable', reason: 'components_not_held' });
    // One component of it was sent, others may exist.
    expect(measures.get('measure:11')?.duty).toMatchObject({ op: 'not_computable', text: '3.000 %' });
  });

  it('reports parts of a measure that is not held', async () => {
    const { issues } = await load('TGB19001', { TGB19001: [component('99', 1, '01', '3')] });
    expect(issues).toContainEqual(expect.objectContaining({ code: 'measure-not-held', place: { measures: 1 } }));
  });

  it('refuses a duty expression it does not know rather than leaving it out', async () => {
    const files = { TGB19001: [measure('10', 3), component('10', 3, '88', '5')] };
    await expect(load('TGB19001', files)).rejects.toThrow('unknown duty expression 88');
  });

  it('refuses a file that is cut: its records are numbered', async () => {
    const cut = zipOf({ 'TGB19001.xml': envelope('19001', [measure('10', 3)], 2) });
    await expect(loadEdition(euTaricXml, edition('TGB19001'), { increments: cut })).rejects.toThrow(
      'TGB19001: record 1 is missing, 2 follows',
    );
  });

  it('refuses a file with the envelope of another', async () => {
    const wrong = zipOf({ 'TGB19001.xml': envelope('19002', [measure('10', 3)]) });
    await expect(loadEdition(euTaricXml, edition('TGB19001'), { increments: wrong })).rejects.toThrow(
      'TGB19001 holds the envelope 19002',
    );
  });
});

describe('the sequence of increments', () => {
  const url = 'mirror:eu/taric3/TGB18241_to_5.zip';
  const mirrorOf = async (files: Record<string, Message[]>) =>
    openMirror(
      await writeMirror({ '': [{ url, file: 'a.zip', body: archive(files), media_type: 'application/zip' }] }),
    );
  const discover = async (files: Record<string, Message[]>, known: string[] = []) => {
    const body = archive(files);
    const fetch = await openMirror(
      await writeMirror({ '': [{ url, file: 'a.zip', body, media_type: 'application/zip' }] }),
    );
    const labels: string[] = [];
    const context = {
      fetch,
      known: known.map((label) => ({ label, publishedAt: '2018-12-20T00:00:00.000Z' })),
      today: '2019-01-10',
    };
    let error = '';
    try {
      for await (const each of euTaricXml.discover(context)) labels.push(each.label);
    } catch (caught) {
      error = String(caught);
    }
    return { labels, error };
  };

  it('stops at an omitted file and names it', async () => {
    const files = { TGB18241: [measure('10', 3)], TGB18243: [], TGB18244: [] };
    expect((await discover(files)).labels).toEqual(['TGB18241', 'TGB18243', 'TGB18244']);
    expect((await load('TGB18241', files)).measures.size).toBe(1);
    for (const label of ['TGB18243', 'TGB18244']) {
      const failure = load(label, files);
      await expect(failure).rejects.toBeInstanceOf(ParseFailure);
      await expect(failure).rejects.toThrow(
        'TGB18242.xml is missing: TGB18241 is followed by TGB18243. Increments apply in order; nothing after TGB18241 is loaded',
      );
    }
  });

  it('continues after what is published, and only directly after it', async () => {
    const next = await discover({ TGB18241: [], TGB18242: [] }, ['TGB18241']);
    expect(next).toEqual({ labels: ['TGB18241', 'TGB18242'], error: '' });
    expect((await discover({ TGB18242: [] }, ['TGB18241'])).error).toBe('');
    const gap = await discover({ TGB18244: [] }, ['TGB18242']);
    expect(gap.labels).toEqual([]);
    expect(gap.error).toContain('Quarantined: TGB18244: sequence-broken: TGB18243.xml is missing');
  });

  it('starts again with 001 in a new year', async () => {
    const turn = { TGB18250: [measure('10', 3)], TGB19001: [] };
    expect((await load('TGB19001', turn)).measures.size).toBe(1);
    await expect(load('TGB19002', { TGB18250: [], TGB19002: [] })).rejects.toThrow('TGB19001.xml is missing');
  });

  it("keeps the order of files that share the archive's date", async () => {
    const fetch = await mirrorOf({ TGB18241: [], TGB18242: [] });
    const editions = await collect(euTaricXml.discover({ fetch, known: [], today: '2019-01-10' }));
    expect(editions.map((each) => each.publishedAt)).toEqual(['2026-06-08T00:00:00.000Z', '2026-06-08T00:00:00.001Z']);
  });
});
