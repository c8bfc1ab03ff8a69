import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { programmesKnownOn } from '../../ingest/sources/us-programmes.ts';
import { usFederalRegister } from '../../ingest/sources/us-federal-register.ts';
import { DOCUMENTS } from '../../ingest/sources/us-federal-register/documents.ts';
import { US_LISTS, usLists } from '../../ingest/sources/us-lists.ts';
import { parseHtsRate } from '../../transforms/duty/parse-hts.ts';
import { parseHtsSpecial } from '../../transforms/duty/parse-hts-special.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import type { ProgrammeRow } from '../../transforms/stacking/programme.ts';
import { baseLine, footnoteHeadings, type BaseMeasure } from '../../transforms/stacking/us/base-line.ts';
import type { UsStackingInput } from '../../transforms/stacking/us/input.ts';
import { footnoteRefs } from '../../transforms/us/footnote-refs.ts';
import { editionFiles } from './edition-files.ts';
import { collect, contextFor } from './source-run.ts';

/** Pure stacking inputs straight from the mirror: the HTS edition in force at a date, the reviewed lists, the declarations. */

export const SHARED = '../shared';
export const mirrorIsHere = existsSync(`${SHARED}/mirror/us/hts`) && existsSync(`${SHARED}/golden/us`);

interface ExportRow {
  htsno: string;
  indent: string;
  general: string;
  special: string;
  other: string;
  footnotes: { columns: string[]; value: string }[] | null;
}

export const csvRows = (file: string): Record<string, string>[] => {
  const text = (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)).toString('utf8');
  const [head = [], ...rows] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
    .map(splitCsv);
  return rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
};

function splitCsv(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    (match[1] ?? match[2] ?? '').replaceAll('""', '"'),
  );
}

/** Edition file in force on a date by USITC publication; the newest one at hand after that. */
export function editionOn(date: string): string {
  const windows = csvRows(`${SHARED}/golden/us/hts_release_windows.csv`).filter((row) => row['json_file'] !== '');
  const inForce = windows.filter((row) => (row['usitc_from'] ?? '') <= date).at(-1) ?? windows[0];
  return `${SHARED}/${inForce?.['json_file'] ?? ''}`;
}

const editions = new Map<string, ExportRow[]>();
export function editionRows(file: string): ExportRow[] {
  const held = editions.get(file);
  if (held) return held;
  const rows = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as ExportRow[];
  editions.set(file, rows);
  return rows;
}

const plain = (text: string): string =>
  text
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('\u00a0', ' ')
    .trim();
const digits = (text: string): string => text.replaceAll('.', '');

/** The base cells and footnotes of a code in an edition. */
function scheduleOf(code: string, rows: readonly ExportRow[]) {
  const path = rows.filter((row) => row.htsno !== '' && code.startsWith(digits(row.htsno)));
  const source = null;
  const measures = path.flatMap((row): BaseMeasure[] => {
    const at = {
      code: digits(row.htsno),
      legal_base: 'HTSUS',
      legal_base_url: null,
      valid_from: null,
      valid_to: null,
      source,
    };
    const made: BaseMeasure[] = [];
    const [general, special, other] = [row.general, row.special, row.other].map(plain);
    if (general)
      made.push({ ...at, measure_type: 'mfn', programmes: [], duty_expression: general, duty: parseHtsRate(general) });
    if (other)
      made.push({ ...at, measure_type: 'column-2', programmes: [], duty_expression: other, duty: parseHtsRate(other) });
    for (const term of special ? parseHtsSpecial(special).terms : [])
      made.push({
        ...at,
        measure_type: 'preference',
        programmes: term.programmes,
        duty_expression: term.text.trim(),
        duty: term.duty,
      });
    return made;
  });
  const footnotes = footnoteHeadings(
    path.map((row) => ({
      code: digits(row.htsno),
      footnotes: (row.footnotes ?? []).map((note) => ({ columns: note.columns, refs: footnoteRefs(note.value) })),
    })),
  );
  return { base: baseLine(code, measures), footnotes };
}

