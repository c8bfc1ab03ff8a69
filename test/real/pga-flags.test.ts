import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import ace from '../../ingest/sources/us-pga-ace.ts';
import aphis from '../../ingest/sources/us-pga-aphis.ts';
import dea from '../../ingest/sources/us-pga-dea.ts';
import definitions from '../../ingest/sources/us-pga-definitions.ts';
import lacey from '../../ingest/sources/us-pga-lacey.ts';
import nmfs from '../../ingest/sources/us-pga-nmfs.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { FlagItem } from '../../ingest/sources/us-pga/flags.ts';
import type { Issue, Source } from '../../ingest/source.ts';
import { tariffRecord } from '../../transforms/records.ts';
import { staleCodes } from '../../transforms/reference/pga-flag.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';

const us = new URL('../../../shared/mirror/us/', import.meta.url);

/** As the pipeline does it: discover, fetch the parts from the mirror, parse, normalise. */
async function load(source: Source<FlagItem>) {
  const fetch = await openMirror(us.pathname);
  const [found] = await collect(source.discover({ fetch, known: [], today: '2026-11-20' }));
  const parts: Record<string, Buffer> = {};
  for (const part of found?.parts ?? []) {
    const answer = await fetch.get(part.url, { expect: part.expect });
    if (answer.outcome === 'ok') parts[part.part] = answer.body;
  }
  await fetch.close();
  const issues: Issue[] = [];
  const rows = source.parse(editionFiles(parts), edition('x'));
  const all = (await collect(source.normalise(rows, contextFor('x', issues)))).map((r) => tariffRecord.parse(r));
  const records = all.flatMap((record) => (record.kind === 'reference' ? [record] : []));
  expect(new Set(records.map(({ natural_key }) => natural_key)).size).toBe(records.length);
  const flags = new Map<string, Set<string>>();
  for (const { data, code } of records) {
    const flag = String(data['flag']);
    flags.set(flag, (flags.get(flag) ?? new Set<string>()).add(code ?? ''));
  }
  const count = Object.fromEntries([...flags].map(([flag, codes]) => [flag, codes.size]));
  return { label: found?.label, records, count, flags, issues: issues.map(({ message }) => message) };
}

describe.skipIf(!existsSync(us))('PGA lists of the mirror', () => {
  test('49 definitions', async () => {
    const dictionary = readFileSync(new URL('pga/pga-flag-definitions.json', us));
    const rows = definitions.parse(editionFiles({ dictionary }), edition('x'));
    const records = await collect(definitions.normalise(rows, contextFor('x')));
    expect(records).toHaveLength(49);
    const limited = records.flatMap((r) =>
      r.kind === 'reference' && r.data['disclaim'] !== null ? [[r.natural_key, r.data['disclaim']]] : [],
    );
    expect(Object.fromEntries(limited)).toEqual({
      EH1: ['A'],
      TB3: ['A', 'C'],
      AQX: [],
      FW1: ['C', 'D', 'E'],
      FW3: ['C', 'D'],
    });
  });

  test('APHIS Core: codes by flag', async () => {
    const { label, count, issues } = await load(aphis);
    expect(label).toBe('2026-02-10');
    expect(count).toEqual({ AQ1: 1634, AQ2: 800, AQX: 216, null: 79 });
    expect(issues).toEqual([]);
  });

  test('Lacey: 302 codes of 303 lines', async () => {
    const { count, records } = await load(lacey);
    expect(count).toEqual({ AL1: 302 });
    expect(records.some((r) => String(r.data['description']).includes('\u0093'))).toBe(false);
    expect(records.filter((r) => r.valid_from === '2024-12-01').length).toBeGreaterThan(230);
  });

  test('NMFS and DEA', async () => {
    expect((await load(nmfs)).count).toEqual({ NM8: 236, NM1: 46, NM5: 18, NM3: 10 });
    expect((await load(dea)).count).toEqual({ DE1: 179, DE3: 2 });
  });

  test('ACE report of chapter 34: 409 rows', async () => {
    const { records, issues } = await load(ace);
    expect(records).toHaveLength(409);
    expect(records.filter((r) => r.valid_to === '2026-01-01')).toHaveLength(6);
    expect(issues).toEqual(['FDA is no program of FD1', 'FDA is no program of FD2']);
  });

  test('stale against 2026 Revision 10: 36 of DEA, 3 AQX', async () => {
    const bytes = gunzipSync(readFileSync(new URL('hts/hts_2026_rev_10.json.gz', us)));
    const lines = JSON.parse(bytes.toString('utf8')) as { htsno: string }[];
    const schedule = lines.map(({ htsno }) => htsno.replace(/\./g, '')).filter((code) => code !== '');
    expect(staleCodes((await load(dea)).flags.get('DE1') ?? [], schedule)).toHaveLength(36);
    expect(staleCodes((await load(aphis)).flags.get('AQX') ?? [], schedule)).toHaveLength(3);
  });
});
