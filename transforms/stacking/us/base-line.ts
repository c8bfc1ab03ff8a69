import type { DutyExpression } from '../../duty/expression.ts';
import type { BaseCell, BaseLine, FootnoteRef } from './input.ts';

/** What a measure of us.htsus must carry to become a cell; rows of the ledger and records of the source both do. */
export interface BaseMeasure {
  code: string;
  /** 'mfn', 'preference', 'column-2'. */
  measure_type: string;
  programmes: readonly string[];
  duty_expression: string | null;
  duty: DutyExpression | null;
  legal_base: string | null;
  legal_base_url: string | null;
  valid_from: string | null;
  valid_to: string | null;
  source: BaseCell['source'];
}

/**
 * The base cells of a code from the measures on the code and its prefixes: per column the nearest line that prints one
 * (9006.59.15.20 prints column 2 only and takes the others from above). A code longer than any line keeps its own digits.
 */
export function baseLine(code: string, measures: readonly BaseMeasure[]): BaseLine {
  const onPath = measures.filter((measure) => code.startsWith(measure.code));
  const nearest = (type: string): BaseMeasure[] => {
    const ofType = onPath.filter((measure) => measure.measure_type === type);
    const longest = Math.max(...ofType.map((measure) => measure.code.length));
    return ofType.filter((measure) => measure.code.length === longest);
  };
  const [general] = nearest('mfn');
  const [column2] = nearest('column-2');
  return {
    code,
    general: general ? cell(general) : null,
    special: nearest('preference').map(cell),
    column2: column2 ? cell(column2) : null,
  };
}

/** Chapter 99 references of a line and its ancestors, from their footnotes; a range ('9904.02.01-9904.02.37') by its first number. */
export function footnoteHeadings(
  lines: readonly { code: string; footnotes: readonly { columns: readonly string[]; refs: readonly string[] }[] }[],
): FootnoteRef[] {
  return lines.flatMap(({ code, footnotes }) =>
    footnotes.flatMap(({ columns, refs }) =>
      refs
        .filter((ref) => /^99\d{6}(?:\.\.99\d{6})?$/.test(ref))
        .map((ref) => ({ heading: ref.slice(0, 8), columns, code })),
    ),
  );
}

function cell(measure: BaseMeasure): BaseCell {
  return {
    code: measure.code,
    expression: measure.duty_expression,
    duty: measure.duty,
    programmes: measure.programmes,
    legal_base: measure.legal_base === null ? null : { citation: measure.legal_base, url: measure.legal_base_url },
    valid_from: measure.valid_from,
    valid_to: measure.valid_to,
    source: measure.source,
  };
}
