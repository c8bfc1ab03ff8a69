import { describe, expect, it } from 'vitest';
import { stackUs } from '../../transforms/stacking/us/stack-us.ts';
import { expectInvariants } from '../support/us-invariants.ts';
import { editionOn, editionRows, mirrorIsHere, question, usInput } from '../support/us-mirror.ts';

if (!mirrorIsHere) console.warn('skipped: the HTS editions of ../shared are not here');

const ORIGINS =
  'CN HK MO TW JP KR IN ID TH VN MY PH SG BD PK LK KH AU NZ CA MX BR AR CL CO PE CR NI DE FR IT IE GB CH LI NO TR RU BY CU KP IL SA AE ZA NG'.split(
    ' ',
  );
const DATES = [
  '2025-01-15',
  '2025-03-05',
  '2025-04-09',
  '2025-05-20',
  '2025-07-01',
  '2025-09-01',
  '2025-12-20',
  '2026-02-23',
  '2026-02-24',
  '2026-05-10',
  '2026-08-25',
  '2026-11-15',
];

/** A small generator with a fixed seed: the same 200 codes every time. */
function sample<T>(items: readonly T[], count: number): T[] {
  let state = 20261120;
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  return Array.from({ length: count }, () => items[Math.floor(next() * items.length)]).filter(
    (item) => item !== undefined,
  );
}

describe.skipIf(!mirrorIsHere)('every answer for the codes of a real schedule', () => {
  // All 200 codes × 40 origins × 12 dates when asked to verify; every run takes its share of each.
  const whole = process.env['TARIFF_VERIFY'] === '1';
  it.each(DATES)('holds together on %s', { timeout: 600_000 }, async (date) => {
    const codes = editionRows(editionOn(date))
      .map((row) => row.htsno.replaceAll('.', ''))
      .filter((code) => code.length >= 8 && code < '98');
    // Half from the chapters where programmes meet: metals, machines, vehicles, furniture.
    const crowded = codes.filter((code) => /^(?:44|7[2346]|8[4578]|94)/.test(code));
    const chosen = [...sample(codes, whole ? 100 : 20), ...sample(crowded, whole ? 100 : 20)];
    let answers = 0;
    for (const code of chosen) {
      const schedule = await usInput(question(code, 'DE', date));
      for (const [index, origin] of ORIGINS.entries()) {
        if (!whole && (index + chosen.indexOf(code)) % 5 !== 0) continue;
        const customs_value = index % 2 === 0 ? null : { amount: '1234.56', currency: 'USD' };
        const input = { ...schedule, question: { ...schedule.question, origin, customs_value } };
        expectInvariants(input, stackUs(input));
        answers += 1;
      }
    }
    expect(answers).toBeGreaterThan(whole ? 8000 : 250);
  });
});
