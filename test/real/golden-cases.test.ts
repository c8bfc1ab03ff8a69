import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caseAnswer } from '../golden/case-answer.ts';
import { goldenCase } from '../golden/stated-case.ts';
import { euMeursing } from '../../ingest/sources/eu-meursing.ts';
import type { MeursingRow } from '../../transforms/duty/meursing.ts';
import { editionFiles } from '../support/edition-files.ts';
import { sharedFile } from '../support/edition-load.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';

const CASES = new URL('../../../shared/golden/eu-uk/duty_cases.jsonl', import.meta.url);
const present = existsSync(CASES);
if (!present) console.warn('skipped: the worked cases are not here (../shared)');

describe.skipIf(!present)('worked cases by the functions that answer duties', async () => {
  if (!present) return;
  const cases = readFileSync(CASES, 'utf8')
    .trim()
    .split('\n')
    .map((line) => goldenCase.parse(JSON.parse(line)));
  const of = edition('tables');
  const files = editionFiles({ tables: sharedFile('mirror/eu/meursing/meursing_duties.json.gz') });
  const records = await collect(euMeursing.normalise(euMeursing.parse(files, of), contextFor(of)));
  const meursing = records.flatMap((record) =>
    'kind' in record && record.kind === 'reference' ? [record.data as unknown as MeursingRow] : [],
  );

  it('are all here', () => {
    expect(cases).toHaveLength(78);
  });

  it.each(cases.map((one) => [one.id, one.kind, one] as const))('%s %s', (_id, _kind, one) => {
    const answer = caseAnswer(one, meursing);
    expect([answer.rounded, answer.reason]).toEqual([one.expected_rounded, null]);
    const lines = one.inputs['expected_lines'];
    if (lines !== undefined) expect(answer.lines).toEqual(lines);
    if (one.inputs['expected_vat_base'] !== undefined) expect(answer.vat_base).toBe(one.inputs['expected_vat_base']);
    // The VAT cases print their base rounded, so their exact amount is that of another base.
    if (one.kind !== 'vat') expect(answer.amount).toBe(one.expected_amount);
  });

  it('answers by the numbers of a case, not by its name', () => {
    const [first] = cases.filter(({ kind }) => kind === 'expression');
    if (!first) throw new Error('no expression among the cases');
    const varied = {
      ...first,
      expression: '7.300 % MAX 2.000 EUR TNE G',
      customs_value: '4100.10',
      quantities: { KGM_G: '9000' },
    };
    expect(caseAnswer(varied, null)).toMatchObject({ amount: '18', rounded: '18.00' });
    expect(caseAnswer({ ...varied, quantities: {} }, null)).toMatchObject({ amount: null, rounded: null });
    expect(caseAnswer({ ...varied, expression: 'as agreed' }, null)).toMatchObject({ amount: null, rounded: null });
  });
});
