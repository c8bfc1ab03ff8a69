import type { PlainDate } from '../../../transforms/dates.ts';
import type { ReferenceRecord } from '../../../transforms/records.ts';
import { pgaFlagData, type PgaFlagData } from '../../../transforms/reference/pga-flag.ts';
import type { NormaliseContext } from '../../source.ts';
import type { Dictionary } from './dictionary.ts';

/** A line of an agency's list: one code, one flag, one program. */
export interface FlagRow {
  code: string;
  agency: string;
  /** Null: the list says that no flag is enforced. */
  flag: string | null;
  program: string;
  /** Overrides the dictionary's; needed where `flag` is null. */
  requirement?: PgaFlagData['requirement'];
  flag_source: PgaFlagData['flag_source'];
  description: string;
  notes: string[];
  valid_from?: PlainDate;
  valid_to?: PlainDate | null;
}

/** What `parse` of the agency lists yields: the dictionary once, then the rows. */
export type FlagItem = { of: 'dictionary'; dictionary: Dictionary } | { of: 'row'; row: FlagRow };

/**
 * Records by code, flag and program. A flag that the official dictionary does not have is reported and left out (lists in
 * circulation carry AT3, AQ3, NM7 …); a program that it does not list for the flag is reported and kept.
 */
export async function* flagRecords(
  items: AsyncIterable<FlagItem> | Iterable<FlagItem>,
  context: NormaliseContext,
): AsyncGenerator<ReferenceRecord> {
  let dictionary: Dictionary | null = null;
  const records = new Map<string, ReferenceRecord & { data: PgaFlagData }>();
  const reported = new Set<string>();
  const once = (code: string, message: string, place: Record<string, string>): void => {
    if (reported.has(message)) return;
    reported.add(message);
    context.issue({ severity: 'warning', code, message, place });
  };
  for await (const item of items) {
    if (item.of === 'dictionary') {
      dictionary = item.dictionary;
      continue;
    }
    const { row } = item;
    const code = row.code.replace(/[.\s]/g, '');
    if (!/^\d{4,10}$/.test(code)) {
      const place = { code: row.code };
      context.issue({ severity: 'warning', code: 'bad-tariff-number', message: `'${row.code}' is no number`, place });
      continue;
    }
    if (!dictionary) once('no-dictionary', 'flags not checked: the edition has no dictionary', {});
    const definition = row.flag === null ? null : (dictionary?.get(row.flag) ?? null);
    if (row.flag !== null && dictionary && !definition) {
      once('unknown-flag', `flag ${row.flag} is not in the dictionary`, { flag: row.flag });
      continue;
    }
    if (row.flag_source === 'ace_extract' && definition && !definition.programs.includes(row.program)) {
      once('unknown-program', `${row.program} is no program of ${definition.flag}`, { flag: definition.flag });
    }
    const requirement = row.requirement ?? definition?.requirement ?? oddMay(row.flag);
    const key = `${code}:${row.flag ?? 'none'}:${row.program}`;
    const twin = records.get(key);
    if (twin) {
      twin.data.notes = [...new Set([...twin.data.notes, ...row.notes])];
      if (row.valid_from !== undefined && row.valid_from < (twin.valid_from ?? '9999'))
        twin.valid_from = row.valid_from;
      continue;
    }
    records.set(key, {
      kind: 'reference',
      natural_key: key,
      topic: 'pga-flag',
      code,
      subject: row.agency,
      data: pgaFlagData.parse({
        agency: row.agency,
        flag: row.flag,
        programs: [row.program],
        requirement,
        authority: row.flag_source === 'inferred' ? 'inferred' : 'authoritative',
        flag_source: row.flag_source,
        description: row.description || null,
        disclaim: definition?.disclaim ?? null,
        notes: row.notes,
      }),
      ...(row.valid_from === undefined ? {} : { valid_from: row.valid_from, valid_to: row.valid_to ?? null }),
    });
  }
  yield* records.values();
}

/** CBP's convention: odd flags may be required, even ones are; X warns only. */
function oddMay(flag: string | null): PgaFlagData['requirement'] {
  return flag !== null && /[2468]$/.test(flag) ? 'required' : 'may_be_required';
}

/** Facts that all agency lists share in their declaration. */
export const PGA_SOURCE = {
  jurisdiction: 'US',
  licence: { name: 'US public domain', attribution: 'U.S. Government' },
  records: ['reference'],
} as const;
