import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Source } from '../../ingest/source.ts';
import { euTaric } from '../../ingest/sources/eu-taric.ts';
import { gbTariff } from '../../ingest/sources/gb-tariff.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import type { LineageLine, LineageLink } from '../../transforms/lineage/line.ts';
import { lineageLinks } from '../../transforms/lineage/links.ts';
import { lineageState } from '../../transforms/lineage/state.ts';
import { fetchParts, type Loaded, loadEdition, sharedFile } from '../support/edition-load.ts';
import { collect, edition } from '../support/source-run.ts';
import { LINEAGE_TRUTH, truePairs } from './lineage-truth.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with the official files');

/** Open-ended lines: an extract does not print the end of what it lists no more. `ended`: with those whose end is printed. */
function state({ goods, measures }: Loaded, { dated, ended }: { dated: boolean; ended: boolean }): LineageLine[] {
  const lines = [...goods.values()].filter((line) => ended || typeof line.valid_to !== 'string');
  const since = lines.map((line) =>
    dated && typeof line.valid_from === 'string' ? { ...line, since: line.valid_from } : line,
  );
  return lineageState(since, [...measures.values()]);
}

async function extracts<Raw>(source: Source<Raw>): Promise<LineageLink[]> {
  const mirror = await openMirror(new URL('mirror/', shared).pathname);
  const context = { fetch: mirror, known: [], today: '2026-11-20', issue: () => undefined };
  const [first, second] = await collect(source.discover(context));
  if (!first || !second) throw new Error('two editions are needed');
  const [before, after] = await Promise.all(
    [first, second].map(async (each) => {
      const mirrored = { ...each, parts: each.parts.filter((part) => part.optional !== true) };
      return loadEdition(source, mirrored, await fetchParts(mirror, mirrored));
    }),
  );
  if (!before || !after) throw new Error('two editions are needed');
  return lineageLinks({
    before: state(before, { dated: true, ended: true }),
    after: state(after, { dated: true, ended: false }),
  });
}

async function revisions(): Promise<LineageLink[]> {
  const [before, after] = await Promise.all(
    ['2025_rev_15', '2025_rev_16'].map(async (file) => {
      const loaded = await loadEdition(usHtsus, edition(file), {
        schedule: sharedFile(`mirror/us/hts/hts_${file}.json.gz`),
      });
      return state(loaded, { dated: false, ended: true });
    }),
  );
  return lineageLinks({ before: before ?? [], after: after ?? [] });
}

describe.skipIf(!present)('lineage against what we read ourselves', () => {
  const links = new Map<keyof typeof LINEAGE_TRUTH, LineageLink[]>();

  beforeAll(async () => {
    links.set('us', await revisions());
    links.set('eu', await extracts(euTaric));
    links.set('gb', await extracts(gbTariff));
  }, 120_000);

  const judged = (tariff: keyof typeof LINEAGE_TRUTH) => {
    const [right, wrong] = [truePairs(LINEAGE_TRUTH[tariff].right), truePairs(LINEAGE_TRUTH[tariff].wrong)];
    const known = (links.get(tariff) ?? []).flatMap((link) => {
      const pair = `${link.from}>${link.to}`;
      return right.has(pair) || wrong.has(pair) ? [{ ...link, pair, true: right.has(pair) }] : [];
    });
    return { right, known, hits: known.filter((link) => link.true) };
  };

  // Measured on 2026-11-20; before extracts were compared with each other, recall was 0.93, 0.26 and 0.01.
  it.each([
    ['us', 0.98, 0.95],
    ['eu', 0.95, 0.98],
    ['gb', 0.95, 0.97],
  ] as const)('%s: of the judged links %f are right, of the true ones %f are found', (tariff, precision, recall) => {
    const { right, known, hits } = judged(tariff);
    expect(hits.length / known.length).toBeGreaterThan(precision);
    expect(hits.length / right.size).toBeGreaterThan(recall);
  });

  it('scores say how often a link is right', () => {
    const known = (['us', 'eu', 'gb'] as const).flatMap((tariff) => judged(tariff).known);
    const share = (from: number, below: number) => {
      const bin = known.filter(({ score }) => Number(score) >= from && Number(score) < below);
      return { links: bin.length, right: bin.filter((link) => link.true).length / bin.length };
    };
    const [sure, likely, possible] = [share(0.9, 1), share(0.8, 0.9), share(0, 0.8)];
    expect(sure.links).toBeGreaterThan(550);
    expect(sure.right).toBeGreaterThan(0.97);
    expect(likely.right).toBeGreaterThan(0.8);
    // Named as possible only: some six in ten are right.
    expect(possible.links).toBeGreaterThan(30);
    expect(possible.right).toBeGreaterThan(0.5);
    expect(possible.right).toBeLessThan(0.8);
  });

  it('calls nothing renumbered that can still be declared, and names a code that goes on as one of the parts', () => {
    const continuing = [...links.values()].flat().filter((link) => link.from_continues);
    expect(continuing.length).toBeGreaterThan(300);
    expect(new Set(continuing.map(({ kind }) => kind))).toEqual(new Set(['split']));
  });
});
