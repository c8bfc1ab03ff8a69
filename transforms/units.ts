import { Exact } from './exact.ts';

/**
 * Units of quantity: one documented code per unit, conversions in one table. Codes are those of TARIC / CDS and of
 * UNECE Recommendation 20; a unit no list knows (button lines) has its own code, marked so.
 * Nothing here has a default: an unknown text or an impossible conversion is null.
 */

interface Unit {
  readonly code: string;
  readonly dimension: string;
  /** How many of the dimension's smallest listed unit. */
  readonly factor: string;
  readonly meaning: string;
}

const unit = (code: string, dimension: string, factor: string, meaning: string): Unit => ({
  code,
  dimension,
  factor,
  meaning,
});

export const UNITS: readonly Unit[] = [
  unit('GRM', 'mass', '1', 'gram'),
  unit('KGM', 'mass', '1000', 'kilogram'),
  unit('DTN', 'mass', '100000', '100 kilograms'),
  unit('TNE', 'mass', '1000000', 'tonne'),
  // Weights of a constituent: the same arithmetic as mass, never interchangeable with it.
  unit('KMA', 'mass_methylamines', '1', 'kilogram of methylamines'),
  unit('KNE', 'mass_net_drained', '1', 'kilogram drained net weight'),
  unit('KNI', 'mass_nitrogen', '1', 'kilogram of nitrogen'),
  unit('KNS', 'mass_hydrogen_peroxide', '1', 'kilogram of hydrogen peroxide'),
  unit('KPH', 'mass_potassium_hydroxide', '1', 'kilogram of potassium hydroxide'),
  unit('KPO', 'mass_potassium_oxide', '1', 'kilogram of potassium oxide'),
  unit('KPP', 'mass_diphosphorus_pentaoxide', '1', 'kilogram of diphosphorus pentaoxide'),
  unit('KSD', 'mass_90_percent_dry', '1', 'kilogram of substance 90 % dry'),
  unit('KSH', 'mass_sodium_hydroxide', '1', 'kilogram of sodium hydroxide'),
  unit('KUR', 'mass_uranium', '1', 'kilogram of uranium'),
  unit('GFI', 'fissile_mass', '1', 'gram of fissile isotopes'),
  unit('CTM', 'gem_mass', '1', 'metric carat'),
  unit('LTR', 'volume', '1', 'litre'),
  unit('HLT', 'volume', '100', 'hectolitre'),
  unit('KLT', 'volume', '1000', '1000 litres'),
  unit('MTQ', 'volume', '1000', 'cubic metre'),
  unit('TMQ', 'volume', '1000000', '1000 cubic metres'),
  unit('BLL', 'petroleum_volume', '1', 'barrel of 42 US gallons'),
  // HTS chapter 22, additional U.S. note: a proof liter holds 50 % alcohol by volume, so it is half a litre of pure alcohol.
  unit('PFL', 'alcohol_volume', '0.5', 'proof litre'),
  unit('LPA', 'alcohol_volume', '1', 'litre of pure alcohol'),
  unit('HPA', 'alcohol_volume', '100', 'hectolitre of pure alcohol'),
  unit('ASV', 'alcoholic_strength', '1', '% vol of alcohol'),
  unit('SPQ', 'small_producer_relief', '1', 'litre of pure alcohol times the small producer relief'),
  unit('MTR', 'length', '1', 'metre'),
  unit('HMT', 'length', '100', '100 metres'),
  unit('KMT', 'length', '1000', '1000 metres'),
  unit('CMK', 'area', '1', 'square centimetre'),
  unit('MTK', 'area', '10000', 'square metre'),
  unit('SQR', 'roofing_area', '1', 'square of shingles'),
  unit('NAR', 'number', '1', 'item'),
  unit('DZN', 'number', '12', 'dozen'),
  unit('CEN', 'number', '100', 'hundred items'),
  unit('GRO', 'number', '144', 'gross'),
  unit('MIL', 'number', '1000', 'thousand items'),
  unit('NPR', 'pairs', '1', 'pair'),
  unit('DPR', 'pairs', '12', 'dozen pairs'),
  unit('MPR', 'pairs', '1000', 'thousand pairs'),
  unit('PK', 'packs', '1', 'pack'),
  unit('NCL', 'cells', '1', 'cell or element'),
  unit('GRL', 'gross_lines', '1', 'gross lines of buttons: lines of size times gross (own code)'),
  unit('CCT', 'carrying_capacity', '1', 'tonne of carrying capacity'),
  unit('GRT', 'gross_tonnage', '1', 'gross register ton'),
  unit('TCE', 'co2', '1', 'tonne of CO2 equivalent'),
  unit('TJO', 'energy_tj', '1', 'terajoule of gross calorific value'),
  unit('MWH', 'energy', '1', 'megawatt hour'),
  unit('ENP', 'nominal_power', '1', 'effective nominal power'),
  unit('WTT', 'power', '1', 'watt'),
  unit('GBQ', 'radioactivity', '1', 'gigabecquerel'),
  unit('DHS', 'standard_degree', '1', 'Dolezalek degree'),
];

const BY_CODE: ReadonlyMap<string, Unit> = new Map(UNITS.map((entry) => [entry.code, entry]));

/** True for a code of the table. */
export function isUnitCode(code: string): boolean {
  return BY_CODE.has(code);
}

