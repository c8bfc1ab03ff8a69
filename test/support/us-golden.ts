import type { DutyComponent } from '../../transforms/stacking/component.ts';

/** How the columns of the dated compositions (golden/us/composition_cases_dev.csv) stand in a question and in an answer. */

/** Facts that a row states, as the API contract maps the columns. */
export function factsOf(row: Record<string, string>): Record<string, string | boolean> {
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

type Priced = Pick<DutyComponent, 'status' | 'rate' | 'effect' | 'family' | 'program'>;

/** Sum of the rates of the applied components that match. */
export const rateOf = (components: readonly Priced[], matches: (component: Priced) => boolean): number =>
  components
    .filter((component) => component.status === 'applied' && matches(component))
    .reduce((sum, component) => sum + Number(component.rate), 0);

const forcedLabor = ({ program }: Priced) => program === 'us.section-301.forced-labor';
const canada = ({ family }: Priced) => family === 'section-338';

/** Columns of expected component rates, and the components they speak of. */
export const EXPECTED_RATES: Readonly<Record<string, (component: Priced) => boolean>> = {
  exp_mfn_ad_valorem_rate: ({ effect }) => effect === 'base',
  exp_ieepa_component_rate: ({ family }) => family === 'ieepa',
  exp_section_122_component_rate: ({ family }) => family === 'section-122',
  exp_section_232_aluminum_component_rate: ({ family }) => family === 'section-232',
  exp_china_section_301_component_rate: ({ program }) => program === 'us.section-301.china',
  exp_brazil_section_301_component_rate: ({ program }) => program === 'us.section-301.brazil',
  exp_forced_labor_section_301_component_rate: forcedLabor,
  exp_forced_labor_section_301_entry_component_rate: forcedLabor,
  exp_section_201_component_rate: ({ family }) => family === 'section-201',
  exp_section_338_component_rate: canada,
  exp_section_338_entry_component_rate: canada,
  exp_section_338_alcohol_additional_duty_rate: canada,
  exp_solar_column_2_rate_of_duty: ({ effect }) => effect === 'base',
  exp_solar_china_section_301_additional_duty_rate: ({ program }) => program === 'us.section-301.china',
};
