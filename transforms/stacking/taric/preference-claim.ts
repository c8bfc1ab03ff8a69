import { countryCodes } from './areas.ts';

/**
 * A preference as declared: the code of data element 14 11 of the customs declaration (Annex B of Delegated Regulation (EU)
 * 2015/2446; the UK kept it). First digit: 1 erga omnes, 2 GSP, 3 and 5 other preferences, 4 customs union; the other two say under
 * which arrangement. An area ('2020', 'TR') or a measure type ('142') is understood as well.
 */
export interface PreferenceClaim {
  /** As declared. */
  text: string;
  types: readonly string[];
  /** Which areas of a preference the claim may rest on. */
  area: 'any' | 'gsp' | 'not-gsp' | { id: string };
}

/** EBA, GSP and GSP+ of the EU; the three tiers of the UK's Developing Countries Trading Scheme, in force since 2023-06-19. */
const GSP: ReadonlySet<string> = new Set(['2005', '2020', '2027', '1060', '1061', '1062']);

const ERGA_OMNES: Readonly<Record<string, readonly string[]>> = {
  '00': ['103'],
  '10': ['112'],
  '15': ['115', '117'],
  '18': ['112'],
  '19': ['119'],
  '20': ['122'],
  '23': ['123'],
  '25': ['122'],
  '40': ['105'],
};
const PREFERENTIAL: Readonly<Record<string, readonly string[]>> = {
  '00': ['142', '141'],
  '10': ['141'],
  '15': ['141'],
  '18': ['141'],
  '20': ['143'],
  '23': ['146'],
  '25': ['143'],
  '28': ['143'],
  '40': ['145'],
  '50': ['142'],
};
const CUSTOMS_UNION: Readonly<Record<string, readonly string[]>> = { '00': ['106'], '20': ['147'] };
const BY_AREA = ['142', '141', '145', '106'];
const TYPES = ['105', '106', '112', '117', '122', '141', '142', '143', '144', '145', '146', '147'];

/** Null when the declared text is none of the forms. */
export function preferenceClaim(text: string): PreferenceClaim | null {
  if (/^\d{4}$|^[A-Z]{2}$/.test(text)) return { text, types: BY_AREA, area: { id: text } };
  const arrangement = text.slice(1);
  const first = text.length === 3 ? text[0] : undefined;
  const types =
    first === '1' || first === undefined
      ? ERGA_OMNES[arrangement]
      : first === '4'
        ? CUSTOMS_UNION[arrangement]
        : '235'.includes(first)
          ? PREFERENTIAL[arrangement]
          : undefined;
  if (first !== undefined && types) {
    return { text, types, area: first === '2' ? 'gsp' : first === '3' || first === '5' ? 'not-gsp' : 'any' };
  }
  return TYPES.includes(text) ? { text, types: [text], area: 'any' } : null;
}

/** Whether the claim asks for this measure. */
export function claims(claim: PreferenceClaim, measure: { measure_type: string; geographical_area: string }): boolean {
  if (!claim.types.includes(measure.measure_type)) return false;
  if (claim.area === 'any') return true;
  if (typeof claim.area === 'object') return countryCodes(claim.area.id).includes(measure.geographical_area);
  return GSP.has(measure.geographical_area) === (claim.area === 'gsp');
}

/** The code under which a measure is asked for, for the reason of an offer. */
export function claimCode(measure: { measure_type: string; geographical_area: string }): string {
  const first = GSP.has(measure.geographical_area) ? '2' : '3';
  switch (measure.measure_type) {
    case '105':
      return '140';
    case '106':
      return '400';
    case '147':
      return '420';
    case '112':
      return '110';
    case '115':
    case '117':
      return '115';
    case '119':
      return '119';
    case '122':
      return '120';
    case '123':
      return '123';
    case '141':
      return `${first}10`;
    case '143':
      return `${first}20`;
    case '145':
      return `${first}40`;
    case '146':
      return `${first}23`;
    default:
      return `${first}00`;
  }
}
