import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { US_LISTS } from '../../ingest/sources/us-lists.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { pdfText } from '../../transforms/read/pdf-text.ts';
import { parseChapter99Notes } from '../../transforms/us/chapter-99-notes.ts';
import { footnoteRefs } from '../../transforms/us/footnote-refs.ts';
import { reconcile, type FootnotedNumber, type ListedNumber } from '../../transforms/us/reconcile.ts';

const SHARED = '../shared';
const here = existsSync(`${SHARED}/mirror/us/hts`) && existsSync(`${SHARED}/golden/us`);
if (!here) console.warn('skipped: schedules of ../shared are not here');

interface Line {
  htsno: string;
  footnotes: { value: string }[] | null;
}

describe.skipIf(!here)('lists against footnotes and schedule', async () => {
  const schedule = (release: string): Line[] =>
    JSON.parse(gunzipSync(readFileSync(`${SHARED}/mirror/us/hts/hts_${release}.json.gz`)).toString('utf8')) as Line[];
  const notes: ListedNumber[] = [];
  if (here)
    for (const part of parseChapter99Notes(
      await pdfText(readFileSync(`${SHARED}/mirror/us/chapter99/chapter99_2026_rev_6.pdf`)),
    ).subdivisions)
      for (const number of part.numbers)
        if (number.use === 'listed') notes.push({ code: number.digits, list: `note:${part.key}` });

  const run = (release: string, listed: readonly ListedNumber[]) => {
    const lines = schedule(release);
    const footnotes: FootnotedNumber[] = lines.flatMap((line) =>
      (line.footnotes ?? []).flatMap((footnote) =>
        footnoteRefs(footnote.value).map((heading) => ({ code: line.htsno.replaceAll('.', ''), heading })),
      ),
    );
    return reconcile({
      footnotes,
      listed,
      schedule: new Set(lines.map((line) => line.htsno.replaceAll('.', '')).filter((digits) => digits !== '')),
    });
  };

  it.each(['2026_rev_6', '2026_rev_10'])('%s: counts and differences are the published ones', (release) => {
    const { agreements, findings } = run(release, notes);
    expect(
      Object.fromEntries(
        agreements.map(({ heading, notes: noted, footnotes, both }) => [heading, [noted, footnotes, both]]),
      ),
    ).toEqual({
      '99038801': [856, 860, 856],
      '99038802': [283, 287, 283],
      '99038803': [5906, 5906, 5906],
      '99038804': [11, 11, 11],
      '99038815': [2963, 2963, 2962],
      '99038816': [546, 0, 0],
      '99039008': [553, 553, 553],
      '99039009': [127, 127, 127],
      '99039101': [348, 349, 348],
    });
    const label = release.replace(/^(\d+)_rev_/, '$1HTSRev');
    const golden = csvRecords(readFileSync(`${SHARED}/golden/us/s301_note20_vs_footnotes_differences.csv`), [
      'ch99_heading',
      'hts_release',
      'hts8',
      'side',
    ])
      .filter((row) => row.hts_release === label)
      .map((row) => `${(row.ch99_heading ?? '').replaceAll('.', '')} ${row.hts8 ?? ''} ${row.side ?? ''}`)
      // The reference parse misses three numbers of note 31(b) that stand beside a running head.
      .filter((row) => !/^99039101 (?:2605|2606|2608)0000/.test(row));
    const mine = findings
      .filter(
        (finding) => (finding.kind === 'footnote-only' || finding.kind === 'note-only') && finding.list !== '99038816',
      )
      .map((finding) => `${finding.list} ${finding.code} ${finding.kind.replace('-', ' ')}`);
    expect(mine.sort()).toEqual(golden.sort());
  });

  it('the China lists exclude each other but for three subheadings split at ten digits', () => {
    const { findings } = run('2026_rev_6', notes);
    expect(
      findings
        .filter((finding) => finding.kind === 'in-two-lists')
        .map((finding) => finding.code)
        .sort(),
    ).toEqual(['85176200', '94016960', '94017100']);
  });

  it('names every listed number that the schedule does not have', () => {
    const { findings } = run('2026_rev_6', notes);
    const dead = findings.filter((finding) => finding.kind === 'not-in-schedule');
    const tables = parseTables(dead.map((finding) => finding.list));
    // Lists of duties in force have none; list 4B (suspended) was not kept up.
    expect(tables['note:20(u)']).toBe(15);
    for (const list of [
      'note:20(b)',
      'note:20(d)',
      'note:20(f)',
      'note:20(g)',
      'note:20(s)(i)',
      'note:20(s)(ii)',
      'note:31(b)',
      'note:33(g)',
      'note:38(i)',
      'note:16(c)(vi)',
      'note:16(c)(vii)',
      'note:2(aa)(ii)',
    ])
      expect([list, tables[list]]).toEqual([list, undefined]);
  });

  it('compares reviewed lists with the notes', () => {
    const names = [
      's232-annex-products',
      's232-auto-parts',
      's232-mhd-parts',
      'section122-product-exemptions',
      'section122-aircraft-exemptions',
    ];
    const listed: ListedNumber[] = [...notes];
    for (const list of US_LISTS.filter((candidate) => names.includes(candidate.name))) {
      const bytes = readFileSync(`${SHARED}/mirror/${list.url.replace('mirror:', '')}`);
      const rows =
        list.format === 'csv'
          ? csvRecords(bytes, list.columns).map((row) =>
              Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell ?? ''])),
            )
          : bytes
              .toString('utf8')
              .split(/\r?\n/)
              .filter((line) => line.trim() !== '')
              .map((line) => ({ [list.columns[0] ?? '']: line.trim() }));
      for (const row of rows) {
        const entry = list.entry(row);
        if (entry.code !== null && !entry.disputed && (entry.from ?? '') <= '2026-04-23')
          listed.push({ code: entry.code, list: entry.subject });
      }
    }
    const differ = run('2026_rev_6', listed).findings.filter((finding) => finding.kind === 'lists-differ');
    // The annex list agrees with note 16(c) number by number but for one that the file lacks.
    expect(differ.map((finding) => finding.message)).toEqual([
      '9403999020 is in note:16(c)(vi) and note:16(c)(vii) and note:16(c)(viii) but not in us.s232.annex-1b',
    ]);
  });
});

function parseTables(lists: readonly string[]): Record<string, number> {
  return lists.reduce<Record<string, number>>((counts, list) => ({ ...counts, [list]: (counts[list] ?? 0) + 1 }), {});
}
