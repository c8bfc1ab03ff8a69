import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { atarListing } from '../../../transforms/read/atar-listing.ts';
import { atarRuling } from '../../../transforms/read/atar-ruling.ts';
import { UnknownLayout } from '../../../transforms/read/unknown-layout.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/gb.atar/${name}`, import.meta.url), 'utf8');
const SITE = 'https://www.tax.service.gov.uk/search-for-advance-tariff-rulings';
const read = (reference: string, html = fixture(`ruling-${reference}.html`)) =>
  atarRuling(html, reference, `${SITE}/ruling/${reference}`);

/** The error itself: its fields are what a caller reports. */
function layoutError(run: () => unknown): UnknownLayout {
  try {
    run();
  } catch (error) {
    if (error instanceof UnknownLayout) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a page of the list of rulings', () => {
  const last = fixture('search-last.html');

  it('lists each ruling once, though linked twice; not the footer, not pictures; total with a thousands comma; other pages', () => {
    const page = atarListing(last, 3);
    expect(page.references).toEqual(['600002103', '600002102', '600002101']);
    expect(page.total).toBe(1053);
    expect([...page.pages.keys()]).toEqual([2, 1]);
  });

  it('may be empty only when it says so', () => {
    expect(atarListing(fixture('search-none.html'), 1)).toEqual({ references: [], total: null, pages: new Map() });
    const silent = fixture('search-none.html').replace('There are no results.', '');
    const error = layoutError(() => atarListing(silent, 4));
    expect(error).toMatchObject({ code: 'unknown-layout', page: 'list of rulings, page 4' });
    expect(error.missing).toContain('links to rulings');
  });

  it.each([
    ['a page without its content', '<html><body>Service unavailable</body></html>', /\(main\)/],
    ['links of another kind', last.replaceAll('/ruling/', '/decision/'), /links to rulings/],
    [
      'a page that ends before the results',
      last.slice(0, last.indexOf('<div class="search-result">')),
      /links to rulings/,
    ],
  ])('refuses %s', (_, html, missing) => {
    expect(layoutError(() => atarListing(html, 3)).missing).toMatch(missing);
  });
});

describe('the page of a ruling', () => {
  it('has every field; tags are keywords, paragraphs are lines; a picture without an address is none', () => {
    expect(read('600002101')).toEqual({
      reference: '600002101',
      codes: ['4202 92 98 90'],
      start: '07 Feb 2024',
      expiry: '06 Feb 2027',
      description: 'A bag for a tent pole, of woven polyester, lined & closed by a draw cord.\nSize 60 cm x 12 cm.',
      keywords: ['BAGS', 'OF POLYESTER'],
      justification:
        'Classification is in accordance with General Interpretative Rules 1 and 6.\nSee the texts of headings 4202 and 4202 92.',
      attachments: [
        { kind: 'image', url: `${SITE}/ruling/600002101/image/1`, title: 'The bag, closed' },
        { kind: 'image', url: `${SITE}/ruling/600002101/image/2`, title: 'Image 2' },
        { kind: 'document', url: `${SITE}/ruling/600002101/file/drawing.pdf`, title: 'Drawing' },
      ],
      unread: [],
    });
  });

  it('may have no keywords and no pictures, and several codes', () => {
    expect(read('600002102')).toMatchObject({
      codes: ['9503007500', '8513100000'],
      keywords: [],
      attachments: [],
      start: '15 Sept 2025',
    });
  });

  it('splits keywords at commas where they are not tags', () => {
    const tags = /<strong class="govuk-tag">BAGS<\/strong>.*<\/strong>/;
    expect(read('600002101', fixture('ruling-600002101.html').replace(tags, 'BAGS, OF POLYESTER; ,')).keywords).toEqual(
      ['BAGS', 'OF POLYESTER'],
    );
  });

  it('without a blank between tags says the same', () => {
    for (const reference of ['600002101', '600002102']) {
      const html = fixture(`ruling-${reference}.html`);
      expect(read(reference, html.replace(/>\s+</g, '><'))).toEqual(read(reference));
    }
    expect(atarListing(fixture('search-last.html').replace(/>\s+</g, '><'), 3).total).toBe(1053);
  });

  it('names rows it does not read', () => {
    const html = fixture('ruling-600002102.html').replace('</dl>', '<dt>Ruling holder:</dt><dd>A person</dd></dl>');
    const page = read('600002102', html);
    expect(page.unread).toEqual(['ruling holder']);
    expect(JSON.stringify(page)).not.toContain('A person');
  });

  const whole = fixture('ruling-600002102.html');
  it.each([
    ['no content', '<html><body>Sorry</body></html>', 'the page content (main)'],
    ['fields in a table', whole.replaceAll('govuk-summary-list"', 'other"'), 'dl.govuk-summary-list'],
    [
      'renamed rows',
      whole.replace('Start date', 'Valid from').replace('Expiry date', 'Valid to'),
      "'start date', 'expiry date'",
    ],
    ['another ruling', whole.replaceAll('600002102', '600002199'), 'its own reference 600002102'],
    ['a longer reference only', whole.replaceAll('600002102', '6000021023'), 'its own reference 600002102'],
    ['two start dates', whole.replace('Expiry date', 'Start date'), "'expiry date'"],
    [
      'two rulings on one page',
      whole.replace('</dl>', '<dt>Description</dt><dd>Something else</dd></dl>'),
      "one row 'description': there are more",
    ],
  ])('refuses %s and names what is missing', (_, html, missing) => {
    expect(layoutError(() => read('600002102', html)).missing).toContain(missing);
  });
});
