import { isValidAt, type PlainDate } from '../../dates.ts';

/** A membership as the publisher dates it, half-open. */
export interface Membership {
  group: string;
  member: string;
  valid_from: PlainDate;
  valid_to: PlainDate | null;
}

/** Members of each group on one date. A group that is not here is unknown, not empty. */
export type Areas = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups that stand for every origin, whoever is listed in them: erga omnes and all third countries. */
export const EVERYONE: ReadonlySet<string> = new Set(['1011', '1008']);
/** The token 'EU' and the two groups of the member states stand for one another. */
const UNION: readonly string[] = ['EU', '1010', '1013'];

/** Who belongs to which group on the date. A group all of whose memberships lie elsewhere in time is known and empty. */
export function areasOn(memberships: readonly Membership[], date: PlainDate): Areas {
  const areas = new Map<string, Set<string>>();
  for (const membership of memberships) {
    const { group, member } = membership;
    const members = areas.get(group) ?? new Set<string>();
    areas.set(group, members);
    if (isValidAt(membership, date)) members.add(member);
  }
  return areas;
}

/**
 * Countries under another code than ISO 3166-1 in both tariffs: Serbia is XS in the nomenclature of countries of the Union's trade
 * statistics (Implementing Regulation (EU) 2020/1470, Annex I), which the UK tariff kept.
 */
const OWN_CODES: ReadonlyMap<string, string> = new Map([['RS', 'XS']]);

/** The codes under which the tariffs may name a country, for its ISO code: that one first. */
export function countryCodes(iso: string): string[] {
  const own = OWN_CODES.get(iso);
  return own === undefined ? [iso] : [iso, own];
}

export type AreaVerdict =
  | { covers: true; specific: number }
  | { covers: false; excludedBy: string | null }
  /** The members of a group are not known. */
  | { covers: null; unknown: string };

/**
 * Whether a measure's area covers the origin (TARIC rules ME65 to ME68): the country itself, or a group it belongs to on the date,
 * less the excluded countries and groups. The origin is an ISO code. `specific` ranks a country (2) over a group (1) over everyone (0).
 */
export function coversOrigin(
  measure: { geographical_area: string; excluded_areas: readonly string[] },
  iso: string,
  areas: Areas,
): AreaVerdict {
  const origin = countryCodes(iso);
  const inside = contains(measure.geographical_area, origin, areas);
  if (inside === false) return { covers: false, excludedBy: null };
  let open: string | null = inside === null ? measure.geographical_area : null;
  for (const area of measure.excluded_areas) {
    const excluded = contains(area, origin, areas);
    if (excluded === true) return { covers: false, excludedBy: area };
    if (excluded === null) open ??= area;
  }
  if (open !== null) return { covers: null, unknown: open };
  const everyone = EVERYONE.has(measure.geographical_area);
  return { covers: true, specific: origin.includes(measure.geographical_area) ? 2 : everyone ? 0 : 1 };
}

function contains(area: string, origin: readonly string[], areas: Areas): boolean | null {
  if (origin.includes(area) || EVERYONE.has(area)) return true;
  // Two letters are one country, unless they are the Union.
  if (/^[A-Z]{2}$/.test(area) && area !== 'EU') return false;
  const names = UNION.includes(area) ? UNION : [area];
  const held = names.flatMap((name) => areas.get(name) ?? []);
  return held.length === 0 ? null : held.some((members) => origin.some((code) => members.has(code)));
}

/** Groups the origin belongs to on the date, the country itself first. */
export function areasOfOrigin(iso: string, areas: Areas): string[] {
  const origin = countryCodes(iso);
  const groups = [...areas].filter(([, members]) => origin.some((code) => members.has(code)));
  return [...origin, ...groups.map(([group]) => group)];
}
