import type { StatedTransfer } from './line.ts';

const NUMBER = /\d{4}\.\d{2}\.\d{2,4}(?:\.\d{2})?/g;

/**
 * What an item of a US change record says about where a number's goods went: '(transferred to 0201.30.5091 and 0201.30.5097)',
 * '(transferred from 0201.30.5085 (pt.))'. Both forms name all codes of the other side. [] when the item says nothing of the kind.
 */
export function statedTransfers(item: { code: string; detail: string; release: number | null }): StatedTransfer[] {
  const direction = /transferred (to|from)\b/i.exec(item.detail)?.[1]?.toLowerCase();
  if (direction === undefined) return [];
  const others = (item.detail.match(NUMBER) ?? []).map((number) => number.replaceAll('.', ''));
  return others.map((other) =>
    direction === 'to'
      ? { from: item.code, to: other, complete: 'from', text: item.detail, release: item.release }
      : { from: other, to: item.code, complete: 'to', text: item.detail, release: item.release },
  );
}
