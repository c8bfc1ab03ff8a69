/** Why a line may owe excise, and under which law. */
export interface ExciseLaw {
  /** False: some goods of the code owe none (denatured alcohol, raw tobacco, oil that is no fuel). */
  certain: boolean;
  citation: string;
}

type Kind = 'alcohol' | 'tobacco' | 'oil and gas' | 'coal';

/** Headings with harmonised excise; those of coal, oil and gas owe it by their use as fuel. */
const GOODS: readonly { prefix: string; kind: Kind; certain: boolean }[] = [
  ...['2203', '2204', '2205', '2206', '2208'].map((prefix) => ({ prefix, kind: 'alcohol' as const, certain: true })),
  { prefix: '2207', kind: 'alcohol', certain: false },
  ...['2402', '2403'].map((prefix) => ({ prefix, kind: 'tobacco' as const, certain: true })),
  ...['2401', '2404'].map((prefix) => ({ prefix, kind: 'tobacco' as const, certain: false })),
  ...['2710', '2711', '3826'].map((prefix) => ({ prefix, kind: 'oil and gas' as const, certain: false })),
  ...['2701', '2702', '2704'].map((prefix) => ({ prefix, kind: 'coal' as const, certain: false })),
];

const LAW: Readonly<Record<'union' | 'gb', Record<Kind, string | null>>> = {
  union: {
    alcohol: 'Directive (EU) 2020/262; Directive 92/83/EEC',
    tobacco: 'Directive (EU) 2020/262; Directive 2011/64/EU',
    'oil and gas': 'Directive (EU) 2020/262; Directive 2003/96/EC',
    coal: 'Directive (EU) 2020/262; Directive 2003/96/EC',
  },
  gb: {
    alcohol: 'Finance (No. 2) Act 2023, Part 2',
    tobacco: 'Tobacco Products Duty Act 1979',
    'oil and gas': 'Hydrocarbon Oil Duties Act 1979',
    // The climate change levy is on supplies, not on imports.
    coal: null,
  },
};

/** The law under which goods of a code owe excise in the Union or in the United Kingdom; null where none is known to tax them. */
export function exciseLaw(code: string, place: 'union' | 'gb', date: string): ExciseLaw | null {
  const goods = GOODS.find(({ prefix }) => code.startsWith(prefix));
  if (goods === undefined) return null;
  // The Act of 2023 took the place of the one of 1979 on that day.
  const old = place === 'gb' && goods.kind === 'alcohol' && date < '2023-08-01';
  const citation = old ? 'Alcoholic Liquor Duties Act 1979' : LAW[place][goods.kind];
  return citation === null ? null : { certain: goods.certain, citation };
}
