import type { PlainDate } from '../../../transforms/dates.ts';

/** A document whose lists are read from the official file, not from anybody's copy. */
export interface RegisterDocument {
  /** 'FR Doc' number, or the proclamation where only its annex is published: the edition's label. */
  document: string;
  title: string;
  url: string;
  /** How lists stand in it. */
  kind: 'annex-pdf' | 'amendments-pdf' | 'register-xml' | 'notes-pdf';
  published: PlainDate;
  /** Legal effect of its lists; the end only where the act or its successor states it. */
  effective: PlainDate;
  to?: PlainDate;
  /** An annex that restates a list marks what is new ('Addition'); the rest was law from this date. */
  restatedFrom?: PlainDate;
  /** 'law': the programmes read it; 'cross-check': a reviewed list of the same act decides; 'proposal': never law. */
  role: 'law' | 'cross-check' | 'proposal';
  /** Lists taken, by part; other parts are not lists of goods of their own. Numbers of a healthy reading. */
  parts: Readonly<Record<string, { numbers: number; heading?: string; metal?: string; area?: string }>>;
}

/**
 * Documents known by hand, oldest first. A document that is not here is not read: lists in the Federal Register come in too many
 * shapes to trust an unknown one.
 */
export const DOCUMENTS: readonly RegisterDocument[] = [
  {
    document: '2025-15819',
    title: '90 FR 40326: inclusions in the Section 232 steel and aluminum derivatives',
    url: 'https://www.govinfo.gov/content/pkg/FR-2025-08-19/pdf/2025-15819.pdf',
    kind: 'amendments-pdf',
    published: '2025-08-19',
    effective: '2025-08-18',
    to: '2026-04-06',
    role: 'law',
    parts: {
      '16(m)': { numbers: 4, heading: '99038190', metal: 'steel' },
      '16(n)': { numbers: 388, heading: '99038191', metal: 'steel' },
      '19(j)': { numbers: 4, heading: '99038507', metal: 'aluminum' },
      '19(k)': { numbers: 117, heading: '99038508', metal: 'aluminum' },
    },
  },
  {
    document: 'EO-2025-11-20',
    title: 'Annexes to the order of 2025-11-20 on the scope of the duty on Brazil',
    url: 'https://www.whitehouse.gov/wp-content/uploads/2025/11/2025NovemberBrazilTariff.ANNEXES.pdf',
    kind: 'annex-pdf',
    published: '2025-11-20',
    effective: '2025-11-13',
    to: '2026-02-24',
    restatedFrom: '2025-08-06',
    role: 'law',
    parts: { 'annex-i': { numbers: 943, heading: '99030181', area: 'BR' } },
  },
  {
    document: '2025-23316',
    title: '90 FR 59281: Switzerland and Liechtenstein, exemptions from the reciprocal floor',
    url: 'https://www.govinfo.gov/content/pkg/FR-2025-12-18/pdf/2025-23316.pdf',
    kind: 'amendments-pdf',
    published: '2025-12-18',
    effective: '2025-11-14',
    to: '2026-02-24',
    role: 'cross-check',
    parts: {
      b: { numbers: 321, heading: '99030284', area: 'CH' },
      c: { numbers: 553, heading: '99030285', area: 'CH' },
      d: { numbers: 807, heading: '99030286', area: 'CH' },
    },
  },
  {
    document: 'Proclamation 11012 Annex II',
    title: 'Section 122, exempt products',
    url: 'https://www.whitehouse.gov/wp-content/uploads/2026/02/2026Section122.prc_.ANNEX2_.Final_.pdf',
    kind: 'annex-pdf',
    published: '2026-02-20',
    effective: '2026-02-24',
    to: '2026-07-24',
    role: 'cross-check',
    parts: { 'annex-ii': { numbers: 1655, heading: '99030303' } },
  },
  {
    document: 'Proclamation 11021 Annexes',
    title: 'Section 232 metals, annexes I-A, I-B, II and III',
    url: 'https://www.whitehouse.gov/wp-content/uploads/2026/04/Metals-ANNEXES-I-A-I-B-II-III-IV.pdf',
    kind: 'annex-pdf',
    published: '2026-04-02',
    effective: '2026-04-06',
    role: 'cross-check',
    parts: {
      'annex-i-a': { numbers: 280 },
      'annex-i-b': { numbers: 410 },
      'annex-ii': { numbers: 247 },
      'annex-iii': { numbers: 48 },
    },
  },
  {
    // The last print of the list that ended on 2026-04-06, with the inclusions of 90 FR 40326: numbers of ten digits where copies have eight.
    document: '2026HTSRev6 note 19',
    title: 'U.S. note 19 of chapter 99 as it ended: aluminum derivatives',
    url: 'https://hts.usitc.gov/reststop/file?release=2026HTSRev6&filename=Chapter%2099',
    kind: 'notes-pdf',
    published: '2026-04-23',
    effective: '2025-03-12',
    to: '2026-04-06',
    role: 'law',
    parts: { '19(k)': { numbers: 224, heading: '99038508', metal: 'aluminum' } },
  },
  {
    document: '2026-11158',
    title: 'Section 301 Brazil, proposed action',
    url: 'https://www.federalregister.gov/documents/full_text/xml/2026/06/04/2026-11158.xml',
    kind: 'register-xml',
    published: '2026-06-04',
    effective: '2026-06-04',
    role: 'proposal',
    parts: { annex: { numbers: 1698, area: 'BR' } },
  },
  {
    document: '2026-11296',
    title: 'Section 301 forced labor, proposed action',
    url: 'https://www.federalregister.gov/documents/full_text/xml/2026/06/05/2026-11296.xml',
    kind: 'register-xml',
    published: '2026-06-05',
    effective: '2026-06-05',
    role: 'proposal',
    // Its Annex A is page images: the numbers are in no text.
    parts: { annex: { numbers: 0 } },
  },
  {
    document: '2026-14542',
    title: 'Section 301 Brazil, notice of action',
    url: 'https://ustr.gov/sites/default/files/files/Issue_Areas/Enforcement/Section%20301/Brazil%20301%20Final%20Action%20FRN%207-15-2026%20final.pdf',
    kind: 'annex-pdf',
    published: '2026-07-15',
    effective: '2026-07-22',
    role: 'cross-check',
    parts: { 'annex-ii': { numbers: 2126, area: 'BR' } },
  },
  ...(
    [
      ['alcohol', '2026-14991', 'https://www.whitehouse.gov/wp-content/uploads/2026/07/ANNEX-I-2.pdf', 63, '99030312'],
      ['dairy', '2026-14992', 'https://www.federalregister.gov/d/2026-14992#annex-i', 52, '99030313'],
      ['autos', '2026-14997', 'https://www.federalregister.gov/d/2026-14997#annex-i', 439, '99030314'],
    ] as const
  ).map(([goods, document, url, numbers, heading]): RegisterDocument => ({
    document,
    title: `Section 338 Canada, ${goods}, Annex I`,
    url,
    kind: 'annex-pdf',
    published: '2026-07-20',
    // Proclamation 11056 moved the start from 2026-08-19.
    effective: '2026-08-22',
    role: 'cross-check',
    parts: { 'annex-i': { numbers, heading, area: 'CA' } },
  })),
];
