import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Source } from '../../ingest/source.ts';
import { euMeursing } from '../../ingest/sources/eu-meursing.ts';
import { euQuotas } from '../../ingest/sources/eu-quotas.ts';
import { gbQuotas } from '../../ingest/sources/gb-quotas.ts';
import { noTolltariffen } from '../../ingest/sources/no-tolltariffen.ts';
import { wcoHs } from '../../ingest/sources/wco-hs.ts';
import { meursingAmount, type MeursingRow } from '../../transforms/duty/meursing.ts';
import { fetchParts, loadEdition, type Loaded } from '../support/edition-load.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with quotas, Meursing tables, Norway and the HS');

async function editionsOf<Raw>(source: Source<Raw>): Promise<[string, Loaded][]> {
  const mirror = await openMirror(new URL('mirror/', shared).pathname);
  const loaded: [string, Loaded][] = [];
  for await (const edition of source.discover({ fetch: mirror, known: [], today: '2026-11-20' })) {
    loaded.push([edition.label, await loadEdition(source, edition, await fetchParts(mirror, edition))]);
  }
  return loaded;
}

async function onlyEdition<Raw>(source: Source<Raw>): Promise<Loaded & { label: string }> {
  const [[label, loaded] = [], ...others] = await editionsOf(source);
  if (label === undefined || loaded === undefined || others.length > 0)
    throw new Error(`${source.id}: not one edition`);
  return { label, ...loaded };
}

describe.skipIf(!present)('smaller European sources', () => {
  it('wco.hs: 97 chapters, 1,229 headings, 5,613 subheadings, 21 sections of 96 chapters', async () => {
    const { label, goods, references, issues } = await onlyEdition(wcoHs);
    const ofLength = (length: number) => [...goods.keys()].filter((key) => key.length === length).length;
    expect([label, ofLength(2), ofLength(4), ofLength(6)]).toEqual(['HS 2022.0', 97, 1_229, 5_613]);
    const chapters = [...references.values()].flatMap((each) => each.data['chapters'] as string[]);
    // Chapter 77 is kept free, 99 belongs to the parties.
    expect([references.size, chapters.length, chapters.includes('77')]).toEqual([21, 96, false]);
    expect(issues.map((issue) => issue.code)).toEqual(['row-of-totals']);
  });

  it('eu.quotas: 55 order numbers on five days, some critical from the second on', async () => {
    const days = await editionsOf(euQuotas);
    expect(days.map(([label, { references }]) => [label, references.size])).toEqual(
      ['2026-07-10', '2026-07-16', '2026-08-07', '2026-08-21', '2026-08-22'].map((day) => [day, 55]),
    );
    const critical = days.map(
      ([, { references }]) => [...references.values()].filter((each) => each.data['critical'] === true).length,
    );
    expect(critical[0]).toBe(0);
    expect(critical[1]).toBeGreaterThan(0);
    const twice = days[2]?.[1].references;
    expect([...(twice?.values() ?? [])].some((each) => (each.data['blocked'] as unknown[]).length === 2)).toBe(true);
  });

  it('gb.quotas: five order numbers on three days', async () => {
    const days = await editionsOf(gbQuotas);
    expect(days.map(([, { references }]) => references.size)).toEqual([5, 5, 5]);
    expect(days[1]?.[1].references.get('quota:058604:2026-07-01')).toMatchObject({
      data: { initial: '127568000', balance: '72976685.036', unit: 'KGM', status: 'Open' },
      valid_to: '2026-10-01',
    });
  });

  it('eu.meursing: 13,907 rows that answer a look-up', async () => {
    const { references, issues } = await onlyEdition(euMeursing);
    expect([references.size, issues]).toEqual([13_907, []]);
    const rows = [...references.values()].map((each) => each.data as unknown as MeursingRow); // the source's own shape
    const query = { additionalCode: '7004', areas: [], reductionIndicator: null };
    expect(meursingAmount(rows, 'ADSZ', false, query)).toBe('38.99');
  });

  it('no.tolltariffen: 7,436 commodities under 97 chapters; 111 codes with rates are not among them', async () => {
    const { goods, measures, issues } = await onlyEdition(noTolltariffen);
    const lines = [...goods.values()];
    expect([lines.filter((each) => each.declarable).length, lines.filter((each) => each.depth === 0).length]).toEqual([
      7_436, 97,
    ]);
    const inOrder = lines.map((each) => each.sort_key);
    expect(inOrder).toEqual([...inOrder].sort());
    expect(new Set(lines.map((each) => each.natural_key)).size).toBe(lines.length);
    expect(measures.size).toBe(9_355);
    expect(issues.filter(({ code }) => code !== 'duty-not-computable')).toMatchObject([
      { code: 'code-not-in-nomenclature', place: { codes: 111 } },
    ]);
    // 52 are printed '0 pr.kg': duties on recipes, which are not zero.
    expect(issues.filter(({ code }) => code === 'duty-not-computable')).toHaveLength(60);
  });
});