/** Documents whose lists the programmes read. */
const DOCUMENT_FILES: Readonly<Record<string, string>> = {
  '2025-15819': '2025-15819.pdf',
  'EO-2025-11-20': 'brazil_eo_nov2025_annexes.pdf',
  '2026HTSRev6 note 19': '../chapter99/chapter99_2026_rev_6.pdf',
};

let entries: ReferenceRecord[] | null = null;
/** Every list entry of the reviewed lists, newest edition of each, of role law (and the proposed list of note 52). */
async function listEntries(): Promise<ReferenceRecord[]> {
  if (entries) return entries;
  const found: ReferenceRecord[] = [];
  for (const list of US_LISTS) {
    const source = usLists.find((candidate) => candidate.id === `us.lists.${list.name}`);
    const path = `${SHARED}/mirror/${list.url.replace('mirror:', '')}`;
    if (!source || !existsSync(path)) continue;
    const act = list.acts.at(-1) ?? list.acts[0];
    const edition = { label: act.citation, publishedAt: null, effectiveDate: act.effective, parts: [] };
    const bytes = path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path);
    const records = await collect(
      source.normalise(source.parse(editionFiles({ list: bytes }), edition), contextFor(edition, [])),
    );
    for (const record of records) {
      if (record.kind !== 'reference' || record.topic !== 'list-entry') continue;
      if (record.data['role'] === 'law' || record.subject === 'us.s301.forced-labor-exempt-proposed')
        found.push(record);
    }
  }
  for (const document of DOCUMENTS) {
    const file = DOCUMENT_FILES[document.document];
    if (file === undefined) continue;
    const edition = { label: document.document, publishedAt: null, effectiveDate: document.effective, parts: [] };
    const files = editionFiles({ document: readFileSync(`${SHARED}/mirror/us/federal-register/${file}`) });
    const read = usFederalRegister.normalise(usFederalRegister.parse(files, edition), contextFor(edition, []));
    for (const record of await collect(read)) if (record.kind === 'reference') found.push(record);
  }
  entries = found;
  return found;
}

const known = new Map<string, ReturnType<typeof programmesKnownOn>>();

/** A programme as the ledger would return it for a date. */
function programmesOn(asOf: string, knownOn = '2026-11-20'): ProgrammeRow[] {
  const rows = known.get(knownOn) ?? programmesKnownOn(knownOn);
  known.set(knownOn, rows);
  return rows
    .filter((row) => row.valid_from <= asOf && (row.valid_to === null || asOf < row.valid_to))
    .map((row) => ({ ...row.data, valid_from: row.valid_from, valid_to: row.valid_to, source: null }));
}

export function question(code: string, origin: string, asOf: string, more: Partial<DutyQuestion> = {}): DutyQuestion {
  return {
    code: digits(code),
    destination: 'US',
    origin,
    as_of: asOf,
    known_at: null,
    customs_value: null,
    quantities: [],
    transport_mode: null,
    facts: {},
    ...more,
  };
}

/** The whole input for a question, from the mirror. */
export async function usInput(asked: DutyQuestion, knownOn?: string): Promise<UsStackingInput> {
  const all = await listEntries();
  const valid = all.filter(
    (record) => (record.valid_from ?? '') <= asked.as_of && (record.valid_to == null || asked.as_of < record.valid_to),
  );
  const schedule = scheduleOf(asked.code, editionRows(editionOn(asked.as_of)));
  return {
    question: asked,
    ...schedule,
    programmes: programmesOn(asked.as_of, knownOn),
    lists: {
      hits: valid
        .filter((record) => record.code !== null && asked.code.startsWith(record.code))
        .map((record) => ({ list: record.subject ?? '', code: record.code ?? '', data: record.data })),
      loaded: new Set(all.map((record) => record.subject ?? '')),
    },
  };
}
