import { describe, expect, it } from 'vitest';
import { wcoHs } from '../../../ingest/sources/wco-hs.ts';
import type { Issue } from '../../../ingest/source.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const lines = `section,hscode,description,parent,level
I,01,Animals; live,TOTAL,2
I,0101,"Horses, asses",01,4
I,010121," Horses; breeding ",0101,6
TOTAL,99,Not specified,TOTAL,2
TOTAL,TOTAL,Total of all,TOTAL,5
`;
const sections = '\uFEFFsection,name\nI,live animals \nXIV,Pearls\n';

async function run(nomenclature: string, names = sections) {
  const issues: Issue[] = [];
  const files = editionFiles({ nomenclature: Buffer.from(nomenclature), sections: Buffer.from(names) });
  const records = await collect(
    wcoHs.normalise(wcoHs.parse(files, edition('HS 2022.0')), contextFor('HS 2022.0', issues)),
  );
  return { records, issues };
}

describe('wco.hs', () => {
  it('places lines by their digits and only the last level is a leaf', async () => {
    const { records } = await run(lines);
    const line = (key: string) => records.find((record) => 'natural_key' in record && record.natural_key === key);
    expect(line('010121')).toMatchObject({
      parent_key: '0101',
      ancestors: ['0101', '01'],
      depth: 2,
      declarable: true,
      description: 'Horses; breeding',
      attributes: { section: 1 },
    });
    expect(line('0101')).toMatchObject({ declarable: false, depth: 1 });
    for (const record of records) expect(() => tariffRecord.parse(record)).not.toThrow();
  });

  it('names sections with their number and chapters', async () => {
    const { records } = await run(lines);
    expect(records.filter((record) => record.kind === 'reference')).toMatchObject([
      { subject: '1', data: { number: 1, title: 'live animals', chapters: ['01'] } },
      { subject: '14', data: { number: 14, chapters: [] } },
    ]);
  });

  it('leaves the stray total out and says so; chapter 99 is marked as statistical', async () => {
    const { records, issues } = await run(lines);
    expect(issues).toMatchObject([{ severity: 'info', code: 'row-of-totals', place: { row: 6 } }]);
    expect(records.find((record) => 'natural_key' in record && record.natural_key === '99')).toMatchObject({
      attributes: { statistical_only: true },
    });
  });

  it('reports a line without its heading', async () => {
    const { issues } = await run('section,hscode,description,parent,level\nI,01,x,TOTAL,2\nI,010129,y,0101,6\n');
    expect(issues).toMatchObject([{ severity: 'error', code: 'parent-missing' }]);
  });

  it('refuses a file without a column it needs', async () => {
    await expect(run('section,code,description\nI,01,x\n')).rejects.toThrow(/no column hscode/);
  });
});
