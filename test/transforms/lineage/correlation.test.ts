import { describe, expect, it } from 'vitest';
import { correlationLink, keptSubheading } from '../../../transforms/lineage/correlation.ts';

const row = { from_edition: '2017', to_edition: '2022', from: '852520', to: '852521', relationship: '1:n' };

describe('correlation of HS editions', () => {
  it('leads from the older to the newer edition, whichever way the table is printed', () => {
    const forwards = correlationLink(row, 3);
    expect(forwards).toMatchObject({ from: '852520', to: '852521', kind: 'split', effective_date: '2022-01-01' });
    const printedBackwards = {
      from_edition: '2022',
      to_edition: '2017',
      from: '852521',
      to: '852520',
      relationship: 'n:1',
    };
    expect(correlationLink(printedBackwards, 3)).toMatchObject({
      from: '852520',
      to: '852521',
      kind: 'split',
      effective_date: '2022-01-01',
    });
  });
  it('a subheading that kept its number is no link, and what is no row is none either', () => {
    expect(correlationLink({ ...row, to: '852520' }, 3)).toBeNull();
    expect(correlationLink({ ...row, from: '8525' }, 3)).toBeNull();
    expect(correlationLink(null, 3)).toBeNull();
  });

  it('a subheading that gave goods away and goes on is one part of its split', () => {
    const kept = keptSubheading({ ...row, to: '852520' });
    expect(keptSubheading(row)).toBeNull();
    const link = correlationLink(row, 3, new Set([kept ?? '']));
    expect(link).toMatchObject({ to: '852521', kind: 'split', from_continues: true, to_existed: false });
    expect(correlationLink(row, 3)).toMatchObject({ from_continues: false });
    // What a subheading of another edition did is another matter.
    expect(
      correlationLink({ ...row, from_edition: '2022', to_edition: '2028' }, 3, new Set([kept ?? ''])),
    ).toMatchObject({
      from_continues: false,
    });
  });
});