/** `amount` of `from` in `to`, exact decimal string; null when either code is unknown or they measure different things. */
export function convertUnit(amount: string, from: string, to: string): string | null {
  const source = BY_CODE.get(from);
  const target = BY_CODE.get(to);
  if (source === undefined || target === undefined || source.dimension !== target.dimension) return null;
  return new Exact(amount).times(source.factor).div(target.factor).toFixed();
}

/** A unit as the HTS prints it: code, how many of it, and what it is measured on ('Cu kg' counts the copper). */
export interface HtsUnit {
  readonly unit: string;
  readonly per: string;
  readonly basis?: string;
}

const HTS_UNITS: ReadonlyMap<string, HtsUnit> = new Map(
  Object.entries({
    kg: 'KGM',
    g: 'GRM',
    t: 'TNE',
    carat: 'CTM',
    'cy kg': 'KGM clean_content',
    'clean kg': 'KGM clean_content',
    'kg amc': 'KGM anhydrous_morphine_content',
    'kg cmsc': 'KGM cows_milk_solids_content',
    'kg msc': 'KGM milk_solids_content',
    'kg ttl sug': 'KGM total_sugars',
    't adw': 'TNE air_dry_weight',
    't dwb': 'TNE dry_weight_basis',
    liter: 'LTR',
    liters: 'LTR',
    'pf.liter': 'PFL',
    'pf.liters': 'PFL',
    bbl: 'BLL',
    m3: 'MTQ',
    'thousand m3': 'TMQ',
    m: 'MTR',
    'lin. m': 'MTR',
    'thousand m': 'KMT',
    'fiber m': 'MTR fiber',
    m2: 'MTK',
    cm2: 'CMK',
    square: 'SQR',
    each: 'NAR',
    no: 'NAR',
    'no.': 'NAR',
    head: 'NAR',
    article: 'NAR',
    pcs: 'NAR',
    doses: 'NAR doses',
    jewel: 'NAR jewels',
    'jwls.': 'NAR jewels',
    'doz.': 'DZN',
    'dz pcs': 'DZN',
    'doz. prs.': 'DPR',
    'doz. prs': 'DPR',
    'pr.': 'NPR',
    'prs.': 'NPR',
    gross: 'GRO',
    hundreds: 'CEN',
    thousands: 'MIL',
    pack: 'PK',
    'gr.lines': 'GRL',
    'line/gross': 'GRL',
    mwh: 'MWH',
    w: 'WTT',
    gbq: 'GBQ',
    'ag g': 'GRM silver_content',
    'au g': 'GRM gold_content',
    'ir g': 'GRM iridium_content',
    'os g': 'GRM osmium_content',
    'pd g': 'GRM palladium_content',
    'pt g': 'GRM platinum_content',
    'rh g': 'GRM rhodium_content',
    'ru g': 'GRM ruthenium_content',
    'co kg': 'KGM cobalt_content',
    'cr kg': 'KGM chromium_content',
    'cu kg': 'KGM copper_content',
    'mg kg': 'KGM magnesium_content',
    'mn kg': 'KGM manganese_content',
    'mo kg': 'KGM molybdenum_content',
    'ni kg': 'KGM nickel_content',
    'pb kg': 'KGM lead_content',
    'sb kg': 'KGM antimony_content',
    'si kg': 'KGM silicon_content',
    'v kg': 'KGM vanadium_content',
    'w kg': 'KGM tungsten_content',
    'zn kg': 'KGM zinc_content',
    'naoh kg': 'KGM sodium_hydroxide_content',
    'v2o5 kg': 'KGM vanadium_pentoxide_content',
    'cr2o3 t': 'TNE chromic_oxide_content',
    'nh3 t': 'TNE ammonia_content',
    'sn t': 'TNE tin_content',
  }).map(([text, target]) => {
    const [code = '', basis] = target.split(' ');
    return [text, { unit: code, per: '1', ...(basis === undefined ? {} : { basis }) }];
  }),
);

/** The unit behind an HTS text ('kg', 'pf. liter', '1,000 pins', 'Cu kg'); null when the table does not know it. */
export function htsUnit(text: string): HtsUnit | null {
  const key = text
    .toLowerCase()
    .replace(/²/g, '2')
    .replace(/³/g, '3')
    .replace(/\s+/g, ' ')
    .replace(/\s*\/\s*/g, '/')
    .trim();
  const thousand = /^(?:1,?000|thousand)(?: (pins))?$/.exec(key);
  if (thousand) return { unit: 'NAR', per: '1000', ...(thousand[1] === undefined ? {} : { basis: thousand[1] }) };
  return HTS_UNITS.get(key) ?? HTS_UNITS.get(key.replace(/^pf\. /, 'pf.')) ?? null;
}

/** The units of one entry of the HTS units column: 'No. and kg' is two, 'X' none. Null when a part is unknown. */
export function htsUnits(text: string): HtsUnit[] | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'X') return [];
  const parts = trimmed.split(/ and /).map(htsUnit);
  return parts.every((part) => part !== null) ? parts : null;
}

/** The printed HTS form of a unit ('kg', 'pf.liter', '1,000 pins'); null when there is none. The inverse of htsUnit. */
export function htsUnitText(wanted: HtsUnit): string | null {
  if (wanted.unit === 'NAR' && wanted.per === '1000')
    return wanted.basis === undefined ? '1000' : `1,000 ${wanted.basis}`;
  const same = (candidate: HtsUnit): boolean =>
    candidate.unit === wanted.unit && candidate.per === wanted.per && candidate.basis === wanted.basis;
  return [...HTS_UNITS].find(([, candidate]) => same(candidate))?.[0] ?? null;
}
