import { z } from 'zod';
import { isPlainDate, type PlainDate } from '../dates.ts';
import type { ReferenceRecord } from '../records.ts';

const date = z.string().refine(isPlainDate, 'a calendar date YYYY-MM-DD');
const digits = z.string().regex(/^\d{4,14}$/, '4 to 14 digits');

/**
 * `data` of topic 'ruling', for every scheme: an authority's decision how goods are classified. subject = the reference, code null (its
 * codes are records of their own, below). It cites one case of one holder: evidence for a code, never a duty.
 *
 * Valid time runs from the first day to the day after the last one on which the authority is bound. A ruling that its publisher stops
 * listing before its end is cut on the day of that listing and keeps `expires_on`: so the two differ exactly when it ended early.
 * Known time is publication of the listing that brought it, not the date of the letter.
 */
export const rulingData = z.object({
  /** As the authority writes it: '600001234', 'NLBTI2026-0341', 'N303574'. */
  reference: z.string().min(3),
  scheme: z.enum(['atar', 'ebti', 'cross']),
  /** ISO alpha-2 of the issuing country; an EBTI ruling of a member state binds the whole Union. */
  issuing_country: z.string().regex(/^[A-Z]{2}$/),
  authority: z.string(),
  /** Date of the letter; null when not printed. */
  issued_on: date.nullable(),
  starts_on: date.nullable(),
  /** Last day, included, as printed; null for rulings without an end (CROSS). */
  expires_on: date.nullable(),
  /** As published, digits only, in the order printed. Codes of an older nomenclature stay as they are. */
  codes: z.array(digits),
  /** Subject line of a letter; null where there is only a description. */
  title: z.string().nullable(),
  description: z.string().nullable(),
  keywords: z.array(z.string()),
  /** Legal reasons: general rules, notes, headings. */
  justification: z.string().nullable(),
  /** ISO 639-1, of the text. */
  language: z.string().regex(/^[a-z]{2}$/),
  /** What the publisher says of it; null when it says nothing and only the dates tell. */
  status: z.enum(['active', 'modified', 'revoked', 'invalid']).nullable(),
  /** Why it is invalid, as printed. */
  status_reason: z.string().nullable(),
  affects: z.array(z.string()),
  affected_by: z.array(z.string()),
  url: z.url(),
  /** Addresses only: pictures of goods are not fetched. */
  attachments: z.array(z.object({ kind: z.enum(['image', 'document']), url: z.url(), title: z.string().nullable() })),
});
export type RulingData = z.infer<typeof rulingData>;

/** `data` of topic 'ruling-code': one record per ruling and code, so that the rulings of a code are one indexed look-up; subject = the reference. */
export const rulingCodeData = rulingData
  .pick({ reference: true, scheme: true, issuing_country: true, issued_on: true, expires_on: true, status: true })
  .extend({ code: digits });
export type RulingCodeData = z.infer<typeof rulingCodeData>;

/**
 * The records of one ruling. `significant` brings a published code into the form that the jurisdiction's tariff is looked up by
 * (transforms/code.ts for the padded codes of EU and GB). Throws a ZodError on data that is not a ruling.
 */
export function rulingRecords(
  data: RulingData,
  valid: { valid_from: PlainDate; valid_to: PlainDate | null },
  significant: (code: string) => string,
): ReferenceRecord[] {
  const { reference, scheme, issuing_country, issued_on, expires_on, status } = data;
  const about = { kind: 'reference' as const, subject: reference, ...valid };
  return [
    { ...about, natural_key: reference, topic: 'ruling', code: null, data: rulingData.parse(data) },
    ...[...new Set(data.codes)].map((code) => ({
      ...about,
      natural_key: `${reference}/${code}`,
      topic: 'ruling-code',
      code: significant(code),
      data: rulingCodeData.parse({ reference, scheme, issuing_country, issued_on, expires_on, status, code }),
    })),
  ];
}
