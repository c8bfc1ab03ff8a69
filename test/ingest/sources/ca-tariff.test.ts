import { describe, expect, it } from 'vitest';
import { caTariff } from '../../../ingest/sources/ca-tariff.ts';
import { parseCanadianRate } from '../../../transforms/ca/parse-rate.ts';
import { loadEdition } from '../../support/edition-load.ts';
import { edition } from '../../support/source-run.ts';

const header = 'TARIFF,EFF_DATE,DESC1,DESC2,DESC3,UOM,MFN,UST,GPT';
const load = (...rows: string[]) =>
  loadEdition(caTariff, edition('T2026'), { tariff: Buffer.from([header, ...rows, ''].join('\r\n')) });

describe('ca.tariff (hand-made files: the official table has not been read yet)', () => {
  it('reads lines and one measure per treatment that gives a rate', async () => {
    const { goods, measures, issues } = await load(
      '0101,2026-01-01,Live horses,,,,,,',
      '0101.21.00,2026-01-01,Horses:,Pure-bred,,NMB,Free,Free,N/A',
      '0101.21.00.10,2026-01-01,Male,,,NMB,,,',
    );
    expect(goods.get('01012100')).toMatchObject({
      parent_key: '0101',
      description: 'Horses: Pure-bred',
      declarable: false,
    });
    expect(goods.get('0101210010')).toMatchObject({
      ancestors: ['01012100', '0101'],
      declarable: true,
      units: ['NMB'],
    });
    expect([...measures.values()].map((each) => [each.measure_type, each.programmes, each.duty])).toEqual([
      ['mfn', [], { op: 'free' }],
      ['preference', ['UST'], { op: 'free' }],
    ]);
    expect(issues).toEqual([]);
  });

  it('refuses a column it does not know and reports codes and rates it cannot read', async () => {
    const other = Buffer.from(`${header},XYZ\n0101,,,,,,,,,\n`);
    await expect(loadEdition(caTariff, edition('x'), { tariff: other })).rejects.toThrow('unknown column XYZ');
    const { issues } = await load('01012,,x,,,,Free,,', '0102,,y,,,,see note 3,,');
    expect(issues.map((issue) => issue.code)).toEqual(['unknown-code', 'duty-not-understood']);
  });

  it('says that it is partial in every family', () => {
    expect(Object.keys(caTariff.covers.partial ?? {}).sort()).toEqual([...caTariff.covers.families].sort());
  });

  it.each([
    ['Free', { op: 'free' }],
    ['N/A', null],
    ['6.5%', { op: 'ad_valorem', rate: '0.065' }],
    ['3.32¢/kg', { op: 'specific', amount: '0.0332', currency: 'CAD', per: '1', unit: 'KGM' }],
    [
      '$2.12/kg and 5%',
      {
        op: 'sum',
        terms: [
          { op: 'specific', amount: '2.12' },
          { op: 'ad_valorem', rate: '0.05' },
        ],
      },
    ],
    [
      '$1.90/kg but not less than 10%',
      { op: 'larger_of', terms: [{ op: 'specific', amount: '1.90' }, { op: 'ad_valorem' }] },
    ],
    ['5% or 2%', { op: 'not_computable', reason: 'unrecognised' }],
  ])('rate %s', (printed, duty) => {
    const parsed = parseCanadianRate(printed);
    if (duty === null) expect(parsed).toBeNull();
    else expect(parsed).toMatchObject(duty);
  });
});
