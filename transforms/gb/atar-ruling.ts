import { exclusiveEnd, type PlainDate } from '../dates.ts';
import type { AtarRuling } from '../read/atar-ruling.ts';
import type { RulingData } from '../reference/ruling.ts';
import { fromLongDate } from './long-date.ts';

export type ReadRuling =
  { data: RulingData; valid: { valid_from: PlainDate; valid_to: PlainDate } } | { problem: string };

/**
 * What an Advance Tariff Ruling states. It binds HMRC from its start date to its expiry date, that day included (three years less a day
 * are printed as '07 Feb 2024' to '06 Feb 2027'). `problem` says in words what could not be read; nothing is then taken from the page.
 */
export function readAtarRuling(row: AtarRuling, url: string): ReadRuling {
  const start = fromLongDate(row.start);
  const expiry = fromLongDate(row.expiry);
  if (start === null) return { problem: `start date '${row.start}'` };
  if (expiry === null) return { problem: `expiry date '${row.expiry}'` };
  if (expiry < start) return { problem: `it expires on ${expiry}, before its start on ${start}` };
  const codes = commodityCodes(row.codes);
  if (codes === null) return { problem: `commodity code '${row.codes.join(' | ')}'` };
  if (row.description === '') return { problem: 'no description of the goods' };
  return {
    valid: { valid_from: start, valid_to: exclusiveEnd(expiry) },
    data: {
      reference: row.reference,
      scheme: 'atar',
      issuing_country: 'GB',
      authority: 'HM Revenue & Customs',
      issued_on: null,
      starts_on: start,
      expires_on: expiry,
      codes,
      title: null,
      description: row.description,
      keywords: row.keywords,
      justification: row.justification === '' ? null : row.justification,
      language: 'en',
      status: null,
      status_reason: null,
      affects: [],
      affected_by: [],
      url,
      attachments: row.attachments,
    },
  };
}

/**
 * Codes of 6, 8 or 10 digits, each once: '9503 00 75 00', '9503007500, 9503004900', padded with '*' as on European rulings. Null when
 * anything else is printed: half a code is another code.
 */
export function commodityCodes(lines: readonly string[]): string[] | null {
  const codes = lines
    .flatMap((line) => line.split(/[,;]|\band\b/))
    .map((piece) => piece.replace(/\*+$/, '').trim())
    .filter((piece) => piece !== '')
    .flatMap((piece) => {
      const words = piece.split(' ');
      return words.every((word) => /^\d{10}$/.test(word)) ? words : [piece.replace(/[ .]/g, '')];
    });
  return codes.length > 0 && codes.every((code) => /^(\d{6}|\d{8}|\d{10})$/.test(code)) ? [...new Set(codes)] : null;
}
