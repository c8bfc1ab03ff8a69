import { z } from 'zod';
import {
  disclaimLimits,
  pgaFlagDefinitionData,
  type PgaFlagDefinition,
} from '../../../transforms/reference/pga-flag.ts';
import type { EditionFiles, EditionPart } from '../../source.ts';

/** CBP's ACE Agency Tariff Code Reference (Pub 0875-0419): every flag with agency, programs and meaning. */
export const DICTIONARY_URL =
  'https://www.cbp.gov/sites/default/files/2026-03/ace_agency_tariff_codes_04march2026_0.pdf';

/** Beside an agency's list, to check its flags against; the list stands without it, unchecked and saying so. */
export const dictionaryPart: EditionPart = {
  part: 'dictionary',
  url: DICTIONARY_URL,
  expect: 'binary',
  optional: true,
};

const extract = z.object({
  definitions: z.array(
    z.object({
      flagCode: z.string(),
      agencyCode: z.string(),
      requirement: z.enum(['may_be_required', 'required']),
      programCodes: z.array(z.string()),
      definition: z.string(),
    }),
  ),
});

/**
 * The definitions from the JSON extract of the PDF. The PDF itself is six pages of wrapped table cells and is not read here:
 * its bytes throw, so that a new edition asks for a person.
 */
export function flagDefinitions(bytes: Buffer): PgaFlagDefinition[] {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    throw new Error('the flag dictionary as PDF is not read; import its extract');
  }
  return extract.parse(JSON.parse(bytes.toString('utf8'))).definitions.map((row) =>
    pgaFlagDefinitionData.parse({
      flag: row.flagCode,
      agency: row.agencyCode,
      requirement: row.requirement,
      programs: row.programCodes,
      definition: row.definition,
      disclaim: disclaimLimits(row.definition),
    }),
  );
}

export type Dictionary = ReadonlyMap<string, PgaFlagDefinition>;

/** The dictionary part of an edition by flag; null when the edition has none. */
export async function dictionaryOf(files: EditionFiles): Promise<Dictionary | null> {
  if (!files.has('dictionary')) return null;
  return new Map(flagDefinitions(await files.read('dictionary')).map((definition) => [definition.flag, definition]));
}
