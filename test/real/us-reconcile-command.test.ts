import { existsSync } from 'node:fs';
import { expect, describe, it } from 'vitest';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { usReconciliation } from '../../answers/us-reconciliation.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { sourceById } from '../../ingest/registry.ts';
import { runSource } from '../../ingest/run.ts';
import { testDatabase } from '../support/database.ts';
import { ingestDeps } from '../support/ingest-deps.ts';

const MIRROR = '../shared/mirror';
const here = existsSync(`${MIRROR}/us/hts`);
if (!here) console.warn('skipped: the mirror is not here');

describe.skipIf(!here)('lists of the ledger against its schedule', { timeout: 300_000 }, async () => {
  const database = await testDatabase();

  it('finds the published differences between note 20 and the footnotes', async () => {
    const deps = await ingestDeps(database, await openMirror(MIRROR), () => '2026-11-20T12:00:00.000Z');
    for (const id of ['us.htsus', 'us.chapter-99-notes', 'us.lists.s232-annex-products']) {
      const source = sourceById(id);
      if (!source) throw new Error(`no source ${id}`);
      const select =
        id === 'us.htsus'
          ? { select: (all: readonly { label: string }[]) => all.filter(({ label }) => label === '2026HTSRev6') }
          : {};
      const report = await runSource(deps, source, { trigger: 'manual', ...(select as object) });
      expect([id, report.state, report.message]).toEqual([id, 'published', null]);
    }
    const views = openLedgerViews(database);
    const { data } = await usReconciliation({ database, views }, { as_of: '2026-04-30', known_at: null });
    const agreement = Object.fromEntries(
      data.agreements.map(({ heading, notes, footnotes, both }) => [heading, [notes, footnotes, both]]),
    );
    expect(agreement).toMatchObject({
      '99038801': [856, 860, 856],
      '99038803': [5906, 5906, 5906],
      '99038815': [2963, 2963, 2962],
    });
    const only = data.findings.filter(({ kind, list }) => kind === 'footnote-only' && list === '99038801');
    expect(only.map(({ code }) => code).sort()).toEqual(['98020040', '98020050', '98020060', '98020080']);
    const twice = data.findings.filter(({ kind }) => kind === 'in-two-lists').map(({ code }) => code);
    expect(twice.sort()).toEqual(['85176200', '94016960', '94017100']);
  });
});
