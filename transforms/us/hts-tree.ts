import { textHash } from '../hash.ts';

/** A row of the HTS export reduced to what the tree needs. */
export interface HtsTreeRow {
  /** Digits, '' for an uncoded superior line. */
  digits: string;
  indent: number;
  description: string;
}

export interface HtsTreeLine {
  key: string;
  code: string | null;
  parentKey: string | null;
  /** Keys, nearest first. */
  ancestors: string[];
  depth: number;
  sortKey: string;
  declarable: boolean;
}

interface Open {
  indent: number;
  line: HtsTreeLine;
  path: string;
}

/**
 * The HTS tree: order and indent. 267 headings have no row of their own, so a parent is found by indent, never by digits;
 * digits only reject a parent that cannot be one (9823.03.01 and its printed indents). An uncoded line's key is its nearest coded
 * ancestor's digits plus a hash of the texts below that, so that it survives rows moving above it.
 */
export function htsTree(rows: readonly HtsTreeRow[]): HtsTreeLine[] {
  const firstCode = firstCodesBelow(rows);
  const stack: Open[] = cutOffHeading(rows[0], firstCode[0] ?? '');
  const used = new Map<string, number>();
  const lines = rows.map((row, index) => {
    while (stack.length > 0 && !isParent(stack.at(-1), row)) stack.pop();
    const parent = stack.at(-1) ?? null;
    const first = firstCode[index] ?? '';
    const coded = row.digits === '' ? nearestCoded(parent, first) : null;
    const path =
      row.digits === '' ? `${parent && parent.line.code === null ? parent.path : ''}/${row.description}` : '';
    const key = row.digits === '' ? unique(`${coded ?? ''}~${textHash(path).slice(0, 12)}`, used) : row.digits;
    const line: HtsTreeLine = {
      key,
      code: row.digits === '' ? null : row.digits,
      parentKey: parent?.line.key ?? null,
      ancestors: parent ? [parent.line.key, ...parent.line.ancestors] : [],
      depth: parent ? parent.line.depth + 1 : 0,
      sortKey: `${first.padEnd(10, '0')}.${String(row.digits === '' ? 0 : row.digits.length).padStart(2, '0')}.${String(row.indent).padStart(2, '0')}`,
      declarable: row.digits.length >= 8,
    };
    if (parent && line.code !== null) for (const open of stack) open.line.declarable = false;
    stack.push({ indent: row.indent, line, path });
    return line;
  });
  return lines;
}

/** An export cut off above its first rows (2026HTSRev9) still stands below a heading: the rows keep the places they have elsewhere. */
function cutOffHeading(first: HtsTreeRow | undefined, firstCode: string): Open[] {
  if (!first || first.indent === 0) return [];
  const heading = firstCode.slice(0, 4);
  const line = {
    key: heading,
    code: heading,
    parentKey: null,
    ancestors: [],
    depth: 0,
    sortKey: '',
    declarable: false,
  };
  return [{ indent: 0, line, path: '' }];
}

function isParent(open: Open | undefined, row: HtsTreeRow): boolean {
  if (!open || open.indent >= row.indent) return false;
  return open.line.code === null || row.digits === '' || row.digits.startsWith(open.line.code);
}

/** An uncoded line at the very top of the export (2026HTSRev9 begins below 0101) still belongs to the heading of what follows it. */
function nearestCoded(parent: Open | null, firstBelow: string): string {
  if (!parent) return firstBelow.slice(0, 4);
  if (parent.line.code !== null) return parent.line.code;
  return parent.line.key.slice(0, parent.line.key.indexOf('~'));
}

/** For each row its own digits, or those of the next coded row: what it is printed above. */
function firstCodesBelow(rows: readonly HtsTreeRow[]): string[] {
  const result = new Array<string>(rows.length).fill('');
  let next = '';
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const digits = rows[index]?.digits ?? '';
    if (digits !== '') next = digits;
    result[index] = next;
  }
  return result;
}

function unique(key: string, used: Map<string, number>): string {
  const count = (used.get(key) ?? 0) + 1;
  used.set(key, count);
  return count === 1 ? key : `${key}~${count}`;
}
