import { describe, expect, it } from 'vitest';
import { parseChapter99Rate } from '../../../transforms/duty/parse-chapter-99.ts';

const rate = (value: string) => ({ op: 'ad_valorem', rate: value });

describe('parseChapter99Rate', () => {
  it.each([
    ['The duty provided in the applicable subheading + 25%.', 'adds', rate('0.25')],
    ['The duty provided in the applicable subheading +10%', 'adds', rate('0.1')],
    ['The duty provided in the applicable subheading + a duty of 25%', 'adds', rate('0.25')],
    ['The duty provided in the applicable subheading', 'adds_nothing', null],
    ['The duty provided for in the applicable subheading', 'adds_nothing', null],
    ['No Change', 'no_change', null],
    // 15 % is a total in 9903.02.20 but a rate of its own in 9902: the text cannot tell.
    ['15%', 'replaces_or_floor', rate('0.15')],
    ['Free', 'replaces', { op: 'free' }],
  ])('%s: %s', (text, relation, duty) => {
    expect(parseChapter99Rate(text)).toEqual({ relation, duty, base: null });
  });

  it('names the base where the heading does', () => {
    const text = 'The duty provided in subheadings 8716.39.00, 8716.90.30 or 8716.90.50 + 100%';
    expect(parseChapter99Rate(text)).toEqual({
      relation: 'adds',
      duty: rate('1'),
      base: 'subheadings 8716.39.00, 8716.90.30 or 8716.90.50',
    });
  });

  it('keeps blank and foreign text apart from nothing added', () => {
    expect(parseChapter99Rate(' ').relation).toBe('blank');
    expect(parseChapter99Rate('See U.S. note 3').relation).toBe('not_computable');
    expect(parseChapter99Rate('The duty provided in the applicable subheading + some').duty).toMatchObject({
      reason: 'unrecognised',
    });
  });
});
