import { z } from 'zod';
import { textHash } from '../../../transforms/hash.ts';
import type { NomenclatureRecord, ReferenceRecord } from '../../../transforms/records.ts';

/** The nomenclature as Norwegian Customs nests it: section > chapter > (subchapter >) heading > lines. */
export interface Division {
  type: 'section' | 'chapter' | 'subchapter' | 'heading' | 'subsubheading' | 'commodity';
  id?: string | undefined;
  description?: string | undefined;
  item?: string | undefined;
  hsNumber?: string | undefined;
  references?: string[] | undefined;
  chapters?: Division[] | undefined;
  headings?: Division[] | undefined;
  divisions?: Division[] | undefined;
}

const division: z.ZodType<Division> = z.lazy(() =>
  z.object({
    type: z.enum(['section', 'chapter', 'subchapter', 'heading', 'subsubheading', 'commodity']),
    id: z.string().optional(),
    description: z.string().optional(),
    item: z.string().optional(),
    hsNumber: z.string().optional(),
    references: z.array(z.string()).optional(),
    chapters: z.array(division).optional(),
    headings: z.array(division).optional(),
    divisions: z.array(division).optional(),
  }),
);
export const structure = z.object({ version: z.string(), sections: z.array(division) });

type Above = { key: string; ancestors: string[]; path: string; nearest: string };

/** Lines in reading order. Texts between codes have no code of their own (their hsNumber lacks digits): keyed by their path. */
export function* structureRecords(sections: readonly Division[]): Generator<NomenclatureRecord | ReferenceRecord> {
  for (const section of sections) {
    const number = Number(section.id);
    const chapters = (section.chapters ?? []).map((chapter) => chapter.id ?? '');
    yield {
      kind: 'reference',
      natural_key: `section:${number}`,
      topic: 'section',
      code: null,
      subject: String(number),
      data: { number, title: (section.description ?? '').trim(), chapters },
    };
    const counts = new Map<string, number>();
    for (const chapter of section.chapters ?? []) yield* lines(chapter, null, counts);
  }
}

function* lines(each: Division, above: Above | null, counts: Map<string, number>): Generator<NomenclatureRecord> {
  const text = (each.item ?? each.description ?? '').trim();
  const code = each.type === 'subchapter' || each.type === 'subsubheading' ? null : (each.id ?? null);
  const path = `${above?.path ?? ''}/${text}`;
  const key = code ?? uncodedKey(above, path, counts);
  const ancestors = above ? [above.key, ...above.ancestors] : [];
  const below = [...(each.headings ?? []), ...(each.divisions ?? [])];
  const first = firstCode(each);
  yield {
    kind: 'goods_nomenclature',
    natural_key: key,
    item_id: code,
    productline_suffix: null,
    code,
    parent_key: above?.key ?? null,
    ancestors,
    depth: ancestors.length,
    // An uncoded line reads before the first code under it, a higher one before a lower one.
    sort_key: `${first.padEnd(8, '0')}${String(ancestors.length).padStart(2, '0')}`,
    declarable: each.type === 'commodity',
    description: text,
    units: [],
    footnotes: [],
    attributes: {
      ...(each.references && each.references.length > 0 ? { references: each.references } : {}),
      ...(code === null && each.hsNumber ? { hs_number: each.hsNumber } : {}),
    },
  };
  for (const line of below) {
    yield* lines(
      line,
      { key, ancestors, path: code === null ? path : '', nearest: code ?? above?.nearest ?? '' },
      counts,
    );
  }
}

/** Parent's code, '~' and a hash of the texts in between; equal ones under one code are numbered. */
function uncodedKey(above: Above | null, path: string, counts: Map<string, number>): string {
  const key = `${above?.nearest ?? ''}~${textHash(path).slice(0, 16)}`;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count === 1 ? key : `${key}.${count}`;
}

function firstCode(each: Division): string {
  if (each.type === 'commodity' || each.type === 'heading' || each.type === 'chapter') return each.id ?? '';
  const [first] = [...(each.headings ?? []), ...(each.divisions ?? [])];
  return first ? firstCode(first) : '';
}
