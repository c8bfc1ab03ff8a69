import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOfDate, treeByIndents, treeByParents, type TreeLine } from '../../transforms/tree.ts';

const line = (itemId: string, suffix: string, indents: number): TreeLine => ({ itemId, suffix, indents });

/** Chapter 01 with a text line (suffix 10) between heading and subheadings, as the tariff has it. */
const horses = [
  line('0100000000', '80', 0),
  line('0101000000', '80', 0),
  line('0101210000', '10', 1),
  line('0101210000', '80', 2),
  line('0101290000', '80', 2),
  line('0101291000', '80', 3),
  line('0101299000', '80', 3),
  line('0101300000', '80', 1),
];

describe('the tree by indents', () => {
  const { lines, faults } = treeByIndents(horses);
  const place = (key: string) => lines.find((each) => each.key === key);

  it('puts a line under the nearest earlier one with a smaller depth', () => {
    expect(place('0101210000-80')).toMatchObject({
      parentKey: '0101210000-10',
      ancestors: ['0101210000-10', '0101000000-80', '0100000000-80'],
      depth: 3,
    });
    expect(place('0101291000-80')?.ancestors[0]).toBe('0101290000-80');
    expect(place('0101300000-80')?.parentKey).toBe('0101000000-80');
    expect(faults).toEqual([]);
  });

  it('calls declarable what has suffix 80 and nothing below', () => {
    expect(lines.filter((each) => each.declarable).map((each) => each.key)).toEqual([
      '0101210000-80',
      '0101291000-80',
      '0101299000-80',
      '0101300000-80',
    ]);
  });

  it('of one code keeps what is in force, else what begins next, else what ended last', () => {
    const dated = (from: string, to: string | null) => ({ ...line('0101300000', '80', 1), from, to });
    const kept = (date: string | null, ...lines: ReturnType<typeof dated>[]) => {
      const validOf = (each: ReturnType<typeof dated>) => ({ valid_from: each.from, valid_to: each.to });
      const result = linesOfDate(lines, validOf, date);
      return [result.kept.map(({ from }) => from), result.superseded.length, result.otherTime.length];
    };
    const [old, now, next] = [
      dated('2012-01-01', '2020-01-01'),
      dated('2020-01-01', '2027-01-01'),
      dated('2027-01-01', null),
    ];
    for (const order of [
      [old, now, next],
      [next, now, old],
      [now, next, old],
    ]) {
      expect(kept('2026-12-31', ...order)).toEqual([['2020-01-01'], 0, 2]);
      expect(kept('2027-01-01', ...order)).toEqual([['2027-01-01'], 0, 2]);
    }
    expect(kept('2019-01-01', now, next)).toEqual([['2020-01-01'], 0, 1]);
    expect(kept('2027-01-01', now, old)).toEqual([['2020-01-01'], 0, 1]);
    // Superseded and never ended.
    expect(kept('2027-01-01', dated('2012-01-01', null), next)).toEqual([['2027-01-01'], 1, 0]);
  });

  it('what has ended stands above nothing that has not', () => {
    const above = treeByIndents(horses, ({ itemId }) => itemId === '0101290000').lines;
    expect(above.find(({ key }) => key === '0101291000-80')?.ancestors).not.toContain('0101290000-80');
    const ends = treeByIndents(horses, ({ itemId }) => itemId === '0101291000').lines;
    expect(ends.find(({ key }) => key === '0101291000-80')).toMatchObject({ parentKey: '0101290000-80' });
    const branch = treeByIndents(horses, ({ itemId }) => itemId.startsWith('010129')).lines;
    expect(branch.find(({ key }) => key === '0101291000-80')).toMatchObject({ parentKey: '0101290000-80' });
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(horses, { minLength: horses.length }), (rows) => {
        expect(treeByIndents(rows).lines.map(({ key, ancestors }) => [key, ancestors])).toEqual(
          lines.map(({ key, ancestors }) => [key, ancestors]),
        );
      }),
    );
  });

  it('agrees with the tree by stated parents', () => {
    const parents = new Map(lines.map((each) => [each.key, each.parentKey]));
    const stated = treeByParents(horses, (each) => parents.get(`${each.itemId}-${each.suffix}`) ?? null);
    expect(stated.lines.map(({ key, ancestors, declarable }) => [key, ancestors, declarable])).toEqual(
      lines.map(({ key, ancestors, declarable }) => [key, ancestors, declarable]),
    );
  });

  it('counts a line whose digits do not follow its ancestors', () => {
    const strange = [...horses.slice(0, 4), line('0101290000', '80', 2), line('0101291000', '80', 2)];
    expect(treeByIndents(strange).faults).toMatchObject([{ code: 'prefix-not-ancestor', key: '0101291000-80' }]);
  });

  it.each([
    ['line-twice', [...horses, line('0101300000', '80', 1)], '0101300000-80'],
    ['orphan-line', [line('0102000000', '80', 0)], '0102000000-80'],
    ['level-skipped', [line('0100000000', '80', 0), line('0101291000', '80', 3)], '0101291000-80'],
  ])('reports %s', (code, rows, key) => {
    expect(treeByIndents(rows).faults).toContainEqual(expect.objectContaining({ code, key }));
  });
});

describe('the tree by parents', () => {
  it.each([
    ['parent-unknown', () => '0199000000-80'],
    ['parent-cycle', (each: { itemId: string }) => (each.itemId === '0101000000' ? '0102000000-80' : '0101000000-80')],
  ])('reports %s and ends', (code, parentOf) => {
    const rows = [line('0101000000', '80', 0), line('0102000000', '80', 0)];
    expect(treeByParents(rows, parentOf).faults.map((fault) => fault.code)).toContain(code);
  });
});
