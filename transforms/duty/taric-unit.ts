import { isUnitCode } from '../units.ts';

/** A unit of the European and British tariffs with its qualifier ('DTN' + 'E': 100 kg of drained weight). */
export interface TaricUnit {
  readonly unit: string;
  readonly qualifier?: string;
}

/** Printed units of the British service and of the published comparison of 2020, lower case without blanks. */
const PRINTED: ReadonlyMap<string, TaricUnit> = new Map(
  Object.entries({
    kg: 'KGM',
    '100kg': 'DTN',
    '1000kg': 'TNE',
    tonne: 'TNE',
    t: 'TNE',
    g: 'GRM',
    'c/k': 'CTM',
    l: 'LTR',
    hl: 'HLT',
    '100litre(hl)': 'HLT',
    '1000l': 'KLT',
    'lalc.100%': 'LPA',
    'litreofpure(100%)alcohol(lalc.100%)': 'LPA',
    '%vol': 'ASV X',
    '%vol/hl': 'ASV X',
    'percentageabv(%vol)per100litre(hl)': 'ASV X',
    'p/st': 'NAR',
    item: 'NAR',
    items: 'NAR',
    'items(p/st)': 'NAR',
    '100p/st': 'CEN',
    '1000p/st': 'MIL',
    '1000items': 'MIL',
    pa: 'NPR',
    'ce/el': 'NCL',
    m: 'MTR',
    '100m': 'HMT',
    m2: 'MTK',
    m3: 'MTQ',
    '1000m3': 'MTQ C',
    '1000kwh': 'MWH',
    tj: 'TJO',
    'ct/l': 'CCT',
    'kg/lacticmatter': 'KGM P',
    kglacticmatter: 'KGM P',
    'kg/drylacticmatter': 'KGM T',
    kgdrylacticmatter: 'KGM T',
    'kg/totalalc.': 'KGM A',
    'kg/tot/alc': 'KGM A',
    'kg/totalc': 'KGM A',
    kgtotalc: 'KGM A',
    'kg/neteda': 'KGM E',
    'kg/raw': 'KGM S',
    '100kgeda': 'DTN E',
    '100kg/neteda': 'DTN E',
    '100kg/netdrainedwt': 'DTN E',
    '100kgmas': 'DTN M',
    '100kg/netmas': 'DTN M',
    '100kg/netdry': 'DTN M',
    '100kgstdqual': 'DTN R',
    '100kg/stdqual': 'DTN R',
    '100kg/net': 'DTN',
    '100kg/gross': 'DTN G',
    '100kg/br': 'DTN G',
    '100kg/net/%sacchar.': 'DTN Z',
    '100kg/%sacchar.': 'DTN Z',
    '1000kg/biodiesel': 'TNE I',
    kgn: 'KNI',
    kgp2o5: 'KPP',
    kgk2o: 'KPO',
    kgu: 'KUR',
    'gif/s': 'GFI',
  }).map(([text, target]) => {
    const [unit = '', qualifier] = target.split(' ');
    return [text, qualifier === undefined ? { unit } : { unit, qualifier }];
  }),
);

/** 'DTN', 'DTN G', 'ASV X', '100 kg', '% vol/hl', '100 kg/net/%sacchar.' …; null when unknown. */
export function taricUnit(text: string): TaricUnit | null {
  const [, unit, qualifier] = /^([A-Z]{3})(?: ?([A-Z]))?$/.exec(text.trim().toUpperCase()) ?? [];
  if (unit !== undefined && isUnitCode(unit)) return qualifier === undefined ? { unit } : { unit, qualifier };
  const printed = text.toLowerCase().replace(/\s+/g, '').replace('1,000', '1000').replace('²', '2').replace('³', '3');
  return PRINTED.get(printed) ?? null;
}
