import { significantDigits } from '../../../transforms/code.ts';
import type { NomenclatureRecord } from '../../../transforms/records.ts';
import { europeanDate, validTime } from '../../../transforms/taric/european-date.ts';
import { linesOfDate, treeByIndents, type TreeLine } from '../../../transforms/tree.ts';
import type { NormaliseContext } from '../../source.ts';
import { reportFaults, reportOtherTimes } from '../../tree-faults.ts';
import { requiredText, textOf, type SheetRecord } from './workbooks.ts';

interface Line extends TreeLine {
  description: string;
  valid: { valid_from: string; valid_to: string | null };
}

/** The goods nomenclature of a month: 'Goods code' holds item id and suffix ('0101210000 80'), 'Indent' the dashes. */
export function* nomenclatureRecords(
  rows: readonly SheetRecord[],
  context: NormaliseContext,
): Generator<NomenclatureRecord> {
  const date = context.edition.effectiveDate;
  const { kept, superseded, otherTime } = linesOfDate(rows.map(lineOf), ({ valid }) => valid, date);
  reportOtherTimes(otherTime, context);
  // Lines twice at one time are for the tree to complain about.
  const { lines, faults } = treeByIndents(
    [...kept, ...superseded],
    ({ valid }) => date !== null && valid.valid_to !== null && valid.valid_to <= date,
  );
  reportFaults(faults, context);
  for (const { line, key, parentKey, ancestors, depth, declarable } of lines) {
    yield {
      kind: 'goods_nomenclature',
      natural_key: key,
      item_id: line.itemId,
      productline_suffix: line.suffix,
      // Lines of other suffixes are texts between codes: they share their digits with the line below and carry no measures (ME7).
      code: line.suffix === '80' ? significantDigits(line.itemId) : null,
      parent_key: parentKey,
      ancestors,
      depth,
      sort_key: `${line.itemId}${line.suffix}`,
      declarable,
      description: line.description,
      units: [],
      footnotes: [],
      // The date of the description is left out: it moves without the text moving.
      attributes: {},
      ...line.valid,
    };
  }
}

function lineOf(record: SheetRecord): Line {
  const [, itemId, suffix] = /^(\d{10}) (\d{2})$/.exec(requiredText(record, 'Goods code')) ?? [];
  if (itemId === undefined || suffix === undefined) {
    throw new Error(`nomenclature, row ${record.row}: goods code '${textOf(record, 'Goods code') ?? ''}'`);
  }
  const indent = textOf(record, 'Indent') ?? '';
  if (!/^(- ?)*$/.test(indent)) throw new Error(`nomenclature, row ${record.row}: indent '${indent}'`);
  return {
    itemId,
    suffix,
    indents: indent.replaceAll(' ', '').length,
    description: descriptionOf(textOf(record, 'Description') ?? ''),
    valid: validTime(europeanDate(record.cells['Start date'] ?? null), europeanDate(record.cells['End date'] ?? null)),
  };
}

/** '|' stands for a no-break space ('80|kg'); both become plain blanks, so that search and comparison see one kind. */
export function descriptionOf(printed: string): string {
  return printed
    .replace(/[|\u00a0]/g, ' ')
    .replace(/\r\n?/g, '\n')
    .trim();
}
