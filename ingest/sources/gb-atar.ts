import { createHash } from 'node:crypto';
import { daysBetween, type PlainDate } from '../../transforms/dates.ts';
import { significantDigits } from '../../transforms/code.ts';
import { readAtarRuling } from '../../transforms/gb/atar-ruling.ts';
import { atarListing } from '../../transforms/read/atar-listing.ts';
import { type AtarRuling, atarRuling } from '../../transforms/read/atar-ruling.ts';
import { rulingRecords } from '../../transforms/reference/ruling.ts';
import { defineSource, type Edition, type EditionPart, type NormaliseContext, type Source } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';
import { pageUrl, readListing, rulingUrl } from './gb-atar/listing.ts';

/** About 6,600 rulings were listed in 2026; three years' rulings do not lapse in a month. */
const FEWEST = 5_500;
/** Days between two full readings: only they see what was withdrawn or changed. */
const FULL_EVERY = 28;
const FULL = /^full-(\d{4}-\d{2}-\d{2})$/;
const NOT_TRIED =
  'Read from hand-made pages only; never tried on the official site. New rulings are looked for daily, withdrawn ones every four weeks.';

type Row =
  | { of: 'listing'; references: readonly string[] }
  /** Listed, but its page could not be had. */
  | { of: 'unread'; reference: string }
  | { of: 'ruling'; ruling: AtarRuling; url: string };

/**
 * UK Advance Tariff Rulings of HMRC (https://www.tax.service.gov.uk/search-for-advance-tariff-rulings): pages only, 25 rulings per page of the
 * list and a page per ruling. An edition is either 'full-<day>', every ruling listed that day with the pages of the list as evidence for
 * what is no longer listed, or 'new-<day>-<hash>', the rulings nobody knew, silent about all others. A full reading is some 6,900
 * requests, two hours at the pace below.
 *
 * UNTESTED ON REAL DATA: no page could be had. Labels and markup are those documented by users of the site; docs/assumptions.md has what is
 * assumed beyond that. `fewest`: below it a full reading is held back.
 */
