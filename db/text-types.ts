import pg from 'pg';

type Parse = (text: string) => unknown;
// PostgreSQL's own type numbers (pg_type.oid); fixed for built-in types.
const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;
const TEXT_ARRAY: number = 1009;
const ARRAYS = { int8: 1016, date: 1182, timestamptz: 1185, numeric: 1231 };

const UTC_INSTANT = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

/**
 * '2026-11-20 09:19:00.5+00' → '2026-11-20T09:19:00.500Z'. The session's time zone is UTC, so this is no arithmetic.
 * Digits below a millisecond are cut: write instants with date_trunc('milliseconds', …) where they are compared later.
 */
function parseInstant(text: string): string {
  if (text === 'infinity' || text === '-infinity') return text;
  const match = UTC_INSTANT.exec(text);
  if (!match) throw new RangeError(`Instant not in UTC or out of range: ${text}`);
  const [, date = '', time = '', fraction = ''] = match;
  return `${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

/** Row ids and counts; exact up to 2^53, which one id per microsecond would reach in 285 years. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`Integer beyond 2^53: ${text}`);
  return value;
}

const asIs: Parse = (text) => text;
const scalars = new Map<number, Parse>([
  [INT8, parseInt8],
  [DATE, asIs],
  [NUMERIC, asIs],
  [TIMESTAMPTZ, parseInstant],
  // pg's own would turn numeric[] into floats and date[] into local midnights.
  [ARRAYS.int8, arrayOf((text) => parseInt8(text))],
  [ARRAYS.date, arrayOf(asIs)],
  [ARRAYS.numeric, arrayOf(asIs)],
  [ARRAYS.timestamptz, arrayOf((text) => parseInstant(text))],
]);

function arrayOf(parse: Parse): Parse {
  // pg types this function as returning any; for text[] it is strings, nulls and, when nested, arrays of them.
  const split = pg.types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => unknown[];
  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each);
    return typeof value === 'string' ? parse(value) : value;
  };
  return (text) => split(text).map(each);
}

/** Parsers for one pool; pg's global table stays as it is for anybody else in the process. */
export const textTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : scalars.get(oid);
    // The library's signature is overloaded per format; all we hand out takes the text form.
    return own ?? pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};
