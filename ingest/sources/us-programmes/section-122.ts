import { declaration, heading, type Declaration } from './declare.ts';
import {
  adds,
  all,
  ALWAYS,
  baggage,
  civilAircraft,
  codes,
  donation,
  exception,
  inTransit,
  informational,
  list,
  origin,
  particularArticle,
  S232,
  usmcaRelief,
  yieldsTo,
} from './terms.ts';

/** Chapters whose goods are textiles or apparel in the sense of general note 29(d)(v), by their first two digits. */
const TEXTILES = codes('50', '51', '52', '53', '54', '55', '56', '57', '58', '59', '60', '61', '62', '63');
const CAFTA_MEMBERS = ['CR', 'DO', 'SV', 'GT', 'HN', 'NI'];

export const caftaTextiles = (number: string | null, note: string) =>
  exception(number, {
    when: all(origin(...CAFTA_MEMBERS), TEXTILES, { op: 'entered_free', symbols: ['P', 'P+'] }),
    reason: 'textiles or apparel entered free of duty under the CAFTA-DR (general note 29)',
    note,
    offer: true,
  });

/** Section 122 surcharge, Proclamation 11012, U.S. note 2(aa): 10 % of all goods for 150 days, the last day being 2026-07-23. */
export const SECTION_122: Declaration[] = [
  heading({
    program: 'us.section-122',
    family: 'section-122',
    title: 'Section 122 temporary import surcharge',
    heading: '9903.03.01',
    note: '2(aa)',
    rate: adds('0.1'),
    columns: 'both',
    from: '2026-02-24',
    to: '2026-07-24',
    begun_by: 'proc-11012',
    exceptions: [
      inTransit('9903.03.02', '2026-02-24', '2026-02-28'),
      exception('9903.03.03', {
        when: list('us.s122.exempt'),
        reason: 'on the list of excepted products',
        note: '2(aa)(ii)',
      }),
      particularArticle('9903.03.04', '2(aa)(iii)'),
      civilAircraft('9903.03.05', list('us.s122.aircraft'), '2(aa)(iv)'),
      usmcaRelief('9903.03.07', '2(aa)(vi)', ['CA']),
      usmcaRelief('9903.03.08', '2(aa)(vii)', ['MX']),
      caftaTextiles('9903.03.09', '2(aa)(viii)'),
      donation('9903.03.10'),
      informational('9903.03.11'),
      baggage('2(aa)(i)'),
    ],
    yields_to: [
      // Until the annex regime the metal content only: "such additional duty shall apply to the non-steel content" (Annex I).
      yieldsTo([S232.steel, S232.aluminum], 'Proclamation 11012 Annex I, note 2(aa)(v)(a)-(d); 9903.03.06', {
        portion: 'content',
      }),
      yieldsTo([S232.copper], 'Proclamation 11012 Annex I, note 2(aa)(v)(g); 9903.03.06', { portion: 'content' }),
      yieldsTo([S232.metals], 'U.S. note 2(aa)(v)(1); 9903.03.06'),
      yieldsTo([S232.autos], 'U.S. note 2(aa)(v)(2); 9903.03.06'),
      yieldsTo([S232.autoParts], 'U.S. note 2(aa)(v)(3); 9903.03.06'),
      yieldsTo([S232.wood], 'U.S. note 2(aa)(v)(4); 9903.03.06'),
      yieldsTo([S232.mhdv], 'U.S. note 2(aa)(v)(5); 9903.03.06'),
      yieldsTo([S232.mhdvParts], 'U.S. note 2(aa)(v)(6); 9903.03.06'),
      yieldsTo([S232.semiconductors], 'U.S. note 2(aa)(v)(7); 9903.03.06'),
    ],
  }),
  declaration(
    {
      kind: 'coverage',
      program: 'us.section-122',
      family: 'section-122',
      measure_type: 'section-122',
      title: 'Section 122 after the decision of 2026-05-07',
      origins: null,
      scope: ALWAYS,
      lower_bound: false,
      marks: true,
    },
    {
      key: 'coverage',
      from: '2026-05-07',
      to: '2026-07-24',
      begun_by: 'cit-122',
      review:
        'the Court of International Trade held the surcharge unlawful on 2026-05-07; whether it was still collected after that is not settled by the law at hand',
    },
  ),
  declaration(
    {
      kind: 'postal',
      program: 'us.postal.low-value',
      family: 'ieepa',
      measure_type: 'postal',
      title: 'Postal items outside the entry process (EO 14324)',
      value_at_most: '800',
      families: ['ieepa'],
    },
    { key: 'postal', from: '2025-08-29', begun_by: 'eo-14324', to: '2026-02-24', ended_by: 'eo-14389' },
  ),
  declaration(
    {
      kind: 'postal',
      program: 'us.postal.low-value',
      family: 'section-122',
      measure_type: 'postal',
      title: 'Postal items outside the entry process (U.S. note 2(y))',
      value_at_most: '800',
      families: ['section-122'],
    },
    { key: 'postal', from: '2026-02-24', begun_by: 'proc-11012', to: '2026-07-24' },
  ),
];
