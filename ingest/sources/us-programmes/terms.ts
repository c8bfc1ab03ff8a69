import type { Condition, ProgrammeException, ProgrammeRate, YieldsTo } from '../../../transforms/stacking/programme.ts';
import type { ActId } from './acts.ts';
import type { Known } from './declare.ts';

/** The words that most programmes share: conditions, rates, exceptions, relations. */

export const adds = (rate: string): ProgrammeRate => ({ kind: 'adds', rate });
export const floor = (total: string, at_or_above: string | null = null): ProgrammeRate => ({
  kind: 'floor_total',
  total,
  at_or_above,
});
export const NONE: ProgrammeRate = { kind: 'none' };

export const ALWAYS: Condition = { op: 'always' };
export const codes = (...prefixes: string[]): Condition => ({ op: 'code', prefixes });
export const list = (name: string, where?: Record<string, string>): Condition => ({
  op: 'list',
  list: name,
  ...(where === undefined ? {} : { where }),
});
export const footnote = (heading: string): Condition => ({ op: 'footnote', heading: heading.replaceAll('.', '') });
export const all = (...of: Condition[]): Condition => ({ op: 'all', of });
export const any = (...of: Condition[]): Condition => ({ op: 'any', of });
export const not = (of: Condition): Condition => ({ op: 'not', of });
export const origin = (...countries: string[]): Condition => ({ op: 'origin', countries });
export const declared = (heading: string): Condition => ({ op: 'declared', heading });
/** A fact that counts only when declared. */
export const fact = (name: string, ...is: (string | boolean)[]): Condition => ({
  op: 'fact',
  name,
  is: is.length > 0 ? is : [true],
  undeclared: 'no',
});
/** A fact without which the law cannot be applied to the goods. */
export const mustKnow = (name: string, ...is: (string | boolean)[]): Condition => ({
  op: 'fact',
  name,
  is,
  undeclared: 'unknown',
});
export const article = (...is: string[]): Condition => fact('qualifying_article', ...is);
const usmcaFree: Condition = { op: 'entered_free', symbols: ['S', 'S+'] };
export const usmca: Condition = { op: 'preference', symbols: ['S', 'S+'] };

/** Entered under the four 9802 provisions or not, chapters of metal articles: prefixes that are rules of a note. */
export const METAL_CHAPTERS = ['72', '73', '74', '76'];

interface ExceptionSpec {
  when: Condition;
  reason: string;
  note?: string;
  offer?: boolean;
  from?: string;
  to?: string;
  known_by?: ActId;
}

export function exception(heading: string | null, spec: ExceptionSpec): Known<ProgrammeException> {
  return {
    heading,
    when: spec.when,
    reason: spec.reason,
    note: spec.note ?? null,
    offer: spec.offer ?? false,
    valid_from: spec.from ?? null,
    valid_to: spec.to ?? null,
    ...(spec.known_by === undefined ? {} : { known_by: spec.known_by }),
  };
}

export const donation = (heading: string | null): Known<ProgrammeException> =>
  exception(heading, {
    when: fact('donation'),
    reason: 'a donation intended to relieve human suffering (50 U.S.C. 1702(b)(2))',
  });
/**
 * Publications, films, photographs, artworks … "including but not limited to": on lines of films, printed matter and works of art the duty is
 * open until it is said whether the goods are such; elsewhere they are not unless declared.
 */
const MAY_INFORM = codes('3706', '49', '97');
export const informational = (heading: string | null): Known<ProgrammeException> =>
  exception(heading, {
    when: any(fact('informational_materials'), all(MAY_INFORM, mustKnow('informational_materials', true))),
    reason: 'informational materials (50 U.S.C. 1702(b)(3))',
  });
export const baggage = (note: string): Known<ProgrammeException> =>
  exception(null, { when: fact('accompanied_baggage'), reason: 'for personal use in accompanied baggage', note });
export const usmcaRelief = (
  heading: string | null,
  note: string,
  countries: string[] = ['CA', 'MX'],
): Known<ProgrammeException> =>
  exception(heading, {
    when: all(origin(...countries), usmcaFree),
    reason: 'entered free of duty under the USMCA (general note 11)',
    note,
    offer: true,
  });
/** Offered where a list of tariff numbers bounds it; by origin alone it would be offered for every good. */
export const civilAircraft = (heading: string | null, scope: Condition, note: string): Known<ProgrammeException> =>
  exception(heading, {
    when: all(scope, article('civil_aircraft')),
    reason: 'articles of civil aircraft that meet general note 6',
    note,
    offer: scope.op === 'list',
  });
/** Vessel loaded before one date, entered before another. */
export const inTransit = (
  heading: string | null,
  loaded_before: string,
  entered_before: string | null,
  more: { from?: string; to?: string; note?: string } = {},
): Known<ProgrammeException> =>
  exception(heading, {
    when: { op: 'in_transit', loaded_before, entered_before },
    reason: `loaded on the final mode of transit before ${loaded_before}${entered_before === null ? '' : ` and entered before ${entered_before}`}`,
    ...more,
  });

export function yieldsTo(
  programs: readonly string[],
  note: string,
  more: { portion?: 'whole' | 'content'; from?: string; to?: string; known_by?: ActId } = {},
): Known<YieldsTo> {
  return {
    programs: [...programs],
    note,
    portion: more.portion ?? 'whole',
    valid_from: more.from ?? null,
    valid_to: more.to ?? null,
    ...(more.known_by === undefined ? {} : { known_by: more.known_by }),
  };
}

export const IEEPA_END = { to: '2026-02-24', ended_by: 'eo-14389' } as const;

/** Section 232 programmes by id. */
export const S232 = {
  steel: 'us.section-232.steel',
  aluminum: 'us.section-232.aluminum',
  copper: 'us.section-232.copper',
  /** The 200 % duty: in no list of what the other programmes yield to but the autos' before 2026-04-06. */
  russianAluminum: 'us.section-232.aluminum-russia',
  metals: 'us.section-232.metals',
  autos: 'us.section-232.autos',
  autoParts: 'us.section-232.auto-parts',
  mhdv: 'us.section-232.mhdv',
  mhdvParts: 'us.section-232.mhdv-parts',
  wood: 'us.section-232.wood',
  semiconductors: 'us.section-232.semiconductors',
  pharmaceuticals: 'us.section-232.pharmaceuticals',
  drones: 'us.section-232.drones',
} as const;

export const EU_MEMBERS = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');
/** General note 3(b) countries whose goods pay column 2. */
export const COLUMN_2 = ['CU', 'KP', 'RU', 'BY'];

/** Particular articles on the lists of notes 2(v)(iii)(b), 2(aa)(iii), 2(x)(iii)(b) and 50(a)(iii): described, not whole lines. */
export const PARTICULAR = codes(
  '08059001',
  '08119080',
  '14049090',
  '19059010',
  '19059090',
  '20089921',
  '20093160',
  '20098970',
  '20099040',
  '21069099',
  '33012951',
);
export const particularArticle = (
  heading: string,
  note: string,
  more: { from?: string } = {},
): Known<ProgrammeException> =>
  exception(heading, {
    when: all(PARTICULAR, article('described_article')),
    reason: 'a particular article described in the note',
    note,
    offer: true,
    ...more,
  });
