import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Edition, EditionFiles, Source } from '../../ingest/source.ts';
import { usChangeRecords } from '../../ingest/sources/us-change-records.ts';
import { usChapter99Notes } from '../../ingest/sources/us-chapter-99-notes.ts';
import { usFederalRegister } from '../../ingest/sources/us-federal-register.ts';
import { DOCUMENTS } from '../../ingest/sources/us-federal-register/documents.ts';
import { US_LISTS, usLists } from '../../ingest/sources/us-lists.ts';
import { collect, contextFor } from '../support/source-run.ts';

const MIRROR = '../shared/mirror';
const here = existsSync(`${MIRROR}/us/manifest.json`);
if (!here) console.warn('skipped: the mirror of ../shared is not here');

describe.skipIf(!here)('what the list sources discover in the mirror', async () => {
  const fetch = here ? await openMirror(MIRROR) : null;
  const discover = async (
    source: Source<never>,
    known: { label: string; publishedAt: string }[] = [],
  ): Promise<Edition[]> => (fetch ? collect(source.discover({ fetch, known, today: '2026-11-20' })) : []);
  /** Everything a source makes of an edition, fetched from the mirror. */
  const run = async <Raw>(source: Source<Raw>, edition: Edition) => {
    const files: EditionFiles = {
      names: () => edition.parts.map((part) => part.part),
      has: () => true,
      read: async (name) => {
        const part = edition.parts.find((candidate) => candidate.part === name);
        const answer = part && fetch ? await fetch.get(part.url, { expect: part.expect }) : null;
        if (answer?.outcome !== 'ok') throw new Error(`no ${name}`);
        return answer.body;
      },
    };
    return collect(source.normalise(source.parse(files, edition), contextFor(edition)));
  };

  it('the one release whose chapter 99 is there', async () => {
    const editions = await discover(usChapter99Notes as Source<never>);
    expect(editions.map((edition) => edition.label)).toEqual(['2026HTSRev6']);
    const [edition] = editions;
    expect(edition?.publishedAt?.slice(0, 10)).toBe('2026-04-23');
    expect(
      await discover(usChapter99Notes as Source<never>, [
        { label: '2026HTSRev6', publishedAt: edition?.publishedAt ?? '' },
      ]),
    ).toEqual([]);
  });

  it('43 change records in order of publication, each once', async () => {
    const editions = await discover(usChangeRecords as Source<never>);
    expect(editions.length).toBe(43);
    const instants = editions.map((edition) => edition.publishedAt ?? '');
    expect(instants).toEqual(instants.toSorted());
    expect(new Set(instants).size).toBe(43);
    const rest = await discover(
      usChangeRecords as Source<never>,
      editions.slice(1).map((edition) => ({ label: edition.label, publishedAt: edition.publishedAt ?? '' })),
    );
    expect(rest.map((edition) => edition.label)).toEqual(['2025HTSBasic']);
    const rev5 = editions.find((edition) => edition.label === '2026HTSRev5');
    const items = rev5 ? await run(usChangeRecords, rev5) : [];
    const action = (name: string) =>
      items.filter((item) => item.kind === 'reference' && item.data.action === name).length;
    expect([action('added'), action('deleted')]).toEqual([16, 242]);
  });

  it('every declared document, in order', async () => {
    const editions = await discover(usFederalRegister as Source<never>);
    expect(editions.map((edition) => edition.label)).toEqual(DOCUMENTS.map((document) => document.document));
    const instants = editions.map((edition) => edition.publishedAt ?? '');
    expect(instants).toEqual(instants.toSorted());
    expect(new Set(instants).size).toBe(instants.length);
    const brazil = editions.find((edition) => edition.label === '2026-11158');
    expect((brazil ? await run(usFederalRegister, brazil) : []).length).toBe(1698);
  });

  it('every reviewed list, one edition per act', async () => {
    for (const [index, source] of usLists.entries()) {
      const list = US_LISTS[index];
      const editions = await discover(source as unknown as Source<never>);
      expect(editions.map((edition) => edition.label)).toEqual(list?.acts.map((act) => act.citation));
      const last = editions.at(-1);
      expect((last ? await run(source, last) : []).length).toBeGreaterThan(0);
    }
  });
});
