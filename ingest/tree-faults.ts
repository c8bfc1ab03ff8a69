import { lineKey, type TreeFault } from '../transforms/tree.ts';
import type { NormaliseContext } from './source.ts';

/** More than this and it is not the odd line that is wrong but the tree. */
const TOLERATED = 100;

/**
 * Each fault of a tree as an issue. Single lines do go wrong (a skipped level, digits that do not follow the ancestors) and are no
 * reason to hold a tariff back; lines under no heading, or many faults, are.
 */
export function reportFaults(faults: readonly TreeFault[], context: NormaliseContext): void {
  for (const { code, key, message } of faults) {
    const severity =
      code === 'level-skipped' || code === 'prefix-not-ancestor' || code === 'line-twice' ? 'warning' : 'error';
    context.issue({ severity, code, message, place: { key } });
  }
  if (faults.length > TOLERATED) {
    const message = `${faults.length} faults in the tree, first: ${faults[0]?.message ?? ''}`;
    context.issue({ severity: 'error', code: 'tree-broken', message, place: { faults: faults.length } });
  }
}

/** Names the lines that a publication holds of another time beside one of the same code: a ledger row has one valid time. */
export function reportOtherTimes(
  lines: readonly { itemId: string; suffix: string }[],
  context: NormaliseContext,
): void {
  const [first] = lines;
  if (!first) return;
  const message = `${lines.length} lines of another time stand beside one of the same code and are left out, first: ${lineKey(first.itemId, first.suffix)}`;
  context.issue({ severity: 'warning', code: 'lines-of-other-time', message, place: { lines: lines.length } });
}
