import { Problem } from './problem.ts';

/** Opaque to the client: where the next page begins, as base64url JSON. */
export function encodeCursor(place: readonly (number | string)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Non-negative whole numbers of a cursor. Throws Problem when it is not one of ours. */
export function decodeCursor(cursor: string, length: number): number[] {
  const place = parse(cursor);
  const numbers = Array.isArray(place)
    ? place.filter((item): item is number => Number.isSafeInteger(item) && item >= 0)
    : [];
  if (!Array.isArray(place) || place.length !== length || numbers.length !== length) {
    throw new Problem('invalid-request', 'The cursor is not one that was handed out.', {
      errors: [{ field: 'cursor', message: 'the cursor of a Link rel="next", unchanged' }],
    });
  }
  return numbers;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
