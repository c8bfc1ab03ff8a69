import { codeDigits } from '../../transforms/code.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import { Problem } from '../problem.ts';

export const DUTY_CODE_FORM = '4 to 10 digits, dots optional (6109.10.00.12)';

/** Digits of the code asked for. A duty needs a heading at least. Throws Problem invalid-request. */
export function dutyCode(text: string): string {
  const digits = codeDigits(text);
  if (digits === null || digits.length < 4 || digits.length > 10) {
    throw new Problem('invalid-request', `'${text}' is no code a duty can be told for.`, {
      errors: [{ field: 'code', message: DUTY_CODE_FORM }],
    });
  }
  return digits;
}

/** ISO alpha-2 of the EU member states; the United Kingdom left on 2020-02-01 (customs union until 2020-12-31). */
export const EU_MEMBERS: readonly string[] = [
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU',
  'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
]; // prettier-ignore

/** Since when the later ones are in the customs union: Treaties of Accession of 2003, 2005 and 2011. */
const ACCESSIONS: ReadonlyMap<string, PlainDate> = new Map([
  ...['CY', 'CZ', 'EE', 'HU', 'LT', 'LV', 'MT', 'PL', 'SI', 'SK'].map((state) => [state, '2004-05-01'] as const),
  ...['BG', 'RO'].map((state) => [state, '2007-01-01'] as const),
  ['HR', '2013-07-01'],
]);

export type DestinationTariff = 'US' | 'EU' | 'GB' | 'XI';

/** Whose tariff a destination applies. Throws Problem invalid-request naming the accepted ones. */
export function tariffOfDestination(destination: DutyQuestion['destination']): DestinationTariff {
  const tariff = tariffHere(destination);
  if (tariff !== null) return tariff;
  throw new Problem('invalid-request', `Duties and controls of ${destination} cannot be told here.`, {
    errors: [
      {
        field: 'destination',
        message: `US, GB, XI (Northern Ireland), EU or a member state: ${EU_MEMBERS.join(', ')}`,
      },
    ],
  });
}

/** The tariff that a destination's duties are told from; null: none here. */
export function tariffHere(destination: DutyQuestion['destination']): DestinationTariff | null {
  if (destination === 'US' || destination === 'GB' || destination === 'XI') return destination;
  return destination === 'EU' || EU_MEMBERS.includes(destination) ? 'EU' : null;
}

/** The day from which a destination in the United Kingdom has a tariff of its own kind: the end of the transition period. */
const OWN_TARIFF_SINCE: PlainDate = '2021-01-01';

/** The first date of which there can be a duty into the destination; null: the loaded releases alone say. */
export function firstDutyDate(destination: DutyQuestion['destination']): PlainDate | null {
  return destination === 'GB' || destination === 'XI' ? OWN_TARIFF_SINCE : (ACCESSIONS.get(destination) ?? null);
}

/**
 * Throws Problem not-covered-at-date for a duty of a time when another tariff applied: into Great Britain or Northern Ireland until
 * 2020-12-31 the Union's (Article 127 of the Withdrawal Agreement), into a later member state its own. No duty in the loaded tariff is not
 * no duty.
 */
export function checkDutyDate({ destination, as_of }: Pick<DutyQuestion, 'destination' | 'as_of'>): void {
  const first = firstDutyDate(destination);
  if (first === null || as_of >= first) return;
  const before = ACCESSIONS.has(destination)
    ? `Before its accession ${destination} had a tariff of its own`
    : "Until 2020-12-31 the Union's tariff applied to all of the United Kingdom";
  throw new Problem('not-covered-at-date', `${before}; duties into ${destination} are told from ${first} on.`, {
    errors: [{ field: 'as_of', message: `a date from ${first} on` }],
    extra: { first_date: first },
  });
}

/** What European customs write for territories that the law of the United States knows as parts of a country. */
const UNKNOWN_TO_US: ReadonlyMap<string, string> = new Map([
  ['EU', 'the member state (DE)'],
  ['XI', 'GB: goods of Northern Ireland are goods of the United Kingdom'],
  ['XC', 'ES: Ceuta is a part of Spain'],
  ['XL', 'ES: Melilla is a part of Spain'],
]);

/**
 * Throws Problem invalid-request for an origin that no programme of the United States names: it would be outside of every list of
 * countries, and so pay none of their additional duties.
 */
export function checkOrigin({ destination, origin }: Pick<DutyQuestion, 'destination' | 'origin'>): void {
  const meant = destination === 'US' ? UNKNOWN_TO_US.get(origin) : undefined;
  if (meant === undefined) return;
  throw new Problem('invalid-request', `${origin} is no country of origin for the United States.`, {
    errors: [{ field: 'origin', message: meant }],
  });
}
