import { describe, expect, it } from 'vitest';
import { amendedLists, annexRows } from '../../../transforms/us/annex-rows.ts';

const page = (...lines: string[]) => lines.join('\n');

describe('annexRows', () => {
  it('reads numbers with descriptions over lines and pages, with part, metal and scope', () => {
    const rows = annexRows([
      page(
        '1',
        'Annex I-A: 50% Tariff',
        'Note: applies to the following.',
        'Steel \tDescription',
        '7206',
        'Iron and nonalloy steel in ingots',
        '7216.99.51.60 \tAluminum castings',
      ),
      page(
        '2',
        'Annex II',
        'HTSUS Description',
        'Scope',
        'Limitations',
        '3917.21.00 Tubes of polymers of',
        'ethylene Aircraft',
        '2904.20.10 p-Nitrotoluene Pharma',
        '9802.00.80',
        'Articles assembled abroad Aircraft',
      ),
      page('3', 'HTSUS Description', 'Scope', 'Limitations', 'of components of the United States'),
    ]);
    expect(rows).toEqual([
      {
        part: 'annex-i-a',
        digits: '7206',
        description: 'Iron and nonalloy steel in ingots',
        scope: null,
        metal: 'steel',
      },
      { part: 'annex-i-a', digits: '7216995160', description: 'Aluminum castings', scope: null, metal: 'steel' },
      {
        part: 'annex-ii',
        digits: '39172100',
        description: 'Tubes of polymers of ethylene',
        scope: 'Aircraft',
        metal: null,
      },
      { part: 'annex-ii', digits: '29042010', description: 'p-Nitrotoluene', scope: 'Pharma', metal: null },
      {
        part: 'annex-ii',
        digits: '98020080',
        description: 'Articles assembled abroad of components of the United States',
        scope: 'Aircraft',
        metal: null,
      },
    ]);
  });

  it('does not make rows of numbers inside descriptions', () => {
    const rows = annexRows([
      page(
        'Annex I-B: 25%',
        'Steel',
        'Derivatives',
        'Description',
        '8431.20.00',
        'Parts suitable for use with the machinery of heading',
        '8427',
        '8708.99.68',
        'Parts of motor vehicles of headings',
        '8701 to 8705, for power trains',
        '8431.49.90',
        'Parts of machinery of heading 8426,',
        '8429 or 8430, nesoi',
      ),
    ]);
    expect(rows.map((row) => row.digits)).toEqual(['84312000', '87089968', '84314990']);
  });

  it('reads grids of bare numbers, closing quotation marks included, and no chapter 99', () => {
    const rows = annexRows([page('Annex II', '3501.90.20 \t3501.90.60', '9903.03.13 \t3504.00.50”')]);
    expect(rows.map((row) => row.digits)).toEqual(['35019020', '35019060', '35040050']);
  });
});

describe('amendedLists', () => {
  it('gives each subdivision its list and leaves quoted places out', () => {
    const lists = amendedLists([
      page(
        'a. By amending subdivision (m) to note 16,',
        'by inserting the following:',
        '7216.91.0010; 7307.19.90;',
        'VerDate Sep<11>2014 17:53 Aug 18, 2025',
        '40327 \tFederal Register / Vol. 90 / Notices',
        'b. By amending subdivision (n) to note 16,',
        'by inserting after',
        '‘‘9403.99.9020’’: 0402.99.68;',
        '2106.90.9998’’;',
        '(b) As provided in headings 9903.02.84 and 9903.02.89, not:',
        '0106.14.00 \t2529.22.00',
        '6. Heading 9903.01.25 is modified, 8471.30.01',
      ),
    ]);
    expect(lists).toEqual([
      { part: '16(m)', numbers: ['7216910010', '73071990'] },
      { part: '16(n)', numbers: ['04029968', '2106909998'] },
      { part: 'b', numbers: ['01061400', '25292200'] },
    ]);
  });
});
