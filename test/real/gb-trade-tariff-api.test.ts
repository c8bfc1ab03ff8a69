import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { gbTradeTariffApi } from '../../ingest/sources/gb-trade-tariff-api.ts';
import { commodityAnswer } from '../../transforms/gb/trade-tariff-api.ts';
import { fetchParts, loadEdition, sharedFile } from '../support/edition-load.ts';
import { collect } from '../support/source-run.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with recorded answers');

describe.skipIf(!present)('recorded answers of the Trade Tariff API', () => {
  it('are all read, with every duty understood', () => {
    let answers = 0;
    for (const folder of ['mirror/uk/api-v2/', 'mirror/eu/xi-api/']) {
      const files = readdirSync(new URL(folder, shared)).filter((name) =>
        /^(commodities|headings)_\d+(_as|\.json)/.test(name),
      );
      for (const file of files) {
        const { measures, issues } = commodityAnswer(JSON.parse(sharedFile(`${folder}${file}`).toString('utf8')));
        expect([file, issues]).toEqual([file, []]);
        // Headings that are not declarable list the duties of the lines below, without direction or dates: none of theirs.
        if (file.startsWith('commodities')) expect(measures.length).toBeGreaterThan(0);
        answers += 1;
      }
    }
    expect(answers).toBe(22);
  });

  it('give VAT at 20 % and zero, and excise on spirits with its tax code', async () => {
    const mirror = await openMirror(new URL('mirror/', shared).pathname);
    const context = { fetch: mirror, known: [], today: '2026-11-20' };
    const [edition] = await collect(gbTradeTariffApi.discover(context));
    if (!edition) throw new Error('no edition');
    // Without the header the service answers in another version.
    for (const { headers } of edition.parts) expect(headers).toEqual({ accept: 'application/vnd.hmrc.2.0+json' });
    expect(edition.parts.map(({ url }) => url)).toContainEqual(expect.stringContaining('/headings/0501?'));
    const { measures } = await loadEdition(gbTradeTariffApi, edition, await fetchParts(mirror, edition));
    const taxes = [...measures.values()].filter((each) => ['305', '306'].includes(each.measure_type));
    expect(taxes.map((each) => [each.code, each.additional_code, each.duty_expression].join(' ')).sort()).toEqual([
      '010121  20.00 %',
      '010130  20.00 %',
      '0201100021 VATZ 0.00 %',
      '0501  20.00 %',
      '2208909110  20.00 %',
      '2208909110 X451 28.74 GBP / l alc. 100%',
      '2924297099  20.00 %',
      '2924297099 VATZ 0.00 %',
      '6911100090  20.00 %',
    ]);
  });
});
