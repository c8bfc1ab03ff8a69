import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../ingest/source.ts';
import { US_LISTS, usLists } from '../../ingest/sources/us-lists.ts';
import { referenceRecord, type ReferenceRecord } from '../../transforms/records.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor } from '../support/source-run.ts';

const MIRROR = '../shared/mirror';
const here = existsSync(`${MIRROR}/us/lists`);
if (!here) console.warn('skipped: reviewed lists of ../shared are not here');

function bytes(url: string): Buffer {
  const file = readFileSync(`${MIRROR}/${url.replace('mirror:', '')}`);
  return url.endsWith('.gz') ? gunzipSync(file) : file;
}

/** The records of one edition (the last by default) of a list. */
async function load(name: string, citation?: string): Promise<{ records: ReferenceRecord[]; issues: Issue[] }> {
  const list = US_LISTS.find((candidate) => candidate.name === name);
  const source = usLists.find((candidate) => candidate.id === `us.lists.${name}`);
  if (!list || !source) throw new Error(`no list ${name}`);
  const act = list.acts.find((candidate) => candidate.citation === citation) ?? list.acts.at(-1) ?? list.acts[0];
  const edition = { label: act.citation, publishedAt: null, effectiveDate: act.effective, parts: [] };
  const issues: Issue[] = [];
  const files = editionFiles({ list: bytes(list.url) });
  const records = await collect(source.normalise(source.parse(files, edition), contextFor(edition, issues)));
  return { records: records.filter((record): record is ReferenceRecord => record.kind === 'reference'), issues };
}

const bySubject = (records: readonly ReferenceRecord[]) =>
  records.reduce<Record<string, number>>(
    (counts, { subject }) => ({ ...counts, [subject ?? '']: (counts[subject ?? ''] ?? 0) + 1 }),
    {},
  );

