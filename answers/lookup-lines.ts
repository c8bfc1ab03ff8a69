import type { LineRow } from '../db/line-rows.ts';
import type { ChildRow } from '../db/nomenclature.ts';
import { formatCode } from '../transforms/code.ts';
import { RANGE_MARK } from '../transforms/us/footnote-refs.ts';

/** A line above, below or found: as printed, with or without a code. */
export interface LineSummary {
  code: string | null;
  formatted: string | null;
  description: string;
  declarable: boolean;
  depth: number;
}

export interface ChildLine extends LineSummary {
  /** Whether more lines stand below it. */
  has_children: boolean;
  /** Only below a line without a code, which cannot be looked up by itself. */
  children: ChildLine[];
}

/** A footnote with the code that carries it (null: a line without a code) and the tariff numbers it points to. */
export interface LineFootnote {
  code: string | null;
  columns: string[];
  marker: string | null;
  text: string;
  refs: { code: string; formatted: string }[];
}

export function summary(line: Pick<LineRow, 'code' | 'description' | 'declarable' | 'depth'>): LineSummary {
  const { code, description, declarable, depth } = line;
  return { code, formatted: code === null ? null : formatCode(code), description, declarable, depth };
}

/** Children in reading order, nested where a line without a code stands between. `parent` is the key of the line asked for. */
export function childTree(rows: readonly ChildRow[], parent: string | null): ChildLine[] {
  return rows
    .filter((row) => parent === null || row.parent_key === parent)
    .map((row) => ({
      ...summary(row),
      has_children: row.has_children,
      children: row.code === null && parent !== null ? childTree(rows, row.natural_key) : [],
    }));
}

/** Footnotes of the line and of everything above it: a note on 9903.88 duties stands on the eight-digit line, not on its suffixes. */
export function footnotesOf(lines: readonly LineRow[]): LineFootnote[] {
  return lines.flatMap((line) =>
    line.footnotes.map((note) => ({
      code: line.code,
      columns: note.columns,
      marker: note.marker,
      text: note.text,
      refs: note.refs.map((ref) => ({ code: ref, formatted: ref.split(RANGE_MARK).map(formatCode).join(RANGE_MARK) })),
    })),
  );
}
