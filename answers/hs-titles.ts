import type { Database } from '../db/connect.ts';
import { linesByCode } from '../db/nomenclature.ts';
import { referencesOfTopic } from '../db/reference.ts';
import type { LedgerView } from './ledger-view.ts';
import { type Moment, releasesKnown } from './moment.ts';

/** Titles that tariffs do not print in their exports: chapters and sections, from the Harmonized System. */
export interface HsTitles {
  chapters: ReadonlyMap<string, { title: string; release: number }>;
  sections: ReadonlyMap<string, HsSection>;
}

export interface HsSection {
  number: number;
  numeral: string;
  title: string;
  release: number;
}

const SOURCE = 'wco.hs';
const ALL_CHAPTERS = Array.from({ length: 99 }, (_, index) => String(index + 1).padStart(2, '0'));
const NONE: HsTitles = { chapters: new Map(), sections: new Map() };

/**
 * A reader of the titles of one moment. 120 rows that hardly ever change are asked for with every lookup, so the last few sets stay in
 * memory, by dataset version and moment; a new release of any source starts over.
 */
export function openHsTitles(database: Database): (view: LedgerView, moment: Moment) => Promise<HsTitles> {
  const sets = new Map<string, Promise<HsTitles>>();
  return (view, moment) => {
    if (releasesKnown(view, SOURCE, moment.known_at).length === 0) return Promise.resolve(NONE);
    const key = `${view.version}|${moment.as_of}|${moment.known_at ?? ''}`;
    let titles = sets.get(key);
    if (!titles) {
      if (sets.size >= 64) sets.clear();
      titles = readTitles(database, moment);
      sets.set(key, titles);
      // A failed reading is not remembered; whoever waits for it hears of it.
      titles.catch(() => sets.delete(key));
    }
    return titles;
  };
}

async function readTitles(database: Database, { as_of, known_at }: Moment): Promise<HsTitles> {
  const at = { on: as_of, known: known_at };
  const [lines, sections] = await Promise.all([
    linesByCode(database.db, SOURCE, ALL_CHAPTERS, at),
    referencesOfTopic(database.db, 'section', at),
  ]);
  const chapters = new Map<string, { title: string; release: number }>();
  for (const line of lines) {
    // Chapter 99 of the list is a statistical remainder of UN Comtrade; the chapters 98 and 99 of a tariff are its own.
    if (line.code !== null && line.attributes['statistical_only'] !== true) {
      chapters.set(line.code, { title: line.description, release: line.stated_by });
    }
  }
  const byChapter = new Map<string, HsSection>();
  for (const { source_id, data, stated_by } of sections) {
    const { number, numeral, title, chapters: held } = data;
    if (source_id !== SOURCE || typeof number !== 'number' || !Array.isArray(held)) continue;
    for (const chapter of held) {
      byChapter.set(String(chapter), { number, numeral: String(numeral), title: String(title), release: stated_by });
    }
  }
  return { chapters, sections: byChapter };
}
