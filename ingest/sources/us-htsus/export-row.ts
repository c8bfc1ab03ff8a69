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