export function atarSource(fewest: number): Source<Row> {
  return defineSource<Row>({
    id: 'gb.atar',
    jurisdiction: 'GB',
    title: 'UK Advance Tariff Rulings',
    publisher: { name: 'HM Revenue & Customs', acronym: 'HMRC', url: 'https://www.tax.service.gov.uk' },
    licence: {
      name: 'Open Government Licence v3.0',
      attribution: 'Contains public sector information licensed under the OGL v3.0',
    },
    records: ['reference'],
    validity: 'extract',
    cadence: { cron: '20 5 * * *', timezone: 'Europe/London', staleAfter: 'P35D' },
    http: { minDelayMs: 1_000, userAgent: 'plain' },
    covers: { families: ['ruling'], partial: { ruling: NOT_TRIED } },

    async *discover({ fetch, known, listed, today }) {
      const full = known
        .flatMap(({ label }) => FULL.exec(label)?.[1] ?? [])
        .sort()
        .at(-1);
      // Keys with a stroke are those of codes.
      const before = new Set([...((await listed?.('reference')) ?? [])].filter((key) => !key.includes('/')));
      const isDue = full === undefined || daysBetween(full, today) >= FULL_EVERY;
      const { references, pages } = await readListing(fetch, isDue ? null : before);
      const wanted = isDue ? references : references.filter((reference) => !before.has(reference));
      if (wanted.length === 0) return;
      const evidence = isDue ? Array.from({ length: pages }, (_, index) => listPart(index + 1)) : [];
      const label = isDue ? `full-${today}` : `new-${today}-${digestOf(wanted)}`;
      yield editionOf(label, today, [...evidence, ...wanted.map(rulingPart)]);
    },

    parse: strictParse<Row>('page', async function* (files, edition) {
      const urls = new Map(edition.parts.map(({ part, url }) => [part, url]));
      const listing = new Set<string>();
      for (const part of files.names()) {
        const html = (await files.read(part)).toString('utf8');
        const [, kind, name = ''] = /^(list|ruling)-(.+)$/.exec(part) ?? [];
        if (kind === 'list') for (const each of atarListing(html, Number(name)).references) listing.add(each);
        if (kind !== 'ruling') continue;
        const url = urls.get(part) ?? rulingUrl(name);
        yield { of: 'ruling', ruling: atarRuling(html, name, url), url };
      }
      yield { of: 'listing', references: [...listing] };
      for (const reference of listing) if (!files.has(`ruling-${reference}`)) yield { of: 'unread', reference };
    }),

    normalise: strictNormalise<Row>('page', async function* (rows, context) {
      const isFull = FULL.test(context.edition.label);
      // What a reading of the new rulings does not list stands as it stood.
      if (!isFull) context.silentAbout('reference', '');
      const unread = new Map<string, number>();
      let rulings = 0;
      for await (const row of rows) {
        if (row.of === 'listing') {
          if (isFull && row.references.length < fewest) tooFew(context, row.references.length, fewest);
        } else if (row.of === 'unread') {
          context.silentAbout('reference', row.reference);
          const message = `${row.reference} is listed, but its page was not there: it stands as it stood`;
          context.issue({ severity: 'warning', code: 'ruling-unread', message, place: { ruling: row.reference } });
        } else {
          rulings += 1;
          for (const label of row.ruling.unread) unread.set(label, (unread.get(label) ?? 0) + 1);
          const { reference } = row.ruling;
          const read = readAtarRuling(row.ruling, row.url);
          if ('problem' in read) {
            // Held back as a whole; accepted in spite of it, the ruling keeps what was read before.
            context.silentAbout('reference', reference);
            const message = `${reference}: ${read.problem}`;
            context.issue({ severity: 'error', code: 'ruling-not-understood', message, place: { ruling: reference } });
          } else {
            if (read.data.justification === null) {
              const message = `${reference} gives no justification`;
              context.issue({ severity: 'info', code: 'no-justification', message, place: { ruling: reference } });
            }
            yield* rulingRecords(read.data, read.valid, significantDigits);
          }
        }
      }
      for (const [label, count] of unread) {
        const message = `row '${label}' of ${count} of ${rulings} rulings is not read`;
        context.issue({ severity: 'warning', code: 'unread-row', message, place: { label } });
      }
    }),

    expect: {
      min: { 'reference.ruling': 1, 'reference.ruling-code': 1 },
      known: { 'reference.topic': ['ruling', 'ruling-code'] },
      // A list that lost pages looks like withdrawals; rulings are not rewritten, so many changes are a changed page.
      removedShare: 0.05,
      modifiedShare: 0.1,
      // A page's size is what the site puts around the ruling; every page is read strictly.
      sizeShare: Infinity,
    },
  });
}

export const gbAtar = atarSource(FEWEST);

function tooFew(context: NormaliseContext, count: number, fewest: number): void {
  const message = `${count} rulings listed, at least ${fewest} expected`;
  context.issue({ severity: 'error', code: 'too-few-rulings', message });
}

/** The site gives no date of publication: our first sight counts, and the list speaks for the day it was read. */
function editionOf(label: string, today: PlainDate, parts: readonly EditionPart[]): Edition {
  return { label, publishedAt: null, effectiveDate: today, parts };
}

function listPart(number: number): EditionPart {
  return { part: `list-${number}`, url: pageUrl(number), expect: 'html' };
}

/** Optional: a ruling may be withdrawn between the reading of the list and that of its page. */
function rulingPart(reference: string): EditionPart {
  return { part: `ruling-${reference}`, url: rulingUrl(reference), expect: 'html', optional: true };
}

const digestOf = (references: readonly string[]): string =>
  createHash('sha256')
    .update([...references].sort().join(' '))
    .digest('hex')
    .slice(0, 8);
