import { z } from 'zod';
import { isPlainDate } from '../dates.ts';
import { measureEffect } from '../records.ts';

/**
 * A US programme as data: one row per chapter 99 heading (or special programme) and period, kept as a reference record of topic
 * 'programme' (subject = program id, data = this). The stacking functions read nothing else about a programme.
 * Law facts only (rates, dates, areas, relations, citations); product lists are named by list id and resolved from the ledger.
 */

const plainDate = z.string().refine(isPlainDate, 'a calendar date YYYY-MM-DD');
const fraction = z.string().regex(/^\d+(\.\d+)?$/, 'a fraction such as "0.25"');
const country = z.string().regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2');

/**
 * A condition on the goods, the entry and the declared facts. Evaluated to yes, no or unknown: unknown when a list is not loaded,
 * when the code asked for is shorter than the prefix, or when an undeclared fact has `undeclared: 'unknown'`.
 */
export type Condition =
  | { op: 'always' }
  | { op: 'code'; prefixes: string[] }
  /** On a product list; `where` compares fields of the entry's data. A list that is not loaded is unknown, or `absent`. */
  | { op: 'list'; list: string; where?: Record<string, string> | undefined; absent?: 'no' | undefined }
  /** The line or an ancestor is footnoted with this chapter 99 heading (8 digits), or with any of these first four. */
  | { op: 'footnote'; heading: string }
  | { op: 'fact'; name: string; is: (string | boolean)[]; undeclared: 'no' | 'unknown' }
  | { op: 'fact_below'; name: string; limit: string; undeclared: 'no' | 'unknown' }
  | { op: 'fact_at_least'; name: string; limit: string; undeclared: 'no' | 'unknown' }
  /** Loaded on the final mode of transit before one date and entered before another (null: the text at hand names none). */
  | { op: 'in_transit'; loaded_before: string; entered_before: string | null }
  | { op: 'origin'; countries: string[] }
  /** The importer claims one of these programme symbols (fact `preference`). */
  | { op: 'preference'; symbols: string[] }
  /** Claims one of the symbols and the base duty is then free. */
  | { op: 'entered_free'; symbols: string[] }
  /** The importer claims this chapter 99 heading (fact `declared_heading`). */
  | { op: 'declared'; heading: string }
  | { op: 'all'; of: Condition[] }
  | { op: 'any'; of: Condition[] }
  | { op: 'not'; of: Condition };

const undeclared = z.enum(['no', 'unknown']);
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.object({ op: z.literal('always') }),
    z.object({ op: z.literal('code'), prefixes: z.array(z.string().regex(/^\d{2,10}$/)).min(1) }),
    z.object({
      op: z.literal('list'),
      list: z.string(),
      where: z.record(z.string(), z.string()).optional(),
      absent: z.literal('no').optional(),
    }),
    z.object({ op: z.literal('footnote'), heading: z.string().regex(/^\d{4}(\d{4})?$/) }),
    z.object({ op: z.literal('fact'), name: z.string(), is: z.array(z.union([z.string(), z.boolean()])), undeclared }),
    z.object({ op: z.literal('fact_below'), name: z.string(), limit: fraction, undeclared }),
    z.object({ op: z.literal('fact_at_least'), name: z.string(), limit: fraction, undeclared }),
    z.object({ op: z.literal('in_transit'), loaded_before: plainDate, entered_before: plainDate.nullable() }),
    z.object({ op: z.literal('origin'), countries: z.array(country) }),
    z.object({ op: z.literal('preference'), symbols: z.array(z.string()) }),
    z.object({ op: z.literal('entered_free'), symbols: z.array(z.string()) }),
    z.object({ op: z.literal('declared'), heading: z.string() }),
    z.object({ op: z.literal('all'), of: z.array(condition) }),
    z.object({ op: z.literal('any'), of: z.array(condition) }),
    z.object({ op: z.literal('not'), of: condition }),
  ]),
);

/** A legal act: what it is, where it is, and its three dates. `verified` false: dates or document number are not checked against the act. */
export const legalAct = z.object({
  id: z.string(),
  citation: z.string(),
  document: z.string().nullable(),
  url: z.string().nullable(),
  signed: plainDate.nullable(),
  published: plainDate,
  effective: plainDate.nullable(),
  verified: z.boolean(),
});
export type LegalAct = z.infer<typeof legalAct>;

export const programmeRate = z.discriminatedUnion('kind', [
  /** Adds this fraction of the value named by `value`. */
  z.object({ kind: z.literal('adds'), rate: fraction }),
  /** Raises base plus this heading to `total`; `at_or_above` is the heading for goods already there. */
  z.object({ kind: z.literal('floor_total'), total: fraction, at_or_above: z.string().nullable() }),
  /** Replaces the column 2 rate (note 30). */
  z.object({ kind: z.literal('in_lieu_of_column_2'), rate: fraction }),
  z.object({ kind: z.literal('prohibition') }),
  /** Relief that stands by itself, or a heading whose duty is nil in this period. */
  z.object({ kind: z.literal('none') }),
  /** The act is known, its rate is not at hand. Never 0. */
  z.object({ kind: z.literal('unknown') }),
]);
export type ProgrammeRate = z.infer<typeof programmeRate>;

