import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { wcoHs } from '../../ingest/sources/wco-hs.ts';
import { retrieve, tariffIndex } from '../../transforms/classify/tariff-index.ts';
import { lineageState } from '../../transforms/lineage/state.ts';
import type { ValidationInput } from '../../transforms/validate/finding.ts';
import { description } from '../../transforms/validate/rules/description.ts';
import { loadEdition, sharedFile } from '../support/edition-load.ts';
import { edition } from '../support/source-run.ts';

const GOLDEN = '../shared/golden/classification';
const rows = (file: string) =>
  readFileSync(`${GOLDEN}/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as { description: string; codes: string[] });

describe.skipIf(!existsSync(GOLDEN))('descriptions of goods against the words of the HTS and the HS', async () => {
  const us = await loadEdition(usHtsus, edition('2026HTSRev10'), {
    schedule: sharedFile('mirror/us/hts/hts_2026_rev_10.json.gz'),
  });
  const hs = await loadEdition(wcoHs, edition('HS 2022.0', '2022-01-01'), {
    nomenclature: sharedFile('mirror/wco/harmonized-system.csv.gz'),
    sections: sharedFile('mirror/wco/sections.csv'),
  });
  const lines = lineageState([...us.goods.values()], []);
  const index = tariffIndex([...lines, ...lineageState([...hs.goods.values()], [])]);
  const headings = [...new Set(lines.filter(({ code }) => !/^9[89]/.test(code)).map(({ code }) => code.slice(0, 4)))];

  const judge = (text: string, code: string) => {
    const { status, details } = description({
      digits: code,
      description: text,
      retrieval: retrieve(index, text),
      tariff: { line: null, below: 1, digits: 10, span: null, replaced_by: [] },
    } as unknown as ValidationInput);
    return status === 'warn' && !('best' in details) ? 'vague' : status;
  };

  /** Shares of right headings warned of, of wrong ones (five of other chapters each) passed, and of descriptions that are not judged. */
  const rates = (items: readonly { description: string; codes: string[] }[]) => {
    const count = { falseWarnings: 0, falsePasses: 0, notJudged: 0, vague: 0 };
    const wrongOnes = 5;
    items.forEach(({ description: text, codes }, nth) => {
      // Any of the headings of a ruling is right.
      const right = codes.map((code) => judge(text, code));
      if (right.every((status) => status === 'warn')) count.falseWarnings += 1;
      if (right.includes('not_evaluated')) count.notJudged += 1;
      if (right.includes('vague')) count.vague += 1;
      const others = headings.filter((heading) => codes.every((code) => !code.startsWith(heading.slice(0, 2))));
      for (let step = 0; step < wrongOnes; step += 1) {
        const wrong = others[(nth * 37 + step * 211 + 11) % others.length] ?? '';
        if (judge(text, `${wrong}00`) === 'pass') count.falsePasses += 1 / wrongOnes;
      }
    });
    const share = (number: number) => Math.round((1000 * number) / items.length) / 1000;
    return {
      items: items.length,
      falseWarnings: share(count.falseWarnings),
      falsePasses: share(count.falsePasses),
      notJudged: share(count.notJudged),
      vague: share(count.vague),
    };
  };

  it('descriptions made from CBP rulings', () => {
    const found = rates(rows('atlas_validation.jsonl'));
    expect(found.items).toBe(200);
    // 12 % false warnings and 7.4 % false passes before titles of the HS and the second look at the chapter; 6 % and 8 % with them.
    expect(found.falseWarnings).toBeLessThan(0.07);
    expect(found.falsePasses).toBeLessThan(0.09);
  });

  it("short queries made from the United Kingdom's rulings", () => {
    const found = rates([...rows('uk_hmrc_sample40.jsonl'), ...rows('uk_hmrc_sample49.jsonl')]);
    expect(found.items).toBe(89);
    // 23.6 % and 7.4 % before; 16 % and 10 %.
    expect(found.falseWarnings).toBeLessThan(0.17);
    expect(found.falsePasses).toBeLessThan(0.11);
  });

  it("names under which the United Kingdom's tariff is searched, mostly a word or two", () => {
    const names = JSON.parse(readFileSync(`${GOLDEN}/uk_search_references.json`, 'utf8')) as Record<string, string>;
    const items = Object.entries(names)
      .filter(([, code]) => headings.includes(code.slice(0, 4)))
      .map(([text, code]) => ({ description: text, codes: [code] }));
    const found = rates(items);
    expect(found.items).toBeGreaterThan(3900);
    // 6.5 %, 2.5 % and 28 % not judged before; 5 %, 3 % and 19 %.
    expect(found.falseWarnings).toBeLessThan(0.06);
    expect(found.falsePasses).toBeLessThan(0.04);
    expect(found.notJudged).toBeLessThan(0.22);
  });

  it("the tariff's own words fit, and fit no other chapter", () => {
    const items = lines
      .filter(({ code, declarable }, nth) => declarable && nth % 13 === 0 && !/^9[89]/.test(code))
      .map(({ code, path }) => ({ description: path.slice(-3).join(' '), codes: [code] }));
    const found = rates(items);
    expect(found.items).toBeGreaterThan(1000);
    // What is left: 'Other' under 'Other'.
    expect(found.vague).toBeLessThan(0.04);
    expect(found.falseWarnings).toBeLessThan(0.01);
    expect(found.falsePasses).toBeLessThan(0.05);
  });
});
