import { openEuropeanReference } from '../../answers/duty/european-tables.ts';
import { openUsProgrammes } from '../../answers/duty/us-programmes.ts';
import type { DutyDeps } from '../../answers/duty/answer-duty.ts';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import type { Database } from '../../db/connect.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';

/** What duty answers work with, on a database. */
export function dutyDeps(database: Database): DutyDeps {
  return {
    database,
    views: openLedgerViews(database, { maxAgeMs: 0 }),
    european: openEuropeanReference(database),
    usProgrammes: openUsProgrammes(database),
  };
}

/** `CODE DESTINATION ORIGIN DATE`, with what else is asked; `value` in euro, in pounds for GB. */
export function asked(
  text: string,
  { value, ...rest }: Partial<Omit<DutyQuestion, 'customs_value'>> & { value?: string } = {},
): DutyQuestion {
  const [code = '', destination = '', origin = '', as_of = ''] = text.split(' ');
  const currency = destination === 'GB' ? 'GBP' : 'EUR';
  return {
    code,
    destination,
    origin,
    as_of,
    known_at: null,
    quantities: [],
    transport_mode: null,
    facts: {},
    ...rest,
    customs_value: value === undefined ? null : { amount: value, currency },
  };
}
