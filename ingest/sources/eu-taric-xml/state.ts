import type { XmlElement } from '../../../transforms/read/xml.ts';

export type Update = 'update' | 'delete' | 'insert';

/** One record of a message: which table (`43000` measure), what happens to the row, and its fields that have a value, by name. */
export interface Taric3Record {
  increment: string;
  code: string;
  update: Update;
  /** Position in its file, from 1 without a gap. */
  sequence: number;
  fields: Readonly<Record<string, string>>;
}

const UPDATES: Readonly<Record<string, Update>> = { '1': 'update', '2': 'delete', '3': 'insert' };

/** A `record` element; throws when its update type is not one of 1, 2, 3 or its entity is missing. */
export function recordOf(increment: string, element: XmlElement): Taric3Record {
  const text = (name: string) => element.children.find((child) => child.name === name)?.text.trim() ?? '';
  const sequence = Number(text('record.sequence.number'));
  const update = UPDATES[text('update.type')];
  const entity = element.children.find((child) => child.children.length > 0);
  if (update === undefined || entity === undefined)
    throw new Error(`${increment}, record ${sequence}: unknown update or no entity`);
  // Every record states its whole row: an element without text says what a missing one says, and is neither a code nor the number 0.
  const fields = Object.fromEntries(
    entity.children.flatMap(({ name, text: value }) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
  return { increment, code: `${text('record.code')}${text('subrecord.code')}`, update, sequence, fields };
}

type Row = Readonly<Record<string, string>>;

/** A measure as far as the increments tell it. */
export interface MeasureState {
  measure: Row;
  components: Row[];
  conditions: { condition: Row; components: Row[] }[];
  excluded: Row[];
  footnotes: Row[];
  stops: Row[];
  /** Inserted within the line of increments: then its parts are all known. Otherwise only what was sent since. */
  whole: boolean;
}

/** Tables of a measure: where the row belongs, and the fields that identify it. */
const TABLES: Readonly<Record<string, { key: readonly string[] }>> = {
  '43000': { key: ['measure.sid'] },
  '43005': { key: ['measure.sid', 'duty.expression.id'] },
  '43010': { key: ['measure.condition.sid'] },
  '43011': { key: ['measure.condition.sid', 'duty.expression.id'] },
  '43015': { key: ['measure.sid', 'excluded.geographical.area'] },
  '43020': { key: ['measure.sid', 'footnote.type.id', 'footnote.id'] },
  '43025': { key: ['measure.sid', 'validity.start.date'] },
};

/** Rows of the measure tables after applying records in order, and who was touched since the last `beginIncrement`. */
export interface Taric3State {
  tables: ReadonlyMap<string, Map<string, Row>>;
  /** Keys of a table's rows by measure (for 43011: by condition). */
  owned: ReadonlyMap<string, Map<string, Set<string>>>;
  inserted: Set<string>;
  /** What kind of record a deleted measure was. */
  deleted: Map<string, 'measure' | 'reference'>;
  touched: Set<string>;
  /** Updates and deletions of rows that no increment at hand has brought. */
  unknownRows: number;
}

export function emptyState(): Taric3State {
  return {
    tables: new Map(Object.keys(TABLES).map((code) => [code, new Map<string, Row>()])),
    owned: new Map(Object.keys(TABLES).map((code) => [code, new Map<string, Set<string>>()])),
    inserted: new Set(),
    deleted: new Map(),
    touched: new Set(),
    unknownRows: 0,
  };
}

export function beginIncrement(state: Taric3State): void {
  state.touched.clear();
  state.unknownRows = 0;
}

/** Applies one record; false for a record of another kind than the measure tables. */
export function applyRecord(state: Taric3State, { code, update, fields }: Taric3Record): boolean {
  const layout = TABLES[code];
  const table = state.tables.get(code);
  const owned = state.owned.get(code);
  if (!layout || !table || !owned) return false;
  const key = layout.key.map((field) => fields[field] ?? '').join('|');
  const owner = fields[code === '43011' ? 'measure.condition.sid' : 'measure.sid'] ?? '';
  const sid = code === '43011' ? state.tables.get('43010')?.get(owner)?.['measure.sid'] : owner;
  if (update !== 'insert' && !table.has(key)) state.unknownRows += 1;
  if (update === 'delete') {
    table.delete(key);
    owned.get(owner)?.delete(key);
  } else {
    table.set(key, fields);
    owned.set(owner, (owned.get(owner) ?? new Set<string>()).add(key));
  }
  if (sid !== undefined) state.touched.add(sid);
  if (code === '43000' && sid !== undefined) {
    if (update === 'insert') state.inserted.add(sid);
    if (update === 'delete') state.deleted.set(sid, fields['goods.nomenclature.item.id'] ? 'measure' : 'reference');
    else state.deleted.delete(sid);
  }
  return true;
}

/** Sids of all measures that are present. */
export function heldMeasures(state: Taric3State): Iterable<string> {
  return state.tables.get('43000')?.keys() ?? [];
}

/** The measure with its parts; null when it is not present. */
export function measureIn(state: Taric3State, sid: string): MeasureState | null {
  const measure = state.tables.get('43000')?.get(sid);
  if (!measure) return null;
  const rows = (code: string, owner: string): Row[] =>
    [...(state.owned.get(code)?.get(owner) ?? [])].flatMap((key) => {
      const row = state.tables.get(code)?.get(key);
      return row ? [row] : [];
    });
  return {
    measure,
    components: rows('43005', sid),
    conditions: rows('43010', sid).map((condition) => ({
      condition,
      components: rows('43011', condition['measure.condition.sid'] ?? ''),
    })),
    excluded: rows('43015', sid),
    footnotes: rows('43020', sid),
    stops: rows('43025', sid),
    whole: state.inserted.has(sid),
  };
}
