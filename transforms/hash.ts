import { createHash, hash } from 'node:crypto';

/** JSON with object keys in bytewise order: the same value gives the same text, whoever built it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** sha256 of a text, base64url (43 characters): content hashes of records. */
export function textHash(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** sha256 of bytes or text, hex: names of snapshots, digests in answers. */
export function sha256Hex(bytes: Buffer | string): string {
  return hash('sha256', bytes, 'hex');
}

/** One digest for a set of (key, hash) pairs, whatever order they came in: two loads of one edition must agree on it. */
export function stateHash(entries: Iterable<readonly [string, string]>): string {
  const digest = createHash('sha256');
  const lines: string[] = [];
  for (const [key, value] of entries) lines.push(`${key}\t${value}\n`);
  lines.sort();
  // An edition has 70,000 lines of 60 bytes: handing each over by itself costs more than the hash.
  for (let from = 0; from < lines.length; from += LINES) digest.update(lines.slice(from, from + LINES).join(''));
  return digest.digest('hex');
}

const LINES = 2_000;
