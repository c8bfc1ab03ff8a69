import { describe, expect, it } from 'vitest';
import { noTolltariffen } from '../../../ingest/sources/no-tolltariffen.ts';
import { loadEdition } from '../../support/edition-load.ts';
import { edition } from '../../support/source-run.ts';

const line = (id: string, hsNumber: string, item: string) => ({ type: 'commodity', id, hsNumber, item, pap: false });
const tariff = (divisions: object[]) => ({
  version: '1.5',
  sections: [
    {
      type: 'section',
      id: '06',
      description: 'Chemicals ',
      chapters: [
        {
          type: 'chapter',
          id: '28',
          description: 'Inorganic chemicals',
          divisions: [
            {
              type: 'subchapter',
              id: '28.00',
              description: 'ELEMENTS',
              headings: [{ type: 'heading', id: '2801', description: 'Halogens', divisions }],
            },
          ],
        },
      ],
    },
  ],
});
const rate = (id: string, ...rates: [object, string[]][]) => ({
  id,
  rateTradeAgreements: rates.map(([customDuty, landCodes]) => ({ customDuty, landCodes })),
});
const load = (divisions: object[], commodities: object[] = []) =>
  loadEdition(noTolltariffen, edition('x'), {
    structure: Buffer.from(JSON.stringify(tariff(divisions))),
    agreements: Buffer.from(JSON.stringify({ version: '1.0', commodities })),
    members: Buffer.from(
      JSON.stringify({
        medlemsland: [
          { landkode: 'AF', landgrupper: [{ landgruppekode: 'TGS1', fomdato: '1990-01-01', tomdato: '2020-12-31' }] },
          { landkode: 'BD', landgrupper: [{ landgruppekode: 'TGS1', fomdato: '1990-01-01', tomdato: '' }] },
        ],
      }),
    ),
  });

describe('no.tolltariffen', () => {
  it('keys texts without a code by their path, so that a new neighbour does not change them', async () => {
    const other = {
      type: 'subsubheading',
      description: ' Other : ',
      hsNumber: '28012',
      divisions: [line('28012000', '280120', ' Iodine ')],
    };
    const before = await load([other]);
    const after = await load([line('28011000', '280110', 'Chlorine'), other]);
    const uncoded = (loaded: typeof before) => [...loaded.goods.values()].filter((each) => each.code === null);
    expect(uncoded(before).map((each) => each.natural_key)).toEqual(uncoded(after).map((each) => each.natural_key));
    expect(after.goods.get('28012000')).toMatchObject({ description: 'Iodine', depth: 4, declarable: true });
    expect(after.goods.get('28012000')?.ancestors).toHaveLength(4);
    expect(after.goods.get('28012000')?.ancestors.filter((key) => !key.includes('~'))).toEqual(['2801', '28']);
  });

  it('numbers equal texts under one code', async () => {
    const twin = (id: string) => ({
      type: 'subsubheading',
      description: 'Other',
      hsNumber: '2801',
      divisions: [line(id, '2801', 'x')],
    });
    const { goods } = await load([twin('28011000'), twin('28012000')]);
    const keys = [...goods.values()].filter((each) => each.description === 'Other').map((each) => each.natural_key);
    expect(new Set(keys).size).toBe(2);
  });

  it('tells free, NA, per kilogram, per cent and variable apart', async () => {
    const { measures, issues } = await load(
      [line('28011000', '280110', 'Chlorine')],
      [
        rate(
          '28011000',
          [{ value: null, type: null, classifier: 'FREE' }, ['EU', 'EEA']],
          [{ value: null, type: null, classifier: 'NA' }, ['GSP']],
          [{ value: 29.05, type: 'pr.kg' }, ['GB']],
          [{ value: 310, type: '%' }, ['TR']],
          [{ value: null, type: null, classifier: 'VARIABLE' }, ['UA']],
        ),
      ],
    );
    expect([...measures.values()].map((each) => [each.programmes, each.duty])).toEqual([
      [['EEA', 'EU'], { op: 'free' }],
      [['GB'], { op: 'specific', amount: '29.05', currency: 'NOK', per: '1', unit: 'KGM' }],
      [['TR'], { op: 'ad_valorem', rate: '3.1' }],
      [['UA'], { op: 'not_computable', reason: 'variable', text: 'VARIABLE' }],
    ]);
    expect(issues.map((issue) => issue.code)).toEqual(['duty-not-computable']);
  });

  it('takes a zero beside a raw VARIABLE for a duty that is not known, and a plain zero for zero', async () => {
    const agreed = (value: number, code: string, raw?: object) => ({
      customDuty: { value, type: 'pr.kg' },
      ...(raw ? { rawCustomDuty: raw } : {}),
      landCodes: [code],
    });
    const raw = { value: null, type: null, classifier: 'VARIABLE' };
    const biscuits = {
      id: '28011000',
      rateTradeAgreements: [agreed(0, 'EU', raw), agreed(5.2, 'GB', raw), agreed(0, 'TR')],
    };
    const { measures } = await load([line('28011000', '280110', 'x')], [biscuits]);
    expect([...measures.values()].map(({ programmes, duty }) => [programmes, duty])).toEqual([
      [['EU'], { op: 'not_computable', reason: 'variable', text: 'VARIABLE (0 pr.kg)' }],
      [['GB'], { op: 'not_computable', reason: 'variable', text: 'VARIABLE (5.2 pr.kg)' }],
      [['TR'], { op: 'specific', amount: '0', currency: 'NOK', per: '1', unit: 'KGM' }],
    ]);
  });

  it.each([999999.99, '999999,99'])('takes the sentinel %s for no rate, not for a million', async (value) => {
    const { measures } = await load(
      [line('28011000', '280110', 'x')],
      [rate('28011000', [{ value, type: 'pr.kg' }, ['GB']])],
    );
    expect([...measures.values()][0]?.duty).toMatchObject({ op: 'not_computable', reason: 'no_rate' });
  });

  it('counts codes that have rates and no line', async () => {
    const { issues } = await load([], [rate('28019900', [{ value: null, type: null, classifier: 'FREE' }, ['EU']])]);
    expect(issues).toMatchObject([{ code: 'code-not-in-nomenclature', place: { codes: 1 } }]);
  });

  it('keeps the dates of memberships, the last day made exclusive', async () => {
    const { references } = await load([]);
    expect(references.get('geographical-area:TGS1:AF:1990-01-01')?.data['member_to']).toBe('2021-01-01');
    expect(references.get('geographical-area:TGS1:BD:1990-01-01')?.data['member_to']).toBeNull();
  });
});
