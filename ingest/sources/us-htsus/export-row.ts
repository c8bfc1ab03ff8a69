import { z } from 'zod';

/**
 * A row of the USITC export (https://hts.usitc.gov/reststop/exportList?…&format=JSON). Twelve keys in every row of every edition;
 * 'addiitionalDuties' is the publisher's misspelling and always null. A missing or renamed key stops the edition.
 */
const footnote = z.object({
  columns: z.array(z.string()).nullish(),
  marker: z.string().nullish(),
  value: z.string().nullish(),
  type: z.string().nullish(),
});

export const exportRow = z.object({
  htsno: z.string(),
  indent: z.string().regex(/^\d+$/),
  description: z.string(),
  superior: z.string().nullable(),
  units: z.array(z.string()),
  general: z.string(),
  special: z.string(),
  other: z.string(),
  footnotes: z.array(footnote).nullable(),
  quotaQuantity: z.string().nullable(),
  additionalDuties: z.string().nullable(),
  addiitionalDuties: z.null(),
});
export type ExportRow = z.infer<typeof exportRow>;

export const EXPORT_KEYS: readonly string[] = Object.keys(exportRow.shape);

const text = (value: unknown): boolean => typeof value === 'string';
const textOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

/**
 * True for a row that surely satisfies the schema, told without building anything: 35,000 rows an edition, all of them sound as a rule.
 * False sends the row to the schema, which decides and names what is wrong.
 */
export function isPlainRow(row: Readonly<Record<string, unknown>>): boolean {
  return (
    text(row['htsno']) &&
    typeof row['indent'] === 'string' &&
    /^\d+$/.test(row['indent']) &&
    text(row['description']) &&
    textOrNull(row['superior']) &&
    Array.isArray(row['units']) &&
    row['units'].every(text) &&
    text(row['general']) &&
    text(row['special']) &&
    text(row['other']) &&
    (row['footnotes'] === null || (Array.isArray(row['footnotes']) && row['footnotes'].length === 0)) &&
    textOrNull(row['quotaQuantity']) &&
    textOrNull(row['additionalDuties']) &&
    row['addiitionalDuties'] === null
  );
}
