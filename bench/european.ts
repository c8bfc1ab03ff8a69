import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listingUrl } from '../ingest/sources/eu-taric/folders.ts';
import { DUTY_HEADER, dutyRow, euMonth } from '../test/support/eu-month.ts';
import { workbookOf } from '../test/support/workbook.ts';
import { atMost, type Figure, figure } from './figure.ts';
import type { Materials } from './materials.ts';

/**
 * The tariff of the European Union at the size the Commission publishes it (140,000 duties, 29,000 exclusions, 120,000 footnotes and
 * 25,400 lines; made up, in the official layout), through the whole pipeline into PostgreSQL: a first month, and the month after in which
 * one duty in a hundred changed. Asked for: 90 s, 15 s, 1.5 GB.
 */
const DUTIES = 140_000;
/** Every so many duties are other ones in the second month. */
const CHANGED = 100;

export async function benchEuropean(materials: Materials): Promise<Figure[]> {
  const command = await materials.command();
  const mirror = join(materials.folder, 'european-mirror');
  const env = { TARIFF_MIRROR: mirror, TARIFF_DATA_DIR: join(materials.folder, 'european') };
  // The small reference workbooks are made up too: the bounds for real ones do not hold.
  const bounds = 'too-few,too-many,fill-rate,golden-row,mass-removal,mass-change,size';
  const args = (month: string) => [
    ...['run', 'eu.taric', '--accept', `${month}=${bounds}`, '--reason', 'made-up month of the bench'],
  ];
  await writeMonths(mirror, ['2026-05']);
  const first = await command.run(args('2026-05'), env, 300);
  await writeMonths(mirror, ['2026-05', '2026-06']);
  const next = await command.run(args('2026-06'), env, 120);
  for (const { output } of [first, next])
    if (!/eu\.taric +published +1/.test(output)) throw new Error(`no month was published:\n${output}`);
  return [
    figure('european', `first month, ${DUTIES} duties`, first.seconds, 's', atMost(90)),
    figure('european', 'first month, CPU of the process', first.cpuSeconds, 's'),
    figure('european', 'first month, peak memory', first.peakMegabytes, 'MB', atMost(1500)),
    figure('european', `next month, 1 in ${CHANGED} changed`, next.seconds, 's', atMost(15)),
    figure('european', 'next month, CPU of the process', next.cpuSeconds, 's'),
    figure('european', 'next month, peak memory', next.peakMegabytes, 'MB', atMost(1500)),
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  nomenclature: 'Nomenclature EN.xlsx',
  'duties-import': 'Duties Import 01-99.xlsx',
  'measure-conditions': 'Measure conditions.xlsx',
  'measure-exclusions': 'Measure exclusions.xlsx',
  'measure-footnotes': 'Measure footnotes.xlsx',
  'area-composition': 'Geographical areas composition.xlsx',
  'area-descriptions': 'Geographical areas descriptions.xlsx',
};
const LIBRARY = '64db9d0f-e7c9-4084-afe9-f47e70e53c10';

/** A mirror of the library with these months, the last of them changed against the first. */
async function writeMonths(folder: string, labels: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries: unknown[] = [];
  const keep = async (url: string, file: string, body: Buffer): Promise<void> => {
    await writeFile(join(folder, file), body);
    const sha256 = createHash('sha256').update(body).digest('hex');
    entries.push({
      ...{ url, file, sha256, bytes: body.length, media_type: 'application/octet-stream', content_encoding: null },
      ...{ published_at: '2026-06-01', fidelity: 'sample' },
    });
  };
  const listing = (nodes: readonly { id: string; name: string; folder: boolean; day: string }[]) =>
    Buffer.from(
      JSON.stringify({
        data: nodes.map((node) => ({
          id: node.id,
          name: node.name,
          type: `{http://www.alfresco.org/model/content/1.0}${node.folder ? 'folder' : 'content'}`,
          properties: { modified: `${node.day}T06:00Z` },
        })),
      }),
    );
  const months = [];
  for (const [index, label] of labels.entries()) {
    const day = `${label}-01`;
    const files = [];
    for (const [part, body] of Object.entries(month(index))) {
      const id = idOf(`${label}/${part}`);
      files.push({ id, name: NAMES[part] ?? part, folder: false, day });
      await keep(`https://circabc.europa.eu/rest/download/${id}`, `${label}-${part}.xlsx`, body);
    }
    const id = idOf(label);
    months.push({ id, name: `${label.slice(5)} - Month`, folder: true, day });
    await keep(listingUrl(id), `${label}.json`, listing(files));
  }
  const year = { id: idOf('year'), name: '2026', folder: true, day: '2026-01-01' };
  await keep(listingUrl(LIBRARY), 'library.json', listing([year]));
  await keep(listingUrl(year.id), 'year.json', listing(months));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(entries));
}

