import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statedTransfers } from '../../../transforms/lineage/change-record.ts';
import type { LineageLine } from '../../../transforms/lineage/line.ts';
import { lineageLinks } from '../../../transforms/lineage/links.ts';

const line = (code: string, path: string[], more: Partial<LineageLine> = {}): LineageLine => ({
  code,
  declarable: true,
  path: ['Medicaments', ...path],
  units: ['kg'],
  rate: 'Free',
  ...more,
});
const shown = (links: ReturnType<typeof lineageLinks>) => links.map(({ from, to, kind }) => `${from}>${to} ${kind}`);

describe('lineage between two states of a heading', () => {
  it('follows a code whose digits were given to other goods on the same day', () => {
    // HTS 2026 Revision 2: 3004.90.9204 was fluconazole and became oseltamivir; fluconazole went to 3004.90.9207.
    const before = [
      line('3004909202', ['Antivirals']),
      line('3004909204', ['Antifungals:', 'Containing fluconazole']),
      line('3004909206', ['Antifungals:', 'Other']),
    ];
    const after = [
      line('3004909204', ['Antivirals:', 'Containing oseltamivir']),
      line('3004909206', ['Antivirals:', 'Other']),
      line('3004909207', ['Antifungals:', 'Containing fluconazole']),
      line('3004909208', ['Antifungals:', 'Other']),
    ];
    expect(shown(lineageLinks({ before, after }))).toEqual([
      '3004909202>3004909204 split',
      '3004909202>3004909206 split',
      '3004909204>3004909207 renumbered',
      '3004909206>3004909208 renumbered',
    ]);
  });

  it('puts a line that is gone into the residual line beside it, and calls that a merger with what stood there', () => {
    const rest = line('2905220090', ['Terpene alcohols', 'Other']);
    const before = [line('2905220020', ['Terpene alcohols', 'Linalool oxide']), rest];
    const [link, ...others] = lineageLinks({ before, after: [rest] });
    expect(others).toEqual([]);
    expect(link).toMatchObject({ from: '2905220020', to: '2905220090', kind: 'merged', to_existed: true });
  });

  it('takes a new line out of a residual one that goes on: a split of which it is one part, never a new number for it', () => {
    const rest = line('2106909285', ['Preparations', 'Other']);
    const after = [line('2106909275', ['Preparations', 'Pea protein']), rest];
    expect(lineageLinks({ before: [rest], after })).toMatchObject([
      { from: '2106909285', to: '2106909275', kind: 'split', from_continues: true },
    ]);
  });

  it('follows a substance by its number, and what the purer line leaves out into the rest', () => {
    const rest = line('2907120090', ['Cresols', 'Other']);
    const before = [line('2907120030', ['Cresols', 'p-Cresol (CAS RN 106-44-5)']), rest];
    const after = [
      line('2907120040', ['Cresols', 'p-Cresol (CAS RN 106-44-5) with a purity by weight of 99 % or more']),
      line('2907120050', ['Cresols', 'm-Cresol (CAS RN 108-39-4) with a purity by weight of 99 % or more']),
      rest,
    ];
    expect(shown(lineageLinks({ before, after }))).toEqual([
      '2907120030>2907120040 split',
      '2907120030>2907120090 split',
      '2907120090>2907120050 split',
    ]);
  });

  it('does not take a line above others for another one because it was reworded', () => {
    const keyed = (code: string, path: string[], keys: string[]) => line(code, path, { keys: ['3004', ...keys, code] });
    const before = [keyed('8501330020', ['DC motors; DC generators', 'For aircraft'], ['8501310000-10'])];
    const after = [
      keyed('8501339020', ['DC motors; DC generators, other than photovoltaic', 'For aircraft'], ['8501310000-10']),
      keyed('8501339030', ['Photovoltaic generators', 'For aircraft'], ['8501710000-10']),
    ];
    const [link] = lineageLinks({ before, after });
    expect(link).toMatchObject({ from: '8501330020', to: '8501339020', kind: 'renumbered' });
    expect(link?.evidence[0]?.text).toBe('the same description under the same lines');
  });

  it('leaves a code that its list dates alike where it is, whatever is put above it', () => {
    const before = [line('2007995089', ['Purees', 'Mixtures']), line('2007995099', ['Purees', 'Other'])];
    const after = [line('2007995089', ['Purees', 'Other', 'Other']), line('2007995099', ['Other', 'Other'])];
    expect(shown(lineageLinks({ before, after }))).toContain('2007995099>2007995089 merged');
    const dated = (lines: LineageLine[]) => lines.map((each) => ({ ...each, since: '2012-06-02' }));
    expect(lineageLinks({ before: dated(before), after: dated(after) })).toEqual([]);
  });

  it('is less sure of words that bound a quantity the other way round', () => {
    const before = [line('8541290075', ['Transistors', 'With an operating frequency not less than 30 MHz'])];
    const after = [line('8541290055', ['Transistors', 'With an operating frequency less than 30 MHz'])];
    expect(Number(lineageLinks({ before, after })[0]?.score)).toBeLessThan(0.8);
  });

  it('tells that an undivided line was divided, and the reverse', () => {
    const whole = [line('0202308000', ['Boneless', 'Other'])];
    const parts = [
      line('02023080', ['Boneless', 'Other'], { declarable: false }),
      line('0202308015', ['Boneless', 'Other', 'Bison']),
      line('0202308025', ['Boneless', 'Other', 'Other']),
    ];
    expect(shown(lineageLinks({ before: whole, after: parts }))).toEqual([
      '0202308000>0202308015 split',
      '0202308000>0202308025 split',
    ]);
    expect(shown(lineageLinks({ before: parts, after: whole }))).toEqual([
      '0202308015>0202308000 merged',
      '0202308025>0202308000 merged',
    ]);
  });

  it('takes new lines beside a residual one out of that residual line, which itself is only renumbered', () => {
    const before = [line('0901110045', ['Other:', 'Organic']), line('0901110055', ['Other:', 'Other'])];
    const after = [
      line('0901110035', ['Robusta:', 'Organic']),
      line('0901110050', ['Other:', 'Organic']),
      line('0901110065', ['Other:', 'Other']),
    ];
    const links = lineageLinks({ before, after });
    expect(shown(links)).toEqual([
      '0901110045>0901110050 split',
      '0901110045>0901110035 split',
      '0901110055>0901110065 renumbered',
    ]);
    expect(links.every(({ authority }) => authority === 'inferred')).toBe(true);
  });

  it('lets the statement of the publisher decide, and follows no number that never was', () => {
    const before = [line('2008991000', ['Avocados'])];
    const after = [line('2008991010', ['Avocados', 'Frozen']), line('2008991090', ['Avocados', 'Other'])];
    const printed = { code: '2008991000', detail: '(transferred to 2008.99.1010 and 2008.19.1090)', release: 7 };
    const links = lineageLinks({ before, after, stated: statedTransfers(printed) });
    expect(shown(links)).toEqual(['2008991000>2008991010 renumbered']);
    expect(links[0]).toMatchObject({ score: '1.000', authority: 'authoritative' });
    const other = statedTransfers({ code: '2008991090', detail: '(transferred from 2008.99.1000 (pt.))', release: 7 });
    expect(shown(lineageLinks({ before, after, stated: [...statedTransfers(printed), ...other] }))).toEqual([
      '2008991000>2008991010 split',
      '2008991000>2008991090 split',
    ]);
  });

  it('links no provisions of chapters 98 and 99 and nothing across headings by likeness', () => {
    const gone = [line('99030125', ['Articles of any country']), line('8471300100', ['Portable machines'])];
    const come = [line('99030126', ['Articles of any country']), line('8473300100', ['Portable machines'])];
    expect(lineageLinks({ before: gone, after: come })).toEqual([]);
  });

  it('says nothing when only the wording of a line changed', () => {
    const before = [line('3004909223', ['Tolmetin sodium dihyrate'])];
    const after = [line('3004909223', ['Tolmetin sodium dihydrate'])];
    expect(lineageLinks({ before, after })).toEqual([]);
  });

  it('never links a code to itself, stays within its scores, and links nothing in equal states', () => {
    const text = fc.constantFrom('Other', 'Bison', 'Frozen', 'Organic', 'Containing iron', '');
    const lines = fc.uniqueArray(
      fc.record({
        suffix: fc.integer({ min: 10, max: 99 }),
        path: fc.array(text, { minLength: 1, maxLength: 3 }),
        declarable: fc.boolean(),
      }),
      { selector: ({ suffix }) => suffix, maxLength: 12 },
    );
    const made = lines.map((all) =>
      all.map(({ suffix, path, declarable }) => line(`02023080${suffix}`, path, { declarable })),
    );
    fc.assert(
      fc.property(made, made, (before, after) => {
        expect(lineageLinks({ before, after: before })).toEqual([]);
        for (const { from, to, score, kind } of lineageLinks({ before, after })) {
          expect(from).not.toBe(to);
          expect(Number(score)).toBeGreaterThan(0);
          expect(Number(score)).toBeLessThan(1);
          expect(['renumbered', 'split', 'merged']).toContain(kind);
        }
      }),
      { numRuns: 200 },
    );
  });
});
