import { canonicalJson, textHash } from './hash.ts';
import type { MeasureRecord, NomenclatureRecord, ReferenceRecord, TariffRecord } from './records.ts';

/**
 * A record as a row: the values of its content columns, in the order in which db/kinds.ts names them, and the hash over all of them
 * but `sort_key` (reading order is not content: an inserted line must not change its neighbours).
 */
export function contentRow(record: TariffRecord): { hash: string; values: unknown[] } {
  switch (record.kind) {
    case 'goods_nomenclature':
      return nomenclatureRow(record);
    case 'measure':
      return measureRow(record);
    case 'reference':
      return referenceRow(record);
  }
}

function validity(record: TariffRecord): [string | null, string | null] {
  return [record.valid_from ?? null, record.valid_to ?? null];
}

function nomenclatureRow(r: NomenclatureRecord) {
  const tail = [r.declarable, r.description, r.units, r.footnotes, r.attributes] as const;
  const [from, to] = validity(r);
  const head = [r.item_id, r.productline_suffix, r.code, r.parent_key, r.ancestors, r.depth] as const;
  const notes = r.footnotes.map(({ columns, marker, text, refs }) => [columns, marker, text, refs]);
  const hash = textHash(hashed([...head, r.declarable, r.description, r.units, notes], [r.attributes], from, to));
  return { hash, values: [r.natural_key, hash, ...head, r.sort_key, ...tail, from, to] };
}

function measureRow(r: MeasureRecord) {
  const [from, to] = validity(r);
  const plain = [
    r.code,
    r.measure_type,
    r.geographical_area,
    r.excluded_areas,
    r.additional_code,
    r.quota_order_number,
    r.reduction_indicator,
    r.programmes,
    r.effect,
    r.duty_expression,
  ] as const;
  const rest = [r.footnotes, r.legal_base, r.legal_base_url] as const;
  const hash = textHash(hashed([...plain, ...rest], [r.duty, r.conditions, r.attributes], from, to));
  return { hash, values: [r.natural_key, hash, ...plain, r.duty, r.conditions, ...rest, r.attributes, from, to] };
}

function referenceRow(r: ReferenceRecord) {
  const [from, to] = validity(r);
  const hash = textHash(hashed([r.topic, r.code, r.subject], [r.data], from, to));
  return { hash, values: [r.natural_key, hash, r.topic, r.code, r.subject, r.data, from, to] };
}

/** Scalars and lists of them have one JSON text; only free-form values need their keys sorted. */
function hashed(plain: readonly unknown[], free: readonly unknown[], from: string | null, to: string | null): string {
  return `${JSON.stringify([...plain, from, to])}${free.map(freeJson).join(',')}`;
}

// An edition prints some 3,000 different rates on 30,000 rows, and sources share one parsed object per rate.
const known = new WeakMap<object, string>();

function freeJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return canonicalJson(value);
  const held = known.get(value);
  if (held !== undefined) return held;
  const text = canonicalJson(value);
  known.set(value, text);
  return text;
}
