import { describe, expect, it } from 'vitest';
import { hsCorrelations } from '../../../ingest/sources/hs-correlations.ts';
import { loadEdition } from '../../support/edition-load.ts';
import { edition } from '../../support/source-run.ts';
import { workbookOf } from '../../support/workbook.ts';

const load = (table: Buffer) => loadEdition(hsCorrelations, edition('x'), { table });
const rows = [
  ['010121', '010121', '1:1'],
  ['851711', '851711', '1:n'],
  ['851711', '851718', '1:n'],
  ['030481', '030489', 'n:1'],
  ['030482', '030489', 'n:1'],
];

describe('hs.correlations (hand-made files: the official tables have not been read yet)', () => {
  it('reads a workbook and a CSV alike and counts the relationship', async () => {
    const book = await load(workbookOf([['From HS 2022', 'To HS 2017', 'Relationship'], ...rows]));
    const text = await load(
      Buffer.from(['HS 2022,HS 2017,Relationship', ...rows.map((row) => row.join(',')), ''].join('\n')),
    );
    expect([...book.references.values()]).toEqual([...text.references.values()]);
    expect([...book.references.values()].map((each) => [each.code, each.subject, each.data['relationship']])).toEqual(
      rows,
    );
    expect(book.references.has('hs2022:851711>hs2017:851718')).toBe(true);
    expect(book.issues).toEqual([]);
  });

  it('counts many to many, and says where the printed relationship is another', async () => {
    const { references, issues } = await load(
      Buffer.from('HS 2022,HS 2017,Relationship\n010121,010121,1:1\n010121,010129,n:n\n010129,010129,n:1\n'),
    );
    expect([...references.values()].map((each) => each.data['relationship'])).toEqual(['1:n', 'n:n', 'n:1']);
    expect(issues).toMatchObject([{ severity: 'warning', code: 'relationship-differs' }]);
  });

  it('does not guess a code that has lost its first zero', async () => {
    const { references, issues } = await load(
      workbookOf([
        ['HS 2022', 'HS 2017'],
        [10121, 10121],
      ]),
    );
    expect([references.size, issues[0]?.code]).toEqual([0, 'unknown-code']);
  });

  it('refuses other columns', async () => {
    await expect(load(Buffer.from('HS 2022,HS 2017,CN 2022\n010121,010121,1\n'))).rejects.toThrow('not the columns');
    await expect(load(Buffer.from('code,other\n010121,010121\n'))).rejects.toThrow('not the columns');
  });
});
