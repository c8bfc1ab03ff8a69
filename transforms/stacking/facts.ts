/** What a caller may declare about an entry: GET /facts, and the only names the engines look at. */
export interface Fact {
  name: string;
  type: 'boolean' | 'string' | 'date' | 'decimal' | 'string[]';
  /** Closed vocabulary; null: any value of the type. */
  values: readonly string[] | null;
  description: string;
  /** Unit of a decimal: a share of the customs value or weight (0 to 1), or money in the currency of the customs value. */
  unit: 'share' | 'money' | null;
  /** Destinations that ask for it. */
  destinations: readonly ('US' | 'EU' | 'GB')[];
  /** Programmes or measure types that ask for it. */
  asked_by: readonly string[];
  /** What is taken as given while it is undeclared. */
  undeclared: string;
}

type Declared = Omit<Fact, 'values' | 'unit' | 'destinations'> &
  Partial<Pick<Fact, 'values' | 'unit' | 'destinations'>>;

const fact = (declared: Declared): Fact => ({ values: null, unit: null, destinations: ['US'], ...declared });

/** Articles that a programme singles out, as values of `qualifying_article`. */
const QUALIFYING_ARTICLES: readonly string[] = [
  ...[
    'semiconductor',
    'semiconductor_data_center',
    'semiconductor_repair',
    'semiconductor_research',
    'semiconductor_startup',
  ],
  ...['semiconductor_consumer', 'semiconductor_industrial', 'semiconductor_public_sector'],
  ...['patented_pharmaceutical', 'generic_drug', 'non_patented_pharmaceutical', 'pharmaceutical_use'],
  ...[
    'civil_aircraft',
    'described_article',
    'excluded_301',
    'excluded_201',
    'enteral_syringe',
    'ship_to_shore_crane',
    'cspv',
    'not_cspv',
  ],
  ...['not_vehicle', 'vehicle_25_years_old', 'vehicle_part', 'not_vehicle_part', 'mhdv_part', 'motorcycle_parts'],
  ...['not_cabinet', 'not_copper', 'not_unmanned_aircraft', 'none'],
];

const DONATIONS = ['us.ieepa', 'us.section-122', 'us.section-301.brazil', 'us.section-301.forced-labor'] as const;

