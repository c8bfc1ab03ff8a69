import { isPlainDate } from '../dates.ts';
import { Exact } from '../exact.ts';
import type { Fact } from './facts.ts';

export type FactValue = string | boolean | number | readonly string[];

/**
 * What a declared value has to look like, in words, when it does not: null for one that the engines understand. A value they would
 * pass over in silence (`in_quota: "maybe"`) would answer another question than the one asked.
 */
export function factFault(
  fact: Pick<Fact, 'type' | 'values' | 'unit'> & Partial<Pick<Fact, 'name'>>,
  value: FactValue,
): string | null {
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false' ? null : 'true or false';
    case 'decimal': {
      const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
      const form =
        fact.unit === 'share' ? 'a share from 0 to 1 ("0.15")' : 'a decimal number of zero or more ("52.60")';
      if (!/^\d{1,15}(\.\d{1,10})?$/.test(text)) return form;
      return fact.unit === 'share' && new Exact(text).greaterThan(1) ? form : null;
    }
    case 'date':
      return typeof value === 'string' && isPlainDate(value) ? null : 'a calendar date YYYY-MM-DD';
    case 'string[]':
      return typeof value === 'string' || Array.isArray(value) ? null : 'texts in an array';
    case 'string': {
      const { values } = fact;
      const given = Array.isArray(value) ? value : [value];
      if (fact.name === 'additional_code') return given.every(isAdditionalCodes) ? null : ADDITIONAL_CODE_FORM;
      return values === null || given.every((each) => values.includes(String(each)))
        ? null
        : `one of ${values.join(', ')}`;
    }
  }
}

export const ADDITIONAL_CODE_FORM = 'four characters each (C490, 7001), several with blanks between';

/** Additional codes of TARIC and the UK tariff: a type and three digits. One that is mistyped would leave the goods to all other companies. */
export const isAdditionalCodes = (text: unknown): boolean =>
  /^([0-9A-Z]\d{3}[\s,;]*)*$/i.test(String(text).replaceAll('-', ''));
