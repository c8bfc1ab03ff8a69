import { footnoteRefs } from '../../../transforms/us/footnote-refs.ts';
import { plainText } from '../../../transforms/html-text.ts';
import type { Footnote, NomenclatureRecord } from '../../../transforms/records.ts';
import type { HtsTreeLine } from '../../../transforms/us/hts-tree.ts';
import type { ExportRow } from './export-row.ts';

/** The line record of an export row: text, units, footnotes as links, quota quantity and additional duties as printed. */
export function lineRecord(row: ExportRow, place: HtsTreeLine): NomenclatureRecord {
  return {
    kind: 'goods_nomenclature',
    natural_key: place.key,
    item_id: place.code,
    productline_suffix: null,
    code: place.code,
    parent_key: place.parentKey,
    ancestors: place.ancestors,
    depth: place.depth,
    sort_key: place.sortKey,
    declarable: place.declarable,
    description: plainText(row.description),
    units: row.units.map(plainText).filter((unit) => unit !== ''),
    footnotes: (row.footnotes ?? []).map(footnote),
    attributes: {
      ...filled('quota_quantity', row.quotaQuantity),
      ...filled('additional_duties', row.additionalDuties),
    },
  };
}

function footnote(note: NonNullable<ExportRow['footnotes']>[number]): Footnote {
  const text = plainText(note.value ?? '');
  return {
    columns: note.columns ?? [],
    marker: note.marker ? plainText(note.marker) : null,
    text,
    refs: footnoteRefs(text),
  };
}

function filled(name: string, cell: string | null): Record<string, string> {
  const text = plainText(cell ?? '');
  return text === '' ? {} : { [name]: text };
}
