import { describe, expect, it } from 'vitest';
import { stackUs } from '../../transforms/stacking/us/stack-us.ts';
import { csvRows, mirrorIsHere, question, SHARED, usInput } from '../support/us-mirror.ts';
import type { DutyComponent } from '../../transforms/stacking/component.ts';

if (!mirrorIsHere) console.warn('skipped: worked US cases of ../shared are not here');

const GOLDEN = `${SHARED}/golden/us`;

/** Columns of the cases as facts, as the API contract maps them. */
function factsOf(row: Record<string, string>): Record<string, string | boolean> {
  const facts: Record<string, string | boolean> = {};
  const is = (column: string) => row[column] === 'True';
  if (is('entry_is_entered_free_of_duty_under_usmca') || is('entry_is_usmca_duty_free_entry'))
    facts['preference'] = 'S';
  if (is('entry_loaded_and_in_transit_before_july_24_2026')) facts['loaded_on'] = '2026-07-20';
  if (is('article_is_potash')) facts['potash'] = true;
  if (is('entry_is_humanitarian_donation_article')) facts['donation'] = true;
  if (is('entry_is_informational_material_article')) facts['informational_materials'] = true;
  if (is('entry_is_personal_use_accompanied_baggage')) facts['accompanied_baggage'] = true;
  if (is('entry_is_properly_claimed_chapter_98_entry')) facts['chapter_98'] = true;
  if (is('is_postal_shipment')) facts['postal'] = true;
  return facts;
}

const rateOf = (components: readonly DutyComponent[], matches: (component: DutyComponent) => boolean): number =>
  components
    .filter((component) => component.status === 'applied' && matches(component))
    .reduce((sum, component) => sum + Number(component.rate), 0);

const COMPONENTS: Record<string, (component: DutyComponent) => boolean> = {
  exp_mfn_ad_valorem_rate: ({ effect }) => effect === 'base',
  exp_ieepa_component_rate: ({ family }) => family === 'ieepa',
  exp_section_122_component_rate: ({ family }) => family === 'section-122',
  exp_section_232_aluminum_component_rate: ({ family }) => family === 'section-232',
  exp_china_section_301_component_rate: ({ program }) => program === 'us.section-301.china',
  exp_brazil_section_301_component_rate: ({ program }) => program === 'us.section-301.brazil',
  exp_forced_labor_section_301_component_rate: ({ program }) => program === 'us.section-301.forced-labor',
  exp_section_201_component_rate: ({ family }) => family === 'section-201',
  exp_section_338_component_rate: ({ family }) => family === 'section-338',
};

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
    for (const [column, matches] of Object.entries(COMPONENTS)) {
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
