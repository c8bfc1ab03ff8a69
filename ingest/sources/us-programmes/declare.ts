import type {
  Condition,
  HeadingRow,
  LegalAct,
  ProgrammeData,
  ProgrammeException,
  ProgrammeRate,
  YieldsTo,
} from '../../../transforms/stacking/programme.ts';
import { act, publishedOn, type ActId } from './acts.ts';

/** A relation or exception that a later act brought: unknown before its publication, whatever its legal effect. */
export type Known<T> = T & { known_by?: ActId };

export type Exceptions = Known<ProgrammeException>[];
export type Yields = Known<YieldsTo>[];
export type Group = NonNullable<HeadingRow['exclusive']>;

type Meta = 'acts' | 'needs_review' | 'review';
type Distributed<Data> = Data extends ProgrammeData ? Omit<Data, Meta | 'exceptions' | 'yields_to'> : never;

/** A programme fact with its period: what begins it, what ends it, and what was planned before that was known. */
export interface Declaration {
  /** Unique within the source. */
  key: string;
  data: Distributed<ProgrammeData>;
  exceptions: Known<ProgrammeException>[];
  yields_to: Known<YieldsTo>[];
  from: string;
  /** Exclusive. */
  to: string | null;
  /** End stated by the beginning act itself; holds until `ended_by` is published. */
  planned_to: string | null;
  begun_by: ActId;
  ended_by: ActId | null;
  /** Further acts to cite. */
  cites: ActId[];
  review: string | null;
}

export interface HeadingSpec {
  program: string;
  family: string;
  title: string;
  heading: string | null;
  note: string | null;
  rate: ProgrammeRate;
  from: string;
  begun_by: ActId;
  to?: string;
  ended_by?: ActId;
  planned_to?: string;
  cites?: ActId[];
  /** Default: everything. */
  scope?: Condition;
  countries?: readonly string[];
  except?: readonly string[];
  except_reason?: string;
  /** Default '1'. */
  columns?: '1' | '2' | 'both';
  exceptions?: Known<ProgrammeException>[];
  yields_to?: Known<YieldsTo>[];
  exclusive?: Group;
  value?: HeadingRow['value'];
  content_presumed?: Condition;
  us_content_relief?: boolean;
  chapter_98?: HeadingRow['chapter_98'];
  presumption?: HeadingRow['presumption'];
  effect?: HeadingRow['effect'];
  expression?: string;
  measure_type?: string;
  review?: string;
  /** Only where one heading has several rows that begin on one day. */
  variant?: string;
}

/** One heading in one period. */
export function heading(spec: HeadingSpec): Declaration {
  const columns = spec.columns ?? '1';
  return {
    key: [spec.program, spec.heading ?? 'act', spec.from, ...(spec.variant === undefined ? [] : [spec.variant])].join(
      ':',
    ),
    data: {
      kind: 'heading',
      program: spec.program,
      family: spec.family,
      measure_type: spec.measure_type ?? spec.family,
      title: spec.title,
      heading: spec.heading,
      note: spec.note,
      effect: spec.effect ?? effectOf(spec.rate, spec.value ?? 'full'),
      expression: spec.expression ?? printed(spec.rate),
      rate: spec.rate,
      columns: { one: columns !== '2', two: columns !== '1' },
      area: {
        countries: spec.countries ? [...spec.countries] : null,
        except: [...(spec.except ?? [])],
        except_reason: spec.except_reason ?? null,
      },
      scope: spec.scope ?? { op: 'always' },
      exclusive: spec.exclusive ?? null,
      value: spec.value ?? 'full',
      content_presumed: spec.content_presumed ?? null,
      us_content_relief: spec.us_content_relief ?? false,
      chapter_98: spec.chapter_98 ?? 'exempt',
      presumption: spec.presumption ?? null,
    },
    exceptions: spec.exceptions ?? [],
    yields_to: spec.yields_to ?? [],
    from: spec.from,
    to: spec.to ?? null,
    planned_to: spec.planned_to ?? null,
    begun_by: spec.begun_by,
    ended_by: spec.ended_by ?? null,
    cites: spec.cites ?? [],
    review: spec.review ?? null,
  };
}

/** Any other kind of row with its period. */
export function declaration(
  data: Distributed<Exclude<ProgrammeData, HeadingRow>>,
  period: {
    key: string;
    from: string;
    begun_by: ActId;
    to?: string;
    ended_by?: ActId;
    planned_to?: string;
    review?: string;
  },
): Declaration {
  return {
    key: `${data.program}:${period.key}:${period.from}`,
    data,
    exceptions: [],
    yields_to: [],
    from: period.from,
    to: period.to ?? null,
    planned_to: period.planned_to ?? null,
    begun_by: period.begun_by,
    ended_by: period.ended_by ?? null,
    cites: [],
    review: period.review ?? null,
  };
}

/** A row as an edition states it. */
export interface KnownRow {
  natural_key: string;
  valid_from: string;
  valid_to: string | null;
  data: ProgrammeData;
}

/**
 * All declarations as known on a date of publication: what no act had brought yet is absent, and what no act had ended yet is
 * open (IEEPA until the end published on 2026-02-20). A period that a retroactive act took back whole is absent after it.
 */
export function asKnown(declarations: readonly Declaration[], date: string): KnownRow[] {
  const known = (by: ActId): boolean => publishedOn(by) <= date;
  return declarations.flatMap((declared) => {
    if (!known(declared.begun_by)) return [];
    const ended = declared.ended_by === null ? declared.to !== null : known(declared.ended_by);
    const valid_to = ended ? declared.to : declared.planned_to;
    if (valid_to !== null && valid_to <= declared.from) return [];
    const acts: LegalAct[] = [
      declared.begun_by,
      ...declared.cites.filter(known),
      ...(ended && declared.ended_by ? [declared.ended_by] : []),
    ].map(act);
    const data = {
      ...declared.data,
      acts,
      needs_review: declared.review !== null,
      review: declared.review,
      ...(declared.data.kind === 'heading'
        ? {
            exceptions: declared.exceptions.filter(isKnown).map(bare),
            yields_to: declared.yields_to.filter(isKnown).map(bare),
          }
        : {}),
    } as ProgrammeData; // every kind is its distributed part plus the meta fields added here
    return [{ natural_key: declared.key, valid_from: declared.from, valid_to, data }];

    function isKnown(part: { known_by?: ActId }): boolean {
      return part.known_by === undefined || known(part.known_by);
    }
  });
}

function bare<T extends { known_by?: ActId }>(part: T): Omit<T, 'known_by'> {
  const copy = { ...part };
  delete copy.known_by;
  return copy;
}

function effectOf(rate: ProgrammeRate, value: HeadingRow['value']): HeadingRow['effect'] {
  switch (rate.kind) {
    case 'adds':
    case 'unknown':
      return value === 'full' ? 'additive' : 'content';
    case 'floor_total':
      return 'floor_total';
    case 'in_lieu_of_column_2':
      return 'base';
    case 'prohibition':
      return 'prohibition';
    case 'none':
      return 'relief';
  }
}

function printed(rate: ProgrammeRate): string | null {
  const percent = (fraction: string): string => `${Number((Number(fraction) * 100).toFixed(4))}%`;
  switch (rate.kind) {
    case 'adds':
      return `The duty provided in the applicable subheading + ${percent(rate.rate)}`;
    case 'floor_total':
      return percent(rate.total);
    case 'in_lieu_of_column_2':
      return percent(rate.rate);
    case 'none':
      return 'The duty provided in the applicable subheading';
    case 'prohibition':
    case 'unknown':
      return null;
  }
}
