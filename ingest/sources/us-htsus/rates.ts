import { parseChapter99Rate, type Chapter99Relation } from '../../../transforms/duty/parse-chapter-99.ts';
import { parseHtsSpecial } from '../../../transforms/duty/parse-hts-special.ts';
import { parseHtsRate } from '../../../transforms/duty/parse-hts.ts';
import type { DutyExpression } from '../../../transforms/duty/expression.ts';
import { plainText } from '../../../transforms/html-text.ts';
import type { MeasureEffect, MeasureRecord } from '../../../transforms/records.ts';
import type { ExportRow } from './export-row.ts';

/**
 * The rates a row prints itself, one measure per column (special: one per rate with its programme symbols). A blank or white-space cell
 * is no measure: the line inherits that column alone from its nearest ancestor that prints it (9006.59.15.20 prints column 2 only).
 */
export function rateMeasures(row: ExportRow, code: string, onIssue: (message: string) => void): MeasureRecord[] {
  const measures: MeasureRecord[] = [];
  const general = plainText(row.general);
  if (general !== '') measures.push(measure(code, 'mfn', 'mfn', '1011', [], general));
  const other = plainText(row.other);
  if (other !== '') measures.push(measure(code, 'column-2', 'column-2', 'column-2', [], other));
  const special = plainText(row.special);
  if (special !== '') {
    const { terms, issues } = parseHtsSpecial(special);
    for (const issue of issues) onIssue(issue);
    terms.forEach((term, index) => {
      measures.push({
        ...measure(
          code,
          `preference/${index + 1}`,
          'preference',
          'special',
          term.programmes,
          term.text.trim(),
          term.duty,
        ),
        attributes: term.refs.length === 0 ? {} : { refs: term.refs },
      });
    });
  }
  return measures;
}

/** Effects of chapter 99 cells on the line they are claimed with; everywhere else a printed rate is the base. */
const EFFECT_OF_RELATION: Readonly<Record<Chapter99Relation, MeasureEffect>> = {
  adds: 'additive',
  adds_nothing: 'relief',
  no_change: 'relief',
  replaces: 'base',
  replaces_or_floor: 'base',
  blank: 'informational',
  not_computable: 'informational',
};

function measure(
  code: string,
  key: string,
  type: string,
  area: string,
  programmes: string[],
  text: string,
  parsed?: DutyExpression,
): MeasureRecord {
  return {
    kind: 'measure',
    natural_key: `${code}/${key}`,
    code,
    measure_type: type,
    geographical_area: area,
    excluded_areas: type === 'mfn' ? ['column-2'] : [],
    additional_code: null,
    quota_order_number: null,
    reduction_indicator: null,
    programmes,
    effect:
      code.startsWith('99') && parsed === undefined ? EFFECT_OF_RELATION[parseChapter99Rate(text).relation] : 'base',
    duty_expression: text,
    duty: parsed ?? memo(text),
    conditions: [],
    footnotes: [],
    legal_base: 'HTSUS',
    legal_base_url: 'https://hts.usitc.gov',
    attributes: {},
  };
}

// An edition prints some 25,000 cells of fewer than 3,000 texts; the parser is pure, so each text is parsed once per process.
const parsedRates = new Map<string, DutyExpression>();

function memo(text: string): DutyExpression {
  const known = parsedRates.get(text);
  if (known) return known;
  const duty = parseHtsRate(text);
  if (parsedRates.size > 20_000) parsedRates.clear();
  parsedRates.set(text, duty);
  return duty;
}