/** Takes goods out of a heading. */
export const programmeException = z.object({
  /** Heading to report instead; null where there is none or it is not known. */
  heading: z.string().nullable(),
  when: condition,
  reason: z.string(),
  note: z.string().nullable(),
  /** List it as available when only undeclared facts keep it from applying. */
  offer: z.boolean(),
  valid_from: plainDate.nullable(),
  valid_to: plainDate.nullable(),
});
export type ProgrammeException = z.infer<typeof programmeException>;

/** Does not apply to goods (or to the metal content of goods) on which one of `programs` applies. */
export const yieldsTo = z.object({
  programs: z.array(z.string()).min(1),
  note: z.string(),
  portion: z.enum(['whole', 'content']),
  valid_from: plainDate.nullable(),
  valid_to: plainDate.nullable(),
});
export type YieldsTo = z.infer<typeof yieldsTo>;

const meta = {
  program: z.string(),
  family: z.string(),
  measure_type: z.string(),
  title: z.string(),
  acts: z.array(legalAct).min(1),
  needs_review: z.boolean(),
  /** Why the published law at hand does not settle it. */
  review: z.string().nullable(),
};

export const headingRow = z.object({
  kind: z.literal('heading'),
  ...meta,
  heading: z.string().nullable(),
  /** U.S. note of chapter 99 subchapter III, or section of the act. */
  note: z.string().nullable(),
  effect: measureEffect,
  expression: z.string().nullable(),
  rate: programmeRate,
  /** Which columns of the schedule the heading adds to. */
  columns: z.object({ one: z.boolean(), two: z.boolean() }),
  area: z.object({
    countries: z.array(country).nullable(),
    except: z.array(country),
    except_reason: z.string().nullable(),
  }),
  scope: condition,
  exceptions: z.array(programmeException),
  /** At most one heading of a group applies; the lowest rank wins. `quiet`: the loser's own text excepts the winner's goods. */
  exclusive: z.object({ group: z.string(), rank: z.number().int(), note: z.string(), quiet: z.boolean() }).nullable(),
  yields_to: z.array(yieldsTo),
  /** What the rate is taken of. 'content': the metal; whole unless `metal_content_value` is declared where `content_presumed` holds. */
  value: z.enum(['full', 'content', 'non_us_content']),
  content_presumed: condition.nullable(),
  /** U.S. content of at least 20 % is left out (9903.01.34). */
  us_content_relief: z.boolean(),
  /**
   * Chapter 98 entries: 'exempt' but for the four 9802 provisions on part of the value; 'exempt_not_xxiii' also not for subchapter
   * XXIII; 'terms': the duty follows the terms of the provision, 9802.00.60 on full value.
   */
  chapter_98: z.enum(['exempt', 'exempt_not_xxiii', 'terms']),
  /** What is taken as given when nothing is declared, and the facts that say otherwise. */
  presumption: z.object({ text: z.string(), facts: z.array(z.string()) }).nullable(),
});
export type HeadingRow = z.infer<typeof headingRow>;

/** A special tariff programme: symbols of the special column, members, and so (by its periods) when it had lapsed. */
export const preferenceRow = z.object({
  kind: z.literal('preference'),
  ...meta,
  symbols: z.array(z.string()).min(1),
  /** Null: not by country of origin (civil aircraft, pharmaceuticals …). */
  members: z.array(country).nullable(),
  /** Symbols of the programme that only some members may use: 'A+' least developed … */
  condition: z.string().nullable(),
});
export type PreferenceRow = z.infer<typeof preferenceRow>;

/** Countries whose goods pay the column 2 rate (general note 3(b)). */
export const columnTwoRow = z.object({ kind: z.literal('column-2'), ...meta, countries: z.array(country).min(1) });
export type ColumnTwoRow = z.infer<typeof columnTwoRow>;

/** What the answer must say about coverage for goods and dates that match; `lower_bound`: an unknown duty may come on top. */
export const coverageRow = z.object({
  kind: z.literal('coverage'),
  ...meta,
  origins: z.array(country).nullable(),
  scope: condition,
  lower_bound: z.boolean(),
  /** Marks the components of the same program as needing review. */
  marks: z.boolean(),
});
export type CoverageRow = z.infer<typeof coverageRow>;

/** Low-value postal items for which only the duties of `families` are collected while the regime lasts (EO 14324, note 2(y)). */
export const postalRow = z.object({
  kind: z.literal('postal'),
  ...meta,
  /** In US dollars, inclusive. */
  value_at_most: z.string().regex(/^\d+(\.\d+)?$/),
  families: z.array(z.string()).min(1),
});
export type PostalRow = z.infer<typeof postalRow>;

export const programmeData = z.discriminatedUnion('kind', [
  headingRow,
  preferenceRow,
  columnTwoRow,
  coverageRow,
  postalRow,
]);
export type ProgrammeData = z.infer<typeof programmeData>;

/** A programme row with its valid time and the release it comes from, as read from the ledger. */
export type ProgrammeRow<Data extends ProgrammeData = ProgrammeData> = Data & {
  valid_from: string;
  /** Exclusive. */
  valid_to: string | null;
  source: { source_id: string; release: number; label: string } | null;
};