function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The workbooks of a month; `edition` 1 differs from 0 in one duty of a hundred. */
function month(edition: number): Record<string, Buffer> {
  const tree = madeUpTree();
  const leaves = tree.filter(({ depth }) => depth === DEEPEST);
  const code = (index: number) => leaves[index % leaves.length]?.itemId ?? '';
  const start = (index: number) =>
    `${String((index % 28) + 1).padStart(2, '0')}-01-${2000 + (Math.floor(index / 25_000) % 25)}`;
  const duties = Array.from({ length: DUTIES }, (_, index) =>
    dutyRow({
      goods: code(index),
      duty:
        edition > 0 && index % CHANGED === 0
          ? '7.100 %'
          : index % 3 === 0
            ? '12.800 % + 176.800 EUR DTN'
            : '6.500 % Cond:  B cert: C-074 (27):; B (08):',
      start: index % 25 === 0 ? { date: 36_526 + (index % 9_000) } : start(index),
      type: index % 3 === 0 ? '103' : '142',
      origin: index % 3 === 0 ? '1011' : String(2000 + (index % 60)),
      additional: String(1000 + Math.floor(index / 1000)),
    }),
  );
  const key = (index: number) => {
    const row = duties[index] ?? [];
    return { head: row.slice(0, 5), origin: row[10] ?? null, type: row[11] ?? null };
  };
  const base = ['Goods code', 'Add code', 'Order No.', 'Start date', 'End date'];
  const exclusions = Array.from({ length: 29_000 }, (_, index) => {
    const { head, origin, type } = key(index * 4);
    return [...head, 'ERGA OMNES', 'Third country duty', 'Belarus', origin, type, 'BY'];
  });
  const footnotes = Array.from({ length: 120_000 }, (_, index) => {
    const { head, origin, type } = key(index);
    return [...head, 'ERGA OMNES', 'Third country duty', `CD${String(index % 900).padStart(3, '0')}`, origin, type];
  });
  const lines = tree.map(({ itemId, depth }, index) => [
    `${itemId} 80`,
    '01-01-2012',
    null,
    'EN',
    10,
    depth < 2 ? null : '- '.repeat(depth - 1),
    `Goods of line ${index}, not elsewhere specified or included`,
    '01-01-2012',
  ]);
  const exclusionHeader = [...base, 'Origin', 'Measure type', 'Excluded country code', 'Origin code'];
  return {
    ...euMonth(),
    'duties-import': workbookOf([DUTY_HEADER, ...duties], { shared: true }),
    'measure-exclusions': workbookOf([[...exclusionHeader, 'Meas. type code', 'Excluded country'], ...exclusions], {
      shared: true,
    }),
    'measure-footnotes': workbookOf(
      [[...base, 'Origin', 'Measure type', 'Footnote', 'Origin code', 'Meas. type code'], ...footnotes],
      { shared: true },
    ),
    nomenclature: workbookOf([
      ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description', 'Descr. start date'],
      ...lines,
    ]),
  };
}

/** Chapter, heading, subheading, CN code, TARIC code. */
const DEEPEST = 4;

/** 25,414 lines under 97 chapters, of which 13,968 have nothing below them. */
function madeUpTree(): { itemId: string; depth: number }[] {
  const pairs = (count: number, step: number) =>
    Array.from({ length: count }, (_, index) => String((index + 1) * step).padStart(2, '0'));
  const levels = [pairs(97, 1), pairs(9, 1), pairs(4, 10), pairs(2, 10), pairs(2, 10)];
  const below = (digits: string, depth: number): { itemId: string; depth: number }[] =>
    (levels[depth] ?? []).flatMap((pair) => [
      { itemId: `${digits}${pair}`.padEnd(10, '0'), depth },
      ...below(`${digits}${pair}`, depth + 1),
    ]);
  return below('', 0);
}
