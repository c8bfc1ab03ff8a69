import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { SqlClient } from './connect.ts';

/** Column by name; `json` for json and jsonb, whose arrays are JSON and not PostgreSQL arrays. */
export type CopyColumn = string | { name: string; json: true };
export type CopyValue = unknown;
export type CopyRow = readonly CopyValue[];

// One write per row would cost more than the encoding; past this size PostgreSQL's own buffers are the limit.
const CHUNK = 64 * 1024;
const SPECIAL = /[\\\t\n\r]/;
const SPECIALS = /[\\\t\n\r]/g;
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * COPY rows into a table; resolves to the number of rows. Rows are arrays in the order of `columns` and may hold
 * strings, finite numbers, bigints, booleans, null, arrays of these, and anything JSON for json columns (SQL null for null).
 * Reads `rows` only as fast as the server takes them. Either all rows arrive or none.
 *
 * Throws on undefined, NaN, infinities and broken UTF-16: each would otherwise arrive as some other value, quietly.
 */
export async function copyInto(
  client: SqlClient,
  table: string,
  columns: readonly CopyColumn[],
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
): Promise<number> {
  const quote = (name: string): string => pg.escapeIdentifier(name);
  const names = columns.map((column) => (typeof column === 'string' ? column : column.name));
  const target = table.split('.').map(quote).join('.');
  const stream = client.query(copyFrom(`copy ${target} (${names.map(quote).join(', ')}) from stdin`));
  const json = columns.map((column) => typeof column !== 'string');
  const encode = (row: CopyRow): string => encodeRow(row, names, json);
  // highWaterMark 1: chunks are large already, and a queue of 16 of them is memory without speed.
  await pipeline(Readable.from(chunks(rows, encode), { highWaterMark: 1 }), stream);
  return stream.rowCount;
}

async function* chunks(
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
  encode: (row: CopyRow) => string,
): AsyncGenerator<Buffer> {
  let text = '';
  for await (const row of rows) {
    text += encode(row);
    if (text.length >= CHUNK) {
      yield toBytes(text);
      text = '';
    }
  }
  if (text !== '') yield toBytes(text);
}

function toBytes(text: string): Buffer {
  // UTF-8 has no lone surrogates: they would be stored as U+FFFD.
  if (LONE_SURROGATE.test(text)) throw new TypeError('Cannot store text with a lone surrogate (broken UTF-16)');
  return Buffer.from(text, 'utf8');
}

function encodeRow(row: CopyRow, names: readonly string[], json: readonly boolean[]): string {
  if (row.length !== names.length) {
    throw new TypeError(`Row of ${String(row.length)} values for ${String(names.length)} columns`);
  }
  let line = '';
  for (let i = 0; i < row.length; i++) {
    if (i > 0) line += '\t';
    const value = row[i];
    if (value === null) line += '\\N';
    else if (json[i] === true) line += escape(encodeJson(value, names[i]));
    else if (typeof value === 'string') line += escape(value);
    else if (Array.isArray(value)) line += escape(encodeArray(value, names[i]));
    else line += encodeScalar(value, names[i]);
  }
  return line + '\n';
}

function escape(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (found) => ESCAPES[found] ?? found) : text;
}

function encodeScalar(value: unknown, column: string | undefined): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'bigint') return String(value);
  throw new TypeError(`Cannot store ${typeof value} ${String(value)} in column ${String(column)}`);
}

function encodeJson(value: unknown, column: string | undefined): string {
  // stringify returns undefined for undefined and functions, which its type leaves out.
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`Cannot store ${typeof value} as JSON in column ${String(column)}`);
  return text;
}

function encodeArray(values: readonly unknown[], column: string | undefined): string {
  const items = values.map((value) => {
    if (value === null) return 'NULL';
    if (Array.isArray(value)) return encodeArray(value, column);
    // Always quoted, so that commas, braces, blanks, empty text and the word NULL are plain text.
    if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
    return encodeScalar(value, column);
  });
  return `{${items.join(',')}}`;
}
