import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../transforms/us/reconcile.ts';

const schedule = new Set([
  '8471',
  '8471300100',
  '84714900',
  '0101',
  '01012100',
  '98020040',
  '27160000',
  '2716000000',
  '8517',
  '851762',
  '85176200',
]);

describe('reconcile', () => {
  it('counts agreement by provision and names each single difference', () => {
    const { agreements, findings } = reconcile({
      schedule,
      listed: [
        { code: '84714900', list: 'note:20(b)' },
        { code: '27160000', list: 'note:20(b)' },
        { code: '01012100', list: 'note:20(b)' },
      ],
      footnotes: [
        { code: '84714900', heading: '99038801' },
        { code: '2716000000', heading: '99038801' },
        { code: '98020040', heading: '99038801' },
        { code: '84714900', heading: '99038803' },
        { code: '99038815', heading: '99038801' },
      ],
    });
    expect(agreements).toEqual([{ heading: '99038801', notes: 3, footnotes: 3, both: 2 }]);
    expect(findings.map((finding) => [finding.kind, finding.code])).toEqual([
      ['footnote-only', '98020040'],
      ['note-only', '01012100'],
    ]);
  });

  it('does not count a carve-out at ten digits as a provision of its own', () => {
    const { agreements } = reconcile({
      schedule,
      listed: [
        { code: '85176200', list: 'note:20(g)' },
        { code: '8517620090', list: 'note:20(g)' },
      ],
      footnotes: [{ code: '8517620090', heading: '99038804' }],
    });
    expect(agreements).toEqual([{ heading: '99038804', notes: 1, footnotes: 1, both: 1 }]);
  });

  it('reports overlaps, dead numbers and differing renditions, and nothing about lists that are not loaded', () => {
    const { findings } = reconcile({
      schedule,
      footnotes: [],
      listed: [
        { code: '8471', list: 'note:33(g)' },
        { code: '84713001', list: 'us.s232.auto-parts' },
        { code: '99999999', list: 'us.s232.auto-parts' },
        { code: '7612100000', list: 'us.other' },
        { code: '8471490000', list: 'us.other' },
      ],
    });
    expect(findings.map((finding) => [finding.kind, finding.code, finding.side])).toEqual([
      ['lists-differ', '8471', 'note:33(g)'],
      ['lists-differ', '84713001', 'us.s232.auto-parts'],
      ['lists-differ', '99999999', 'us.s232.auto-parts'],
      ['not-in-schedule', '99999999', 'us.s232.auto-parts'],
      ['not-in-schedule', '7612100000', 'us.other'],
    ]);
    const twice = reconcile({
      schedule,
      footnotes: [],
      listed: [
        { code: '85176200', list: 'note:20(b)' },
        { code: '85176200', list: 'note:20(f)' },
      ],
    });
    expect(twice.findings.filter((finding) => finding.kind === 'in-two-lists').map((finding) => finding.code)).toEqual([
      '85176200',
    ]);
  });
});
