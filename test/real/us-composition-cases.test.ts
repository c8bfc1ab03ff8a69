import { describe, expect, it } from 'vitest';
import { stackUs } from '../../transforms/stacking/us/stack-us.ts';
import { csvRows, mirrorIsHere, question, SHARED, usInput } from '../support/us-mirror.ts';
import { EXPECTED_RATES, factsOf, rateOf } from '../support/us-golden.ts';

if (!mirrorIsHere) console.warn('skipped: worked US cases of ../shared are not here');

const GOLDEN = `${SHARED}/golden/us`;

describe.skipIf(!mirrorIsHere)('dated compositions', () => {
  const cases = mirrorIsHere ? csvRows(`${GOLDEN}/composition_cases_dev.csv`) : [];
  it.each(cases.map((row) => [row['name'], row] as const))('%s', async (_name, row) => {
    const asked = question(row['hts_number'] ?? '', row['country'] ?? '', row['date'] ?? '', {
      customs_value: { amount: row['customs_value'] ?? '', currency: 'USD' },
      facts: factsOf(row),
    });
    const answer = stackUs(await usInput(asked));
    expect(answer.total.status).toBe('complete');
    expect(Number(answer.total.ad_valorem_rate)).toBeCloseTo(Number(row['exp_us_tariff_total_ad_valorem_rate']), 10);
    expect(Number(answer.total.amount)).toBe(Number(row['exp_us_tariff_duty']));
    for (const [column, matches] of Object.entries(EXPECTED_RATES)) {
      const expected = row[column];
      if (expected === undefined || expected === '') continue;
      expect([column, rateOf(answer.components, matches)]).toEqual([column, Number(expected)]);
    }
  });
});

describe.skipIf(!mirrorIsHere)('worked examples', () => {
  const cases = mirrorIsHere ? csvRows(`${GOLDEN}/worked_examples_dev.csv`) : [];
  it.each(cases.map((row) => [row['id'], row] as const))('%s', async (_id, row) => {
    const facts: Record<string, string> =
      row['claims_or_facts'] === 'qualifying semiconductor article' ? { qualifying_article: 'semiconductor' } : {};
    const answer = stackUs(
      await usInput(question(row['hts'] ?? '', row['country'] ?? '', row['entry_date'] ?? '', { facts })),
    );
    const additional = rateOf(answer.components, ({ effect }) => effect !== 'base');
    expect(additional).toBeCloseTo(Number(row['expected_additional_rate']), 10);
    expect(Number(answer.total.ad_valorem_rate)).toBeCloseTo(Number(row['expected_total_rate']), 10);
  });
});
