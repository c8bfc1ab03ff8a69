import { type AroundCode, readAroundCode } from '../db/around-code.ts';
import type { Database } from '../db/connect.ts';
import { formatCode, prefixes, significantDigits } from '../transforms/code.ts';
import type { PlainDate } from '../transforms/dates.ts';
import { ageOf } from './coverage.ts';
import { assertVersion } from './ledger-moved.ts';
import type { LedgerView } from './ledger-view.ts';
import type { Moment } from './moment.ts';

/**
 * A code that the nomenclature at hand does not list and that may be in force all the same. Answers for it are those of the lines above
 * it, with nothing complete about them.
 */
export interface UnlistedCode {
  issue: 'code-not-in-nomenclature';
  message: string;
  /** The date of which the nomenclature at hand speaks. */
  nomenclature_as_of: PlainDate;
  /** True when measures of the same publisher, in force on the date, name the code: then it exists. */
  named_by_measures: boolean;
  /** The nearest line above, whose measures the code inherits. */
  inherits_from: { code: string; formatted: string };
}

/**
 * Whether a European code without a line on the date may exist nevertheless; null: it is listed, or does not exist as far as the
 * publisher can be believed. `code` in significant digits. Two cases (docs/adr/0005-codes-that-no-line-lists.md):
 *
 * - measures of the same source name it;
 * - it has ten digits below a subheading of eight that is listed, and a newer nomenclature is overdue. The eight digits are
 *   law for a calendar year (Regulation (EEC) No 2658/87, Article 12), the two after them are opened in any month (Articles 2 and 3).
 *
 * A code that was a line on another date has ended or begins later: that is known, and it is not unlisted.
 * Throws LedgerMoved when the ledger has another version than the view.
 */
export async function unlistedCode(
  database: Database,
  view: LedgerView,
  question: Moment & { source: string; code: string },
): Promise<UnlistedCode | null> {
  const { source, code, as_of, known_at } = question;
  const printed = code.padEnd(10, '0').slice(0, 8);
  const around = await readAroundCode(database, {
    source,
    code,
    prefixes: prefixes(code).filter((prefix) => prefix.length >= 4 && prefix.length < code.length),
    subheading: { printed, significant: significantDigits(printed) },
    on: as_of,
    known: known_at,
  });
  assertVersion(view, around.version);
  const { stated, outdated } = ageOf(view, source, 'nomenclature', question);
  // Past the end of the year the subheading itself may be gone.
  const opened = outdated && as_of.slice(0, 4) === stated.slice(0, 4);
  if (!mayExist(code, around, opened)) return null;
  const { named, nearest } = around;
  const above = formatCode(nearest ?? '');
  const absent = `${formatCode(code)} is not in the nomenclature at hand, which is of ${stated}`;
  return {
    issue: 'code-not-in-nomenclature',
    message: named
      ? `${absent}; measures in force on ${as_of} name it, and the rest is inherited from ${above}.`
      : `${absent}, and nothing else names it: if it has been opened since, it inherits from ${above}.`,
    nomenclature_as_of: stated,
    named_by_measures: named,
    inherits_from: { code: nearest ?? '', formatted: above },
  };
}

function mayExist(code: string, { listed, subheading_exists, named, nearest }: AroundCode, opened: boolean): boolean {
  if (listed || nearest === null) return false;
  return named || (opened && code.length === 10 && subheading_exists);
}
