/**
 * Country codes. The list is that of the runtime's ICU data (CLDR territories), so it needs no copy here; codes that customs use and ISO 3166-1
 * does not assign are added: XI Northern Ireland, XK Kosovo, XC Ceuta, XL Melilla, EU the Union.
 */
const CUSTOMS_CODES: ReadonlySet<string> = new Set(['EU', 'XI', 'XK', 'XC', 'XL']);
/** Named by CLDR too: groupings, pseudo-locales, codes that ISO 3166-3 has withdrawn, and reservations that are no country of origin. */
const NOT_COUNTRIES: ReadonlySet<string> = new Set(
  'ZZ QO UN EZ XA XB UK AN BU CS DD DY FX HV NH RH SU TP VD YD YU ZR AC CP CQ DG EA IC TA'.split(' '),
);
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const COUNTRIES: ReadonlySet<string> = new Set([
  ...CUSTOMS_CODES,
  ...LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
    (code) => !NOT_COUNTRIES.has(code) && names.of(code) !== undefined,
  ),
]);

/** True for an ISO 3166-1 alpha-2 code that is assigned, or one of the codes above. */
export function isCountry(code: string): boolean {
  return COUNTRIES.has(code);
}

/** English names that publishers print and CLDR does not. */
const OTHER_NAMES: readonly (readonly [string, string])[] = [
  ['KOREA', 'KR'],
  ['KOREA, SOUTH', 'KR'],
  ['REPUBLIC OF KOREA', 'KR'],
  ['VIET NAM', 'VN'],
  ['TURKEY', 'TR'],
  ['CZECH REPUBLIC', 'CZ'],
  ['RUSSIAN FEDERATION', 'RU'],
  ['UNITED STATES OF AMERICA', 'US'],
  ['BURMA', 'MM'],
  ['MYANMAR', 'MM'],
  ['HONG KONG', 'HK'],
  ['MACAO', 'MO'],
  ['MACAU', 'MO'],
  ['MACEDONIA', 'MK'],
  ['IVORY COAST', 'CI'],
  ['SWAZILAND', 'SZ'],
];
/** CLDR writes 'Trinidad & Tobago' and 'Côte d’Ivoire', publishers 'TRINIDAD AND TOBAGO' and "COTE D'IVOIRE". */
const folded = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").replace(/ & /g, ' and ').trim().toUpperCase();
const CODES_BY_NAME: ReadonlyMap<string, string> = new Map([
  ...[...COUNTRIES].flatMap((code): [string, string][] => {
    const name = names.of(code);
    return name === undefined ? [] : [[folded(name), code]];
  }),
  ...OTHER_NAMES,
]);

/** The code of a country by its English name, accents, case and ways of writing 'and' aside; null when no country is called so. */
export function countryOfName(name: string): string | null {
  return CODES_BY_NAME.get(folded(name)) ?? null;
}
