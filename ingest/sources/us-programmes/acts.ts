import type { LegalAct } from '../../../transforms/stacking/programme.ts';

/**
 * The acts behind the programmes. `published` is the date from which an edition may know the act: the Federal Register date, or
 * the date of issue for acts that only the White House or CBP published. `verified: false`: a date or number not yet read in the
 * act itself (docs/stacking-us.md).
 */
type Facts = Omit<LegalAct, 'id' | 'url' | 'verified'> & { url?: string; verified?: false };

function fr(
  citation: string,
  document: string | null,
  published: string,
  effective: string | null,
  more: { signed?: string; verified?: false; url?: string } = {},
): Facts {
  const page = /^(\d+) FR (\d+)/.exec(citation);
  const url =
    more.url ??
    (document !== null
      ? `https://www.federalregister.gov/d/${document}`
      : page
        ? `https://www.federalregister.gov/citation/${page[1]}-FR-${page[2]}`
        : undefined);
  return {
    citation,
    document,
    published,
    effective,
    signed: more.signed ?? null,
    ...(url === undefined ? {} : { url }),
    ...(more.verified === false ? { verified: false } : {}),
  };
}

const WH = 'https://www.whitehouse.gov/presidential-actions';

const FACTS = {
  // Section 301 China
  'fr-83-28710': fr('83 FR 28710', null, '2018-06-20', '2018-07-06'),
  'fr-83-40823': fr('83 FR 40823', null, '2018-08-16', '2018-08-23'),
  'fr-83-47974': fr('83 FR 47974', null, '2018-09-21', '2018-09-24'),
  'fr-84-20459': fr('84 FR 20459', null, '2019-05-09', '2019-05-10'),
  'fr-84-43304': fr('84 FR 43304; 84 FR 45821', null, '2019-08-30', '2019-09-01'),
  'fr-84-69447': fr('84 FR 69447', null, '2019-12-18', '2019-12-15'),
  'fr-85-3741': fr('85 FR 3741', null, '2020-01-22', '2020-02-14'),
  'fr-89-46948': fr('89 FR 46948', null, '2024-05-30', '2024-06-15'),
  'fr-89-76581': fr('89 FR 76581', '2024-21217', '2024-09-18', '2024-09-27'),
  'fr-89-101682': fr('89 FR 101682', null, '2024-12-16', '2025-01-01'),
  'ustr-2025-05': fr('USTR notice extending exclusions to 2025-08-31', null, '2025-06-03', '2025-06-01', {
    verified: false,
  }),
  'ustr-2025-08': fr('USTR notice extending exclusions to 2025-11-29', null, '2025-09-02', '2025-09-01', {
    verified: false,
  }),
  'fr-90-55232': fr('90 FR 55232', null, '2025-12-01', '2025-11-30', { verified: false }),
  'fr-90-48320': fr('90 FR 48320', null, '2025-10-16', '2025-11-09', { verified: false }),
  'fr-90-50947': fr('90 FR 50947', null, '2025-11-12', '2025-11-10', { verified: false }),
  'fr-90-60848': fr('90 FR 60848', null, '2025-12-29', '2025-12-23', { verified: false }),
  'fr-90-57807': fr('90 FR 57807; 90 FR 60850', null, '2025-12-12', '2026-01-01', { verified: false }),
  'fr-2026-14542': fr('91 FR 45516', '2026-14542', '2026-07-20', '2026-07-22', {
    signed: '2026-07-15',
    verified: false,
  }),
  'fr-2026-15181': fr('91 FR 47318', '2026-15181', '2026-07-23', '2026-07-24', { verified: false }),
  // Section 232
  'proc-9705': fr('Proclamation 9705, 83 FR 11625', '2018-05478', '2018-03-15', '2018-03-23', { signed: '2018-03-08' }),
  'proc-9704': fr('Proclamation 9704, 83 FR 11619', '2018-05477', '2018-03-15', '2018-03-23', { signed: '2018-03-08' }),
  'proc-9980': fr('Proclamation 9980, 85 FR 5281', null, '2020-01-29', '2020-02-08', { signed: '2020-01-24' }),
  'proc-10522': fr('Proclamation 10522', '2023-04470', '2023-03-02', '2023-03-10', { signed: '2023-02-24' }),
  'proc-10782': fr('Proclamation 10782', null, '2024-07-15', '2024-07-10', { signed: '2024-07-10', verified: false }),
  'proc-10783': fr('Proclamation 10783', null, '2024-07-15', '2024-07-10', { signed: '2024-07-10', verified: false }),
  // Numbers, days of signature and pages of both: 90 FR 40326 (FR Doc. 2025-15819); 2025-02832 is of the issue of 2025-02-18.
  'proc-10896': fr('Proclamation 10896, 90 FR 9817', null, '2025-02-18', '2025-03-12', {
    signed: '2025-02-10',
    url: 'https://www.federalregister.gov/citation/90-FR-9817',
  }),
  'proc-10895': fr('Proclamation 10895, 90 FR 9807', '2025-02832', '2025-02-18', '2025-03-12', {
    signed: '2025-02-10',
  }),
  'bis-2025-04': fr(
    'Notice of the Bureau of Industry and Security adding beer and empty aluminum cans',
    null,
    '2025-04-04',
    '2025-04-04',
    { verified: false },
  ),
  'proc-10908': fr('Proclamation 10908, 90 FR 14705', '2025-05930', '2025-04-03', '2025-04-03', {
    signed: '2025-03-26',
  }),
  'proc-10947': fr('Proclamation 10947', '2025-10524', '2025-06-09', '2025-06-04', { signed: '2025-06-03' }),
  'fr-2025-15819': fr('90 FR 40326', '2025-15819', '2025-08-19', '2025-08-18'),
  'uk-deal': fr('Executive Order 14309; 90 FR 27851', null, '2025-06-30', '2025-06-30', {
    signed: '2025-06-16',
    url: `${WH}/2025/06/implementing-the-general-terms-of-the-united-states-of-america-united-kingdom-economic-prosperity-deal/`,
  }),
  'japan-deal': fr('Executive Order 14345; FR Doc. 2025-17908', '2025-17908', '2025-09-16', '2025-09-16', {
    signed: '2025-09-04',
  }),
  'eu-deal': fr('Executive Order 14346; FR Doc. 2025-18660', '2025-18660', '2025-09-25', '2025-08-01'),
  'korea-deal': fr('90 FR 55964; FR Doc. 2025-21940', '2025-21940', '2025-12-04', '2025-11-01'),
  'swiss-deal': fr('90 FR 59281; FR Doc. 2025-23316', '2025-23316', '2025-12-18', '2025-11-14'),
  'taiwan-deal': fr('FR Doc. 2026-10571', '2026-10571', '2026-05-28', '2026-05-01'),
  'proc-10962': fr('Proclamation 10962', '2025-14893', '2025-08-05', '2025-08-01', { signed: '2025-07-30' }),
  'proc-10976': fr('Proclamation 10976', '2025-19482', '2025-10-06', '2025-10-14', { signed: '2025-09-29' }),
  'proc-10984': fr('Proclamation 10984, 90 FR 48451', '2025-19639', '2025-10-22', '2025-11-01', {
    signed: '2025-10-17',
  }),
  'proc-11002': fr('Proclamation 11002, 91 FR 2443', '2026-01052', '2026-01-20', '2026-01-15', {
    signed: '2026-01-14',
  }),
  'proc-11021': fr('Proclamation 11021', '2026-06960', '2026-04-09', '2026-04-06', {
    signed: '2026-04-02',
    verified: false,
  }),
  'fr-91-21790': fr('91 FR 21790', null, '2026-04-23', '2026-04-23'),
  'proc-11032': fr('Proclamation 11032', null, '2026-06-08', '2026-06-08', { verified: false }),
  // The document's address gives number and day of issue; its day of signature was not read and is not stated.
  'proc-11020': fr('Proclamation 11020', '2026-06956', '2026-04-09', '2026-07-31'),
  'fr-2026-19498': fr('FR Doc. 2026-19498', '2026-19498', '2026-09-29', '2026-09-29', { verified: false }),
  'proc-11055': fr('Proclamation 11055', null, '2026-09-03', '2026-09-03', { verified: false }),
  // IEEPA
  'eo-14195': fr('Executive Order 14195', '2025-02408', '2025-02-07', '2025-02-04', { signed: '2025-02-01' }),
  'eo-14228': fr('Executive Order 14228', '2025-03775', '2025-03-07', '2025-03-04', { signed: '2025-03-03' }),
  'eo-14193': fr('Executive Order 14193; FR Doc. 2025-03664', '2025-03664', '2025-03-06', '2025-03-04', {
    signed: '2025-02-01',
  }),
  'eo-14194': fr('Executive Order 14194; FR Doc. 2025-03665', '2025-03665', '2025-03-06', '2025-03-04', {
    signed: '2025-02-01',
  }),
  'eo-14231': fr('Executive Orders 14231 and 14232', null, '2025-03-11', '2025-03-07', {
    signed: '2025-03-06',
    verified: false,
  }),
  'eo-14289': fr('Executive Order 14289', '2025-07835', '2025-05-02', '2025-03-04', {
    signed: '2025-04-29',
    verified: false,
  }),
  'eo-14257': fr('Executive Order 14257', '2025-06063', '2025-04-07', '2025-04-05', { signed: '2025-04-02' }),
  'eo-14259': fr('Executive Order 14259', '2025-06378', '2025-04-14', '2025-04-09', { signed: '2025-04-08' }),
  'eo-14266': fr('Executive Order 14266', null, '2025-04-09', '2025-04-10', {
    signed: '2025-04-09',
    url: `${WH}/2025/04/modifying-reciprocal-tariff-rates-to-reflect-trading-partner-retaliation-and-alignment/`,
  }),
  'eo-14298': fr('Executive Order 14298', null, '2025-05-12', '2025-05-14', {
    signed: '2025-05-12',
    url: `${WH}/2025/05/modifying-reciprocal-tariff-rates-to-reflect-discussions-with-the-peoples-republic-of-china/`,
  }),
  'eo-14326': fr('Executive Order 14326, 90 FR 37963', '2025-15010', '2025-08-06', '2025-08-07', {
    signed: '2025-07-31',
  }),
  'eo-14324': fr('Executive Order 14324', '2025-14897', '2025-08-05', '2025-08-29', { signed: '2025-07-30' }),
  'eo-14325': fr('Executive Order 14325', '2025-14999', '2025-08-06', '2025-08-01', { signed: '2025-07-31' }),
  // 90 FR 37739, signature and effect: compiler's note to heading 9903.01.77 (chapter 99, 2026 Revision 6). The day of issue was not read.
  'eo-14323': fr('Executive Order 14323, 90 FR 37739', null, '2025-08-05', '2025-08-06', {
    signed: '2025-07-30',
    verified: false,
    url: 'https://www.federalregister.gov/citation/90-FR-37739',
  }),
  'eo-14329': fr('Executive Order 14329; FR Doc. 2025-16419', '2025-16419', '2025-08-27', '2025-08-27', {
    signed: '2025-08-06',
  }),
  'eo-india-end': fr('Executive Order of 2026-02-06 on the Russian Federation', null, '2026-02-06', '2026-02-07', {
    signed: '2026-02-06',
    url: `${WH}/2026/02/modifying-duties-to-address-threats-to-the-united-states-by-the-government-of-the-russian-federation-04b2/`,
  }),
  'eo-14357': fr('Executive Order 14357', '2025-19825', '2025-11-07', '2025-11-10', { signed: '2025-11-04' }),
  'eo-14360': fr('Executive Order 14360', null, '2025-11-14', '2025-11-13', { signed: '2025-11-14', verified: false }),
  'eo-brazil-2025-11': fr('Executive Order of 2025-11-20 on Brazil', null, '2025-11-20', '2025-11-13', {
    signed: '2025-11-20',
  }),
  'eo-14389': fr(
    'Executive Order 14389; CSMS 67834313; Learning Resources v. Trump (24-1287)',
    null,
    '2026-02-20',
    '2026-02-24',
    {
      signed: '2026-02-20',
      url: 'https://www.supremecourt.gov/docket/docketfiles/html/public/24-1287.html',
    },
  ),
  // Section 122, 201, 338, column 2, programmes
  'proc-11012': fr('Proclamation 11012', '2026-03824', '2026-02-25', '2026-02-24', { signed: '2026-02-20' }),
  'proc-9693': fr('Proclamation 9693', null, '2018-01-25', '2018-02-07', { signed: '2018-01-23', verified: false }),
  'proc-10339': fr('Proclamation 10339, 87 FR 7357', null, '2022-02-09', '2022-02-07', { signed: '2022-02-04' }),
  'proc-11051': fr('Proclamation 11051', null, '2026-08-14', '2026-08-15', { verified: false }),
  'proc-11046': fr('Proclamation 11046', '2026-14991', '2026-07-24', '2026-08-22', { verified: false }),
  'proc-11047': fr('Proclamation 11047', '2026-14992', '2026-07-24', '2026-08-22', { verified: false }),
  'proc-11048': fr('Proclamation 11048', '2026-14997', '2026-07-24', '2026-08-22', { verified: false }),
  'proc-11056': fr('Proclamation 11056', null, '2026-08-18', '2026-08-19', { verified: false }),
  'proc-11064': fr('Proclamations 11064 and 11065', '2026-18838', '2026-09-15', '2026-09-15', { verified: false }),
  'proc-11061': fr('Proclamations 11061, 11062 and 11063; CSMS 70050970', null, '2026-09-15', '2026-09-29', {
    verified: false,
  }),
  'japan-leather': fr('Proclamation 5448 (leather and footwear of Japan)', null, '1986-03-31', '1986-03-31', {
    verified: false,
  }),
  uraa: fr(
    'Public Law 103-465, sec. 101; subchapter IV of chapter 99 HTSUS, U.S. note 1',
    null,
    '1994-12-08',
    '1995-01-01',
    {
      signed: '1994-12-08',
      verified: false,
    },
  ),
  'cit-122': fr(
    'Court of International Trade, decision of 2026-05-07 on Proclamation 11012',
    null,
    '2026-05-07',
    null,
    {
      verified: false,
    },
  ),
  'gn-3b': fr('General note 3(b) HTSUS', null, '1989-01-01', '1989-01-01', { url: 'https://hts.usitc.gov/' }),
  'pl-117-110': fr('Public Law 117-110; FR Doc. 2022-14145', '2022-14145', '2022-07-05', '2022-04-09', {
    signed: '2022-04-08',
  }),
  'proc-10420': fr('Proclamation 10420', null, '2022-06-30', '2022-07-27', { signed: '2022-06-27', verified: false }),
  'proc-10523': fr('Proclamation 10523', null, '2023-03-02', '2023-04-01', { signed: '2023-02-24', verified: false }),
  'gn-3c': fr('General note 3(c) HTSUS', null, '1989-01-01', '1989-01-01', { url: 'https://hts.usitc.gov/' }),
  usmca: fr('Public Law 116-113; general note 11 HTSUS', null, '2020-06-30', '2020-07-01', { signed: '2020-01-29' }),
  'gsp-lapse': fr('Public Law 115-141 div. M title V: GSP through 2020-12-31', null, '2018-03-23', '2018-04-22', {
    signed: '2018-03-23',
  }),
  agoa: fr('Public Law 114-27: AGOA through 2025-09-30', null, '2015-06-29', '2015-06-29', { signed: '2015-06-29' }),
  'agoa-2026': fr('Extension of AGOA of 2026, retroactive to 2025-09-30', null, '2026-02-03', '2025-10-01', {
    signed: '2026-02-03',
    verified: false,
  }),
} as const satisfies Record<string, Facts>;

export type ActId = keyof typeof FACTS;

/** The act with its id, as it stands in a programme row. */
export function act(id: ActId): LegalAct {
  const facts: Facts = FACTS[id];
  return { ...facts, id, url: facts.url ?? null, verified: facts.verified ?? true };
}

/** The date from which an act is known. */
export function publishedOn(id: ActId): string {
  return FACTS[id].published;
}

/** Every date on which something became known: one edition each. */
export function publicationDates(): string[] {
  return [...new Set(Object.values(FACTS).map((facts) => facts.published))].sort();
}