export const FACTS: readonly Fact[] = [
  fact({
    name: 'preference',
    type: 'string',
    description:
      'Special programme claimed: a symbol of the HTS special column (S, S+, KR, A+) or a European preference code (300, 310)',
    destinations: ['US', 'EU', 'GB'],
    asked_by: [
      'us.preference',
      'us.ieepa.fentanyl.canada',
      'us.ieepa.fentanyl.mexico',
      'us.section-122',
      'us.section-301.forced-labor',
      'us.section-232.auto-parts',
      'us.section-232.mhdv-parts',
      'preference',
    ],
    undeclared: 'no claim: the general rate applies and the special rates are listed as available',
  }),
  fact({
    name: 'loaded_on',
    type: 'date',
    description: 'Day on which the goods were loaded on the vessel of the final mode of transit',
    asked_by: ['us.ieepa', 'us.section-122', 'us.section-301.brazil', 'us.section-301.forced-labor'],
    undeclared: 'not in transit when the duty began',
  }),
  fact({
    name: 'final_mode',
    type: 'string',
    values: ['vessel', 'air', 'truck', 'rail'],
    description: 'Final mode of transit; only a vessel qualifies for the in-transit rules',
    asked_by: ['us.ieepa', 'us.section-122', 'us.section-301.brazil', 'us.section-301.forced-labor'],
    undeclared: 'vessel where loaded_on is declared',
  }),
  fact({
    name: 'chapter_98',
    type: 'string',
    description: 'Chapter 98 heading properly claimed (9802.00.80), or true for one that is not named',
    asked_by: ['us.mfn', 'us.ieepa', 'us.section-122', 'us.section-232', 'us.section-301', 'us.section-338.canada'],
    undeclared: 'no chapter 98 claim',
  }),
  fact({
    name: 'processing_value',
    type: 'decimal',
    unit: 'money',
    description: 'Value of repairs, alterations or processing abroad (9802.00.40, .50, .60)',
    asked_by: ['us.mfn', 'us.ieepa', 'us.section-122', 'us.section-301'],
    undeclared: 'the rate is shown, no amount',
  }),
  fact({
    name: 'us_components_value',
    type: 'decimal',
    unit: 'money',
    description: 'Cost or value of the products of the United States in an article assembled abroad (9802.00.80)',
    asked_by: ['us.mfn', 'us.ieepa', 'us.section-122', 'us.section-301'],
    undeclared: 'the rate is shown, no amount',
  }),
  fact({
    name: 'us_content_share',
    type: 'decimal',
    unit: 'share',
    description:
      'U.S. content as a share of customs value: 9903.01.34 from 0.2; vehicles under 9903.94.03 and 9903.74.03 when approved',
    asked_by: ['us.ieepa.reciprocal', 'us.section-232.autos', 'us.section-232.mhdv'],
    undeclared: 'no U.S. content',
  }),
  fact({
    name: 'metal_weight_share',
    type: 'decimal',
    unit: 'share',
    description: 'Weight of the listed metals as a share of the weight of the article (U.S. note 16(c): 0.15)',
    asked_by: ['us.section-232.metals'],
    undeclared: 'at least 0.15 for a listed provision',
  }),
  fact({
    name: 'metal_content_value',
    type: 'decimal',
    unit: 'money',
    description: 'Declared value of the steel, aluminum or copper content (entries before 2026-04-06)',
    asked_by: ['us.section-232.steel', 'us.section-232.aluminum', 'us.section-232.copper'],
    undeclared: "the whole value for articles of the metal's own chapter, otherwise undetermined",
  }),
  fact({
    name: 'metal_smelted_in',
    type: 'string',
    description:
      'Country (ISO alpha-2, or other) in which at least 95 % of the metal was smelted and cast, or melted and poured',
    asked_by: [
      'us.section-232.metals',
      'us.section-232.steel',
      'us.section-232.aluminum',
      'us.section-232.aluminum-russia',
    ],
    undeclared: 'the United Kingdom for its own products (note 16(d)); otherwise nowhere that matters',
  }),
  fact({
    name: 'declared_heading',
    type: 'string',
    description: 'Chapter 99 heading the importer is entitled to and claims (9903.82.03)',
    asked_by: ['us.section-232', 'us.section-301.china', 'us.ieepa'],
    undeclared: 'none claimed',
  }),
  fact({
    name: 'qualifying_article',
    type: 'string',
    values: QUALIFYING_ARTICLES,
    description: "What the article is in the words of a note; 'none' says that it is none of them",
    asked_by: [
      'us.section-232',
      'us.section-301',
      'us.section-122',
      'us.section-201',
      'us.section-338.canada',
      'us.ieepa',
    ],
    undeclared:
      'semiconductors, patented pharmaceuticals and cranes stay undetermined; reliefs are listed as available',
  }),
  fact({
    name: 'potash',
    type: 'boolean',
    description: 'Potash of Canada or Mexico',
    asked_by: ['us.ieepa.fentanyl.canada', 'us.ieepa.fentanyl.mexico'],
    undeclared: 'decided by the published list',
  }),
  fact({
    name: 'energy',
    type: 'boolean',
    description: 'Energy or energy resources or critical minerals of Canada',
    asked_by: ['us.ieepa.fentanyl.canada'],
    undeclared: 'decided by the published list',
  }),
  fact({
    name: 'donation',
    type: 'boolean',
    description: 'Donated to relieve human suffering',
    asked_by: DONATIONS,
    undeclared: 'no',
  }),
  fact({
    name: 'informational_materials',
    type: 'boolean',
    description: 'Informational materials',
    asked_by: DONATIONS,
    undeclared: 'no',
  }),
  fact({
    name: 'accompanied_baggage',
    type: 'boolean',
    description: 'For personal use in the accompanied baggage of a person arriving',
    asked_by: [...DONATIONS, 'us.section-338.canada'],
    undeclared: 'no',
  }),
  fact({
    name: 'postal',
    type: 'boolean',
    description:
      'Sent through the international postal network; counts up to 800 USD of customs value while the postal regime lasted',
    asked_by: ['us.postal.low-value'],
    undeclared: 'no',
  }),
  fact({
    name: 'in_quota',
    type: 'boolean',
    description: 'Entered within the tariff-rate quota of the measure',
    destinations: ['US', 'EU', 'GB'],
    asked_by: ['us.section-201', 'us.section-232.autos', 'us.section-232.steel', 'us.section-232.aluminum', 'quota'],
    undeclared: 'undetermined for safeguards; otherwise outside the quota',
  }),
  fact({
    name: 'thermal_imaging',
    type: 'boolean',
    description: 'Reserved: article with thermal imaging (drones, Proclamation 11055)',
    asked_by: ['us.section-232.drones'],
    undeclared: 'the programme is undetermined in any case',
  }),
  fact({
    name: 'sugar_degrees',
    type: 'decimal',
    description: 'Degrees of polarisation of sugar',
    asked_by: ['us.mfn'],
    undeclared: 'a duty by degree is not computable',
  }),
  fact({
    name: 'under_bond',
    type: 'boolean',
    description: 'Entered under bond (column 2 "Free, under bond")',
    asked_by: ['us.column-2'],
    undeclared: 'not computable',
  }),
  fact({
    name: 'additional_code',
    type: 'string',
    description:
      'Additional codes of the goods (company, composition, Meursing), four characters each; several with blanks between',
    destinations: ['EU', 'GB'],
    asked_by: ['antidumping', 'countervailing', 'additional-code duty', 'meursing'],
    undeclared:
      'the rate of all other companies where there is one; otherwise measures by additional code are undetermined',
  }),
  fact({
    name: 'certificates',
    type: 'string[]',
    description: 'Document codes held (N002, Y900, L001 …)',
    destinations: ['EU', 'GB'],
    asked_by: ['conditions'],
    undeclared:
      'a base duty that depends on a document is undetermined; a duty on top stands at the rate without one. An empty list says that there are none',
  }),
  fact({
    name: 'entry_price',
    type: 'decimal',
    unit: 'money',
    description: 'Entry price of fruit or vegetables, per 100 kg unless price_unit says otherwise',
    destinations: ['EU', 'GB'],
    asked_by: ['entry price'],
    undeclared: 'not computable',
  }),
  fact({
    name: 'cif_price',
    type: 'decimal',
    unit: 'money',
    description: 'C.i.f. import price (condition L), per 100 kg unless price_unit says otherwise',
    destinations: ['EU', 'GB'],
    asked_by: ['conditions'],
    undeclared: 'customs value by net weight',
  }),
  fact({
    name: 'declared_price',
    type: 'decimal',
    unit: 'money',
    description: 'Declared price (condition M, minimum prices), per 100 kg unless price_unit says otherwise',
    destinations: ['EU', 'GB'],
    asked_by: ['conditions'],
    undeclared: 'customs value by net weight',
  }),
  fact({
    name: 'free_at_frontier_price',
    type: 'decimal',
    unit: 'money',
    description:
      'Net price free at frontier before duty (condition F, minimum prices), per 100 kg unless price_unit says otherwise',
    destinations: ['EU', 'GB'],
    asked_by: ['conditions'],
    undeclared: 'undetermined',
  }),
  fact({
    name: 'free_at_frontier_price_after_duty',
    type: 'decimal',
    unit: 'money',
    description:
      'Net price free at frontier after duty (condition G, minimum prices), per 100 kg unless price_unit says otherwise',
    destinations: ['EU', 'GB'],
    asked_by: ['conditions'],
    undeclared: 'undetermined',
  }),
  fact({
    name: 'price_unit',
    type: 'string',
    description: 'Unit that the declared prices are for (TNE, KGM, MIL, HLT …)',
    destinations: ['EU', 'GB'],
    asked_by: ['conditions', 'entry price'],
    undeclared: 'DTN: 100 kg',
  }),
  fact({
    name: 'retail_price',
    type: 'decimal',
    unit: 'money',
    description: 'Retail price of tobacco, for excise',
    destinations: ['GB'],
    asked_by: ['excise'],
    undeclared: 'not computable',
  }),
  fact({
    name: 'small_producer_relief',
    type: 'decimal',
    description: 'Small producer relief per litre of pure alcohol, for excise (unit SPQ)',
    destinations: ['GB'],
    asked_by: ['excise'],
    undeclared: 'not computable',
  }),
  fact({
    name: 'vat_rate',
    type: 'decimal',
    unit: 'share',
    description: 'VAT rate the goods are entitled to; taken only when the law names it for the code',
    destinations: ['EU', 'GB'],
    asked_by: ['vat'],
    undeclared: 'the standard rate; other rates named for the code are listed',
  }),
  fact({
    name: 'exporter',
    type: 'string',
    description: 'Exporter or producer named in an anti-dumping or countervailing case',
    destinations: ['US', 'EU', 'GB'],
    asked_by: ['antidumping', 'countervailing'],
    undeclared: 'the all-others rate is a candidate',
  }),
];
