import { z } from 'zod';
import { EU_MEMBERS } from '../../answers/duty/question.ts';
import { CODE_FORM } from '../../answers/lookup.ts';
import { JURISDICTIONS } from '../../answers/tariffs.ts';
import { isPlainDate } from '../../transforms/dates.ts';

/** Pieces of requests and answers that several routes share. Requests and answers have schemas of their own: nothing is both. */

const DATE_FORM = 'a calendar date YYYY-MM-DD';
const INSTANT_FORM = 'an instant YYYY-MM-DDTHH:MM:SSZ in UTC, or a date for its beginning';
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/;

export const asOf = z
  .string(DATE_FORM)
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: DATE_FORM, abort: true })
  .refine(isAskedDate, DATE_FORM)
  .optional()
  .describe('The law on this date (default: today, UTC). YYYY-MM-DD.');

export const knownAt = z
  .string(INSTANT_FORM)
  .regex(INSTANT, { error: INSTANT_FORM, abort: true })
  .refine(isInstant, INSTANT_FORM)
  .optional()
  .describe('As published by this instant (default: as known now). RFC 3339 in UTC.');

export const codeParameter = z
  .string(CODE_FORM)
  .regex(/^(?=(\D*\d){2,10}\D*$)[\d. -]+$/, CODE_FORM)
  .describe(`A tariff code: ${CODE_FORM}.`);

/** Destinations are countries, tariffs are not: whoever asks for the tariff of Germany is told whose it is. */
function jurisdictionForm(given: string): string {
  const union = given === 'XI' || EU_MEMBERS.includes(given);
  return `one of ${JURISDICTIONS.join(', ')}${union ? `; the tariff of ${given} is that of the EU` : ''}`;
}

export const jurisdiction = z
  .enum(JURISDICTIONS as [string, ...string[]], { error: ({ input }) => jurisdictionForm(String(input)) })
  .describe(
    'Whose tariff: US, EU (for its member states and Northern Ireland too), GB, NO, CA, or XX for the Harmonized System itself.',
  );

export const limit = (max: number, standard: number) =>
  z.coerce
    .number(`a whole number from 1 to ${max}`)
    .int(`a whole number from 1 to ${max}`)
    .min(1, `a whole number from 1 to ${max}`)
    .max(max, `a whole number from 1 to ${max}`)
    .default(standard)
    .describe(`Items per page, at most ${max}.`);

export const cursor = z
  .string('the cursor of a Link rel="next"')
  .max(200, 'the cursor of a Link rel="next"')
  .optional()
  .describe('Where the page begins: taken from Link rel="next".');

/** The calendar of the ledger has no year 0. */
function isAskedDate(text: string): boolean {
  return isPlainDate(text) && !text.startsWith('0000');
}

function isInstant(text: string): boolean {
  return isAskedDate(text.slice(0, 10)) && /^(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?Z)?$/.test(text.slice(10));
}

/** 'YYYY-MM-DD[THH:MM[:SS[.s]]Z]' with milliseconds, as the ledger compares instants. */
export function fullInstant(text: string): string {
  const [date = '', rest = ''] = text.replace('Z', '').split('T');
  const [time = '', fraction = ''] = rest.split('.');
  const [hours = '', minutes = '', seconds = ''] = time.split(':');
  const two = (part: string) => part.padStart(2, '0');
  return `${date}T${two(hours)}:${two(minutes)}:${two(seconds)}.${fraction.padEnd(3, '0')}Z`;
}

const date = z.string().describe('YYYY-MM-DD');
const instant = z.string().describe('RFC 3339, UTC');

export const citedSource = z
  .object({
    id: z.string(),
    release: z.int(),
    label: z.string(),
    published_at: instant,
    effective_date: date,
    data_as_of: date,
    retrieved_at: instant,
    url: z.string().nullable(),
    sha256: z.string().nullable(),
  })
  .meta({ id: 'CitedSource' });

export const coverageStatement = z
  .object({
    family: z.string(),
    status: z.enum(['covered', 'partial', 'not_covered']),
    reason: z.string().nullable(),
    data_as_of: date.nullable(),
  })
  .meta({ id: 'Coverage' });

export const meta = z
  .object({
    as_of: date.nullable(),
    known_at: instant,
    dataset_version: z.int(),
    answer_id: z.string(),
    sources: z.array(citedSource),
    coverage: z.array(coverageStatement),
  })
  .meta({ id: 'Meta' });

/** `{ data, meta }` */
export function envelope<T extends z.ZodType>(data: T) {
  return z.object({ data, meta });
}

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })),
  })
  .loose()
  .meta({ id: 'Problem' });

/** An answer in another form than ours, for a route's `response`. */
export const rendering = (type: string) => ({
  content: { [type]: { schema: type.endsWith('json') ? z.looseObject({}) : z.string() } },
});

export { date, instant };
