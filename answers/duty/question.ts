import { codeDigits } from '../../transforms/code.ts';
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

/** ISO alpha-2 of the EU member states on any date since 2013; the United Kingdom left on 2020-02-01 (customs union until 2020-12-31). */
export const EU_MEMBERS: readonly string[] = [
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU',
  'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
]; // prettier-ignore

export type DestinationTariff = 'US' | 'EU' | 'GB' | 'XI';

/** Whose tariff a destination applies. Throws Problem invalid-request naming the accepted ones. */
export function tariffOfDestination(destination: DutyQuestion['destination']): DestinationTariff {
  if (destination === 'US' || destination === 'GB' || destination === 'XI') return destination;
  if (destination === 'EU' || EU_MEMBERS.includes(destination)) return 'EU';
  throw new Problem('invalid-request', `There is no tariff for the destination ${destination} here.`, {
    errors: [
      {
        field: 'destination',
        message: `US, GB, XI (Northern Ireland), EU or a member state: ${EU_MEMBERS.join(', ')}`,
      },
    ],
  });
}
