import { expect } from 'vitest';
import type { DutyComponent } from '../../transforms/stacking/component.ts';
import type { UsStackingInput, UsStackingResult } from '../../transforms/stacking/us/input.ts';
import { Exact } from '../../transforms/exact.ts';

/** Programmes of which at most one heading may apply, and pairs the notes keep apart on the same goods (docs/stacking-us.md). */
const APART: readonly (readonly [string, string])[] = [
  ['us.section-232.metals', 'us.section-232.autos'],
  ['us.section-232.metals', 'us.section-232.auto-parts'],
  ['us.section-232.metals', 'us.section-232.mhdv'],
  ['us.section-232.metals', 'us.section-232.mhdv-parts'],
  ['us.section-232.metals', 'us.section-232.semiconductors'],
  ['us.section-232.metals', 'us.section-122'],
  ['us.section-232.metals', 'us.section-301.forced-labor'],
  ['us.section-232.metals', 'us.section-301.brazil'],
  ['us.section-232.metals', 'us.section-232.aluminum-russia'],
  ['us.section-232.auto-parts', 'us.section-232.wood'],
  ['us.section-232.auto-parts', 'us.section-232.autos'],
  ['us.section-232.auto-parts', 'us.ieepa.reciprocal'],
  ['us.section-232.autos', 'us.ieepa.fentanyl.mexico'],
  ['us.section-232.autos', 'us.ieepa.fentanyl.canada'],
  ['us.section-232.wood', 'us.section-122'],
  ['us.ieepa.reciprocal', 'us.section-122'],
];

const sum = (parts: readonly string[]): string =>
  parts.reduce((total, part) => total.plus(part), new Exact(0)).toFixed();

/** What must hold for every US answer. */
export function expectInvariants(
  input: Pick<UsStackingInput, 'question'>,
  answer: Pick<UsStackingResult, 'components' | 'total' | 'coverage'>,
): void {
  const { components, total } = answer;
  const place = `${input.question.code} ${input.question.origin} ${input.question.as_of}`;
  const applied = components.filter((part) => part.status === 'applied' && part.effect !== 'prohibition');

  if (total.ad_valorem_rate !== null)
    expect(sum(applied.map((part) => part.rate ?? 'NaN')), place).toBe(total.ad_valorem_rate);
  if (total.amount !== null)
    expect(new Exact(sum(applied.map((part) => part.amount ?? 'NaN'))).toFixed(2), place).toBe(total.amount);

  for (const part of components) {
    if (part.valid_from !== null)
      expect(part.valid_from <= input.question.as_of, `${place} ${part.heading}`).toBe(true);
    if (part.valid_to !== null) expect(input.question.as_of < part.valid_to, `${place} ${part.heading}`).toBe(true);
    if (part.status === 'suppressed') {
      expect(part.suppressed_by?.program, `${place} ${part.program}`).toBeTruthy();
      expect(part.suppressed_by?.note, `${place} ${part.program}`).toBeTruthy();
    } else expect(part.suppressed_by, place).toBeNull();
    if (part.status === 'excluded' || part.status === 'undetermined')
      expect(part.reason, `${place} ${part.program}`).toBeTruthy();
    if (part.status === 'undetermined' || part.status === 'available')
      expect(part.needs.length, `${place} ${part.program}`).toBeGreaterThan(0);
    if (part.status !== 'applied') expect([part.rate, part.amount], `${place} ${part.program}`).toEqual([null, null]);
    expect(input.question.code.startsWith(part.code), `${place} ${part.code}`).toBe(true);
  }

  const open = components.some((part) => part.status === 'undetermined');
  if (open) expect(total.status, place).not.toBe('complete');
  if (total.status === 'complete') expect(total.missing, place).toEqual([]);
  if (total.status !== 'complete') expect(total.missing.length + answer.coverage.length, place).toBeGreaterThan(0);
  expect(
    components.filter((part) => part.effect === 'base' && part.status === 'applied').length,
    place,
  ).toBeLessThanOrEqual(1);
  expectApart(applied, place);
}

function expectApart(applied: readonly DutyComponent[], place: string): void {
  const perProgram = new Map<string, number>();
  for (const part of applied) perProgram.set(part.program, (perProgram.get(part.program) ?? 0) + 1);
  for (const [program, count] of perProgram) expect([place, program, count]).toEqual([place, program, 1]);
  for (const [one, other] of APART)
    expect(perProgram.has(one) && perProgram.has(other), `${place}: ${one} and ${other}`).toBe(false);
}
