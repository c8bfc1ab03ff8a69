import { describe, expect, it } from 'vitest';
import { registerItems } from '../../../transforms/us/federal-register-xml.ts';
import { collect } from '../../support/source-run.ts';

describe('registerItems', () => {
  it('gives table rows, images and titles in order', async () => {
    const xml = `<NOTICE><HD SOURCE="HD1">Annex A</HD><GPOTABLE COLS="3"><BOXHD><CHED H="1">HTSUS</CHED></BOXHD>
      <ROW><ENT I="01">0201.10.05</ENT><ENT>Bovine carcasses,
      fresh</ENT></ROW><ROW><ENT I="01">8803.30.00</ENT><ENT>Parts</ENT><ENT>Aircraft.</ENT></ROW></GPOTABLE>
      <GPH SPAN="3" DEEP="640"><PRTPAGE P="34277"/><GID>EN05JN26.097</GID></GPH></NOTICE>`;
    expect(await collect(registerItems([xml]))).toEqual([
      { of: 'title', text: 'Annex A' },
      { of: 'row', cells: ['0201.10.05', 'Bovine carcasses, fresh'] },
      { of: 'row', cells: ['8803.30.00', 'Parts', 'Aircraft.'] },
      { of: 'image', id: 'EN05JN26.097' },
    ]);
  });
});
