import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { requirementsAnswer } from '../../api/schemas/requirements.ts';
import { validateAnswer } from '../../api/schemas/validate.ts';
import { codeLineage, openLineage } from '../../answers/lineage.ts';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { DECLARATIONS, sourceById } from '../../ingest/registry.ts';
import { runSource } from '../../ingest/run.ts';
import { apiForTest, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { ingestDeps } from '../support/ingest-deps.ts';

const MIRROR = '../shared/mirror';
const clock = () => '2026-11-20T12:00:00.000Z';

describe.skipIf(!existsSync(`${MIRROR}/us/hts`))('validation and lineage on two real editions', async () => {
  const database = await testDatabase();

  beforeAll(async () => {
    const fetch = withDeclarations(await openMirror(MIRROR), DECLARATIONS);
    const deps = await ingestDeps(database, fetch, clock);
    const load = async (id: string, labels?: string[]) => {
      const source = sourceById(id);
      if (!source) throw new Error(`no source ${id}`);
      const select = labels
        ? { select: (offered: { label: string }[]) => offered.filter(({ label }) => labels.includes(label)) }
        : {};
      // The chooser sees more of an edition than its label; that is all this one needs.
      const report = await runSource(deps, source, { trigger: 'manual', ...(select as object) });
      if (report.state !== 'published') throw new Error(`${id}: ${report.state} ${report.message ?? ''}`);
    };
    await load('us.htsus', ['2026HTSRev1', '2026HTSRev2']);
    await load('us.change-records', ['2026HTSRev2']);
    for (const id of ['wco.hs', 'eu.taric', 'eu.regimes']) await load(id);
  }, 240_000);

  const judge = async (payload: Record<string, unknown>) => {
    const app = await apiForTest(database, {}, clock);
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/validate',
      payload: { as_of: '2026-03-01', ...payload },
    });
    expect(response.statusCode, response.body.slice(0, 300)).toBe(200);
    return validateAnswer.parse(response.json()).data;
  };

  it('proposes what the change record names for a number that ended, and warns of one that was given away', async () => {
    const ended = await judge({ code: '3004.90.92.02', destination: 'US' });
    expect(ended.verdict).toBe('fail');
    const active = ended.findings.find(({ rule }) => rule === 'active');
    expect(active?.details).toMatchObject({
      ended: '2026-02-01',
      replacements: ['3004909203', '3004909204', '3004909205', '3004909206'].map((to) => ({
        to,
        kind: 'split',
        authority: 'authoritative',
      })),
    });
    const reused = await judge({ code: '3004909204', destination: 'US' });
    expect(reused.findings.find(({ rule }) => rule === 'reused')).toMatchObject({
      status: 'warn',
      details: { replacements: [{ to: '3004909207', kind: 'renumbered', authority: 'authoritative' }] },
    });
    // The day before it was still the old number.
    const before = await judge({ code: '3004909202', destination: 'US', as_of: '2026-01-31' });
    expect(before.findings.find(({ rule }) => rule === 'active')?.status).toBe('pass');
  });

  it('both directions of a link agree, and cite the release that states it', async () => {
    const view = await openLedgerViews(database).current();
    const ask = (code: string) => codeLineage(openLineage(database), { view, source: 'us.htsus', code, knownAt: null });
    const { replaced_by } = await ask('0201305085');
    expect(replaced_by.map(({ to }) => to)).toEqual(['0201305091', '0201305097']);
    const { replaces, cites } = await ask('0201305091');
    expect(replaces).toMatchObject([{ from: '0201305085', effective_date: '2026-02-01' }]);
    expect(cites.map((id) => view.byId.get(id)?.source_id).sort()).toContain('us.change-records');
    // Known with the publication of Revision 2, days before it took effect; not before.
    const earlier = await codeLineage(openLineage(database), {
      view,
      source: 'us.htsus',
      code: '0201305085',
      knownAt: view.releases.find(({ label }) => label === '2026HTSRev1')?.published_at ?? null,
    });
    expect(earlier.replaced_by).toEqual([]);
  });

  it('lookup shows what a number was made of, and a number that ended says what took over', async () => {
    const app = await apiForTest(database, {}, clock);
    const { data } = await read(app, '/api/v1/lookup?code=0201305091&as_of=2026-03-01', lookupAnswer);
    expect(data.replaces).toMatchObject([{ from: '0201305085', kind: 'split', authority: 'authoritative' }]);
    expect(data.replaced_by).toEqual([]);
    const gone = problemOf(await app.inject('/api/v1/lookup?code=0201305085&as_of=2026-03-01'));
    expect(gone).toMatchObject({ code: 'code-not-found', replaced_by: [{ to: '0201305091' }, { to: '0201305097' }] });
  });

  it('a real veterinary control: documents and waivers of 0101 21', async () => {
    const app = await apiForTest(database, {}, clock);
    const { data } = await read(
      app,
      '/api/v1/requirements?code=0101210000&destination=DE&origin=US&as_of=2026-06-10',
      requirementsAnswer,
    );
    const control = data.requirements.find(({ regime }) => regime === 'veterinary');
    expect(control?.groups[0]?.alternatives.map(({ code }) => code)).toEqual(['C640']);
    expect(control?.groups[0]?.waivers.map(({ code }) => code)).toContain('Y170');
    expect(data.risk.at_least).toBe(true);
    // CH and NO are excluded areas of that measure.
    const swiss = await read(
      app,
      '/api/v1/requirements?code=0101210000&destination=DE&origin=CH&as_of=2026-06-10',
      requirementsAnswer,
    );
    expect(swiss.data.requirements.map(({ regime }) => regime)).not.toContain('veterinary');
  });
});
