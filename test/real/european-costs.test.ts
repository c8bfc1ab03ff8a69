import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { europeanTaxes, readTaxes } from '../../answers/landed-cost/european-taxes.ts';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { DECLARATIONS, sourceById } from '../../ingest/registry.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { testDatabase } from '../support/database.ts';
import { sharedFile } from '../support/edition-load.ts';
import { asked, dutyDeps } from '../support/european-ledger.ts';
import { ingestDeps } from '../support/ingest-deps.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with VAT rates');

describe.skipIf(!present)('taxes on imports by the real rates', async () => {
  if (!present) return;
  const database = await testDatabase();
  const deps = dutyDeps(database);
  beforeAll(async () => {
    const fetch = withDeclarations(await openMirror(new URL('mirror', shared).pathname), DECLARATIONS);
    const run = await ingestDeps(database, fetch, () => '2026-11-20T00:00:00.000Z');
    for (const id of ['eu.vat', 'gb.trade-tariff-api']) {
      const source = sourceById(id);
      if (!source) throw new Error(`no source ${id}`);
      const report = await runSource(run, source, { trigger: 'manual', select: notPublished });
      expect([id, report.state]).toEqual([id, 'published']);
    }
  }, 120_000);

  const taxes = async (text: string, more: Parameters<typeof asked>[1] = {}) => {
    const question = asked(text, more);
    const reading = await readTaxes(database, question, question.destination);
    const line = { question, customs_value: '1000.00', duty: '100.00', fees: [], inland: '0.00' };
    return europeanTaxes(line, reading, await deps.views.current(), undefined).charges;
  };

  it('VAT of every state on both sides of its changes', async () => {
    const rows = csvRecords(sharedFile('golden/eu-uk/vat_history.csv'), ['country', 'date', 'standard_rate_pct']);
    expect(rows).toHaveLength(33);
    for (const row of rows) {
      const [charge] = await taxes(`9999999999 ${row.country ?? ''} US ${row.date ?? ''}`);
      expect([row.country, row.date, Number(charge?.rate) * 100]).toEqual([
        row.country,
        row.date,
        expect.closeTo(Number(row.standard_rate_pct), 6),
      ]);
    }
  });

  it('standard rates of August 2026', async () => {
    const rows = csvRecords(sharedFile('golden/eu-uk/vat_standard_2026-08.csv'), ['country', 'standard_rate_pct']);
    for (const row of rows) {
      const [charge] = await taxes(`9999999999 ${row.country ?? ''} US 2026-08-22`);
      expect([row.country, Number(charge?.rate) * 100]).toEqual([
        row.country,
        expect.closeTo(Number(row.standard_rate_pct), 6),
      ]);
    }
    expect(rows).toHaveLength(28);
  });

  it('a British zero rate stands where the tariff names no other; a candidate beside the standard rate is listed', async () => {
    expect((await taxes('0201100021 GB US 2025-07-14'))[0]).toMatchObject({ rate: '0', amount: '0.00' });
    const [both] = await taxes('2924297099 GB US 2025-07-14');
    expect(both).toMatchObject({ rate: '0.2', amount: '220.00' });
    expect(both?.reason).toContain('VATZ');
    expect((await taxes('2924297099 GB US 2025-07-14', { facts: { additional_code: 'VATZ' } }))[0]).toMatchObject({
      rate: '0',
    });
  });

  it('a British line without a VAT measure stands at the standard rate and says that its rate has to be declared', async () => {
    const shoes = async (facts: Parameters<typeof asked>[1] = {}) => {
      const question = asked('6403990000 GB US 2025-07-14', facts);
      const reading = await readTaxes(database, question, 'GB');
      const line = { question, customs_value: '1000.00', duty: '100.00', fees: [], inland: '0.00' };
      return europeanTaxes(line, reading, await deps.views.current(), undefined);
    };
    const open = await shoes();
    expect(open.missing).toEqual(['vat_rate']);
    expect(open.charges).toMatchObject([{ name: 'vat', rate: '0.2', amount: '220.00' }]);
    expect(open.charges[0]?.reason).toContain('candidates, not applied: 0 % zero rate');
    const children = await shoes({ facts: { vat_rate: '0' } });
    expect([children.missing, children.charges[0]?.amount]).toEqual([[], '0.00']);
    expect((await shoes({ facts: { vat_rate: '0.2' } })).missing).toEqual([]);
    expect((await shoes({ facts: { vat_rate: '0.07' } })).missing).toEqual(['vat_rate']);
  });

  it('excise of spirits as of 2018 is in the base of VAT, and leaves it open where no rate is held', async () => {
    const spirits = await taxes('2208909110 GB US 2018-11-15', {
      value: '1000.00',
      quantities: [{ unit: 'LPA', amount: '200' }],
    });
    expect(spirits).toMatchObject([
      { name: 'excise', amount: '5748.00' },
      { name: 'vat', base: '6848.00', amount: '1369.60' },
    ]);
    const later = await taxes('2208909110 GB US 2026-06-10', { quantities: [{ unit: 'LPA', amount: '200' }] });
    expect(later).toMatchObject([
      { name: 'excise', amount: null, citation: 'Finance (No. 2) Act 2023, Part 2' },
      { name: 'vat', amount: null, rate: '0.2' },
    ]);
  });
});