describe.skipIf(!here)('reviewed lists of the mirror', () => {
  it.each(US_LISTS.map((list) => [list.name, list] as const))(
    '%s: every row becomes a valid record',
    async (name, list) => {
      const { records, issues } = await load(name);
      // One product of Annex II is in the file twice, once with 12 digits.
      // and four provisions of the metals annexes, once padded with zeros.
      const repeated = Array<string>({ 'ieepa-exempt-products': 1, 's232-annex-products': 4 }[name] ?? 0).fill(
        'list-row-repeated',
      );
      const disputed = [
        's232-annex-products',
        's232-derivative-products',
        'country-eo-exempt-products',
        'ieepa-exempt-products',
      ].includes(name)
        ? ['list-row-disputed']
        : [];
      expect(issues.filter((issue) => issue.severity !== 'info').map((issue) => issue.code)).toEqual([
        ...repeated,
        ...disputed,
      ]);
      expect(records.length).toBe(list.rows - repeated.length);
      for (const record of records) referenceRecord.parse(record);
      expect(new Set(records.map((record) => record.natural_key)).size).toBe(records.length);
    },
  );

  it('declares every file of the folder except the two that are read from the chapter 99 text', async () => {
    const { readdirSync } = await import('node:fs');
    const declared = US_LISTS.map((list) => list.url.replace('mirror:us/lists/', ''));
    const files = readdirSync(`${MIRROR}/us/lists`).filter((file) => file !== 'README.md');
    expect(files.filter((file) => !declared.includes(file))).toEqual([
      'note-coverage-2026rev6.json.gz',
      'note20_lists_2026rev6_parsed.csv.gz',
    ]);
    expect(declared.filter((file) => !files.includes(file))).toEqual([]);
  });

  it('splits lists where the law differs', async () => {
    expect(bySubject((await load('s232-annex-products')).records)).toEqual({
      'us.s232.annex-1a': 279,
      'us.s232.annex-1b': 455,
      'us.s232.annex-1c': 28,
      'us.s232.annex-2': 170,
      'us.s232.annex-3': 95,
    });
    expect(bySubject((await load('brazil-301-exemptions')).records)).toEqual({
      'us.s301.brazil-exempt.flat': 864,
      'us.s301.brazil-exempt.named': 11,
      'us.s301.brazil-exempt.aircraft': 546,
      'us.s301.brazil-exempt.pharma': 705,
    });
    expect(bySubject((await load('floor-exempt-products')).records)).toEqual({
      'us.ieepa.floor-exempt.eu': 1580,
      'us.ieepa.floor-exempt.kr': 554,
      'us.ieepa.floor-exempt.ch': 1681,
    });
  });

  it('knows of an act only what was published with it', async () => {
    const april = await load('s232-annex-products', 'Proclamation 11021');
    const june = await load('s232-annex-products', 'Proclamation 11032');
    expect(april.records.some((record) => record.valid_from === '2026-06-08')).toBe(false);
    expect(
      april.records.every((record) => record.valid_to === (record.data.annex === '3' ? '2028-01-01' : undefined)),
    ).toBe(true);
    // 37 rows went to annex III, 28 to I-C, 1 was removed, 3 came back: their former rows end.
    expect(june.records.filter((record) => record.valid_to === '2026-06-08').length).toBe(69);
    const first = await load('ieepa-exempt-products', 'Executive Order 14257');
    expect(first.records.every((record) => record.valid_from === '2025-04-05' && record.valid_to === undefined)).toBe(
      true,
    );
    expect(first.records.length).toBe(3256 - 61 - 59 - 499);
    const copper = await load('ieepa-exempt-products', 'Proclamation 10962');
    expect(copper.records.filter((record) => record.valid_to === '2025-08-01').length).toBe(113);
    const wood = await load('ieepa-exempt-products', 'Proclamation 10976');
    expect(wood.records.filter((record) => record.valid_to === '2025-10-14').length).toBe(419);
    const ended = await load('ieepa-exempt-products');
    expect(
      ended.records.every((record) => (record.valid_to ?? '') <= '2026-02-24' && record.valid_to !== undefined),
    ).toBe(true);
  });

  it('does not apply rows of the exemptions from the reciprocal duties that U.S. note 2(v)(iii)(a) lacks', async () => {
    const { records } = await load('ieepa-exempt-products');
    const role = (code: string) =>
      records.filter((record) => record.code === code).map((record) => record.data['role']);
    // Açaí preparations and etrogs are exempt as described articles, 9903.02.78; magnets but for NdFeB are not.
    for (const code of ['21069099', '19059010', '08059001', '8505110010', '49070000', '98020080'])
      expect([code, role(code)]).toEqual([code, ['disputed']]);
    for (const code of ['8505110070', '02011005']) expect([code, role(code)[0]]).toEqual([code, 'law']);
  });

  it('reads zero-padded provisions as what they are', async () => {
    const { records } = await load('ieepa-exempt-products');
    const lengths = records.reduce<Record<number, number>>(
      (counts, { code }) => ({ ...counts, [code?.length ?? 0]: (counts[code?.length ?? 0] ?? 0) + 1 }),
      {},
    );
    expect(Object.keys(lengths)).toEqual(['8', '10']);
    expect(records.some((record) => record.code === '8505110070')).toBe(true);
    expect(records.every((record) => record.code?.length !== 10 || !record.code.endsWith('00'))).toBe(true);
  });

  it('never passes a proposal or a second rendition off as law', async () => {
    for (const name of ['s301-brazil-exempt-products', 's301fl-exempt-products']) {
      const { records } = await load(name);
      expect(new Set(records.map((record) => record.data.role))).toEqual(new Set(['proposal']));
      expect(usLists.find((source) => source.id === `us.lists.${name}`)?.covers.families).toEqual([]);
    }
    const { records } = await load('s301-exclusion-lines');
    const law = records.filter((record) => record.data.role === 'law');
    expect(new Set(law.map((record) => record.data.heading))).toEqual(new Set(['99038869', '99038870']));
    expect(law.every((record) => record.valid_to === '2026-11-10')).toBe(true);
  });

  it('does not apply annex rows that are pieces of descriptions', async () => {
    const { records } = await load('s232-annex-products');
    const disputed = records.filter((record) => record.data.role === 'disputed');
    expect(disputed.length).toBe(72);
    expect(disputed.map((record) => record.code)).toEqual(expect.arrayContaining(['8471', '8701', '8427']));
    // What is left of annexes I-B, II and III names provisions only; I-A keeps its headings.
    const law = records.filter((record) => record.data.role === 'law');
    expect(law.filter((record) => record.data.annex !== '1a').every((record) => (record.code?.length ?? 0) >= 8)).toBe(
      true,
    );
    expect(law.find((record) => record.code === '7601')?.data.metal).toBe('aluminum');
    expect(law.find((record) => record.code === '76141010')?.data.metal).toBe('steel');
  });

  it('does not apply numbers that were cut or that an act only mentions', async () => {
    const disputed = async (name: string) =>
      (await load(name)).records.filter((record) => record.data.role === 'disputed');
    expect((await disputed('s232-derivative-products')).length).toBe(474);
    expect((await disputed('country-eo-exempt-products')).length).toBe(9);
  });

  it('says conditions with every conditional row', async () => {
    const aircraft = (await load('section122-aircraft-exemptions')).records;
    expect(aircraft.every((record) => record.data.condition === 'civil-aircraft-use')).toBe(true);
    expect(aircraft[0]).toMatchObject({ valid_from: '2026-02-24', valid_to: '2026-07-24' });
  });

  it('states rates as fractions', async () => {
    const { records } = await load('s301fl-country-rates');
    expect(new Set(records.map((record) => record.data.rate))).toEqual(new Set(['0.125', '0.1', '0']));
    expect(records.filter((record) => record.data.effect === 'topup').length).toBe(5);
  });

  it('calls the families partial for which a list is known to be incomplete', () => {
    const partial = usLists.filter((source) => source.covers.partial).map((source) => source.id);
    expect(partial).toEqual([
      'us.lists.s232-pharma-products',
      'us.lists.canada-338-alcohol',
      'us.lists.canada-338-autos',
      'us.lists.s301fl-country-rates',
    ]);
  });
});
