/** An AD/CVD case number taken apart. */
export interface CaseNumber {
  /** 'A-570-967': without the company suffix. */
  number: string;
  /** A: antidumping, C: countervailing, E: suspension. */
  kind: 'AD' | 'CVD' | 'suspension';
  /** First three digits of the country's Census Schedule C code. */
  country: string;
  /** '001' of a company-specific case; '000' = all others; null on the case itself. */
  company: string | null;
}

const KIND = { A: 'AD', C: 'CVD', E: 'suspension' } as const;

/** Hyphens, blanks (the Federal Register search takes 'A 533 877' only) or nothing between the groups. */
const GRAMMAR = /^([ACE])[-\s]*(\d{3})[-\s]*(\d{3})(?:[-\s]*(\d{3}))?$/;

/** Null for anything that is no case number. */
export function parseCaseNumber(text: string): CaseNumber | null {
  const match = GRAMMAR.exec(text.trim().toUpperCase());
  if (!match) return null;
  const [, letter = '', country = '', order = '', company = null] = match;
  // The grammar allows these three letters only.
  const kind = KIND[letter as keyof typeof KIND];
  return { number: `${letter}-${country}-${order}`, kind, country, company };
}

/** How the Federal Register search finds a case: with hyphens it misses notices. */
export function caseSearchTerm(number: string): string {
  return number.replaceAll('-', ' ');
}

/** What is known of countries by number: reviewed segments of case numbers, and Census Schedule C. */
export interface CaseCountries {
  /** Segment -> Schedule C code, where somebody checked it ('831' -> '4631'). */
  segments: ReadonlyMap<string, string>;
  /** Schedule C code -> ISO alpha-2 and English name. */
  scheduleC: ReadonlyMap<string, { iso: string; name: string }>;
}

/** Spain's cases keep the code that Schedule C gave it before. */
const LEGACY: Readonly<Record<string, string>> = { '469': '4700' };

/**
 * The country of a case segment: the checked table, then the one country whose Schedule C code begins with the segment, then, for
 * 8xx, the successor states of the Soviet Union and Yugoslavia (46xx and 48xx there). Null when that leaves none or several.
 */
export function countryOfSegment(segment: string, countries: CaseCountries): { iso: string; name: string } | null {
  const checked = countries.segments.get(segment) ?? LEGACY[segment];
  if (checked !== undefined) return countries.scheduleC.get(checked) ?? null;
  const beginning = [...countries.scheduleC].filter(([code]) => code.startsWith(segment)).map(([, country]) => country);
  const [only] = beginning;
  if (only && new Set(beginning.map(({ iso }) => iso)).size === 1) return only;
  if (beginning.length > 0 || !segment.startsWith('8')) return null;
  const successors = ['46', '48'].flatMap((start) => countries.scheduleC.get(`${start}${segment.slice(1)}`) ?? []);
  return successors.length === 1 ? (successors[0] ?? null) : null;
}

/** Other names under which notices print a country of the list. */
const ALIASES: Readonly<Record<string, string>> = { TURKIYE: 'TURKEY', BURMA: 'MYANMAR', CZECHIA: 'CZECH' };
const COMMON = new Set(
  'THE REPUBLIC PEOPLES PEOPLE SOCIALIST FEDERAL FEDERATION KINGDOM SULTANATE STATE UNITED DEMOCRATIC ISLAMIC AND SOUTH'.split(
    ' ',
  ),
);

/**
 * Whether a printed name can mean the listed country. One significant word in common is enough: official long names and misprints
 * ('RUPUBLIC OF KOREA') must pass, another country's case number must not.
 */
export function namesAgree(printed: string, listed: string): boolean {
  const words = (name: string): string[] =>
    name
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toUpperCase()
      .replace(/[^A-Z ]/g, ' ')
      .split(/\s+/)
      .filter((word) => word.length >= 4 && !COMMON.has(word))
      .map((word) => ALIASES[word] ?? word);
  const known = words(listed);
  const found = words(printed);
  // Nothing but common words ('UNITED STATES' aside, the 'UNITED KINGDOM'): compare as printed.
  if (known.length === 0 || found.length === 0)
    return listed.toUpperCase().includes(printed.toUpperCase().replace(/^THE /, ''));
  return found.some((word) => known.includes(word));
}
