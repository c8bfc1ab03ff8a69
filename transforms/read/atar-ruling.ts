import { load } from 'cheerio';
import { htmlLines, htmlText } from './html-text.ts';
import { UnknownLayout } from './unknown-layout.ts';

/** A ruling as its page prints it. */
export interface AtarRuling {
  reference: string;
  /** Paragraphs of the cell, white space collapsed. */
  codes: string[];
  start: string;
  expiry: string;
  description: string;
  keywords: string[];
  /** Null when the page has no such row. */
  justification: string | null;
  attachments: { kind: 'image' | 'document'; url: string; title: string | null }[];
  /** Labels of rows that are not read. */
  unread: string[];
}

const REQUIRED = ['commodity code', 'start date', 'expiry date', 'description'] as const;
const SAME: Readonly<Record<string, string>> = { 'commodity codes': 'commodity code', keyword: 'keywords' };
/** Rows read, and rows whose content is read elsewhere: the reference from the address, pictures from their tags. */
const KNOWN: readonly string[] = [
  ...REQUIRED,
  'keywords',
  'justification',
  'ruling reference',
  'images',
  'attachments',
];

/**
 * Reads the page of one ruling (…/search-for-advance-tariff-rulings/ruling/{reference}): rows of label and value in
 * `dl.govuk-summary-list`. `url` makes addresses of attachments absolute. Throws UnknownLayout naming the rows that are missing, and on
 * a page that does not name the ruling that was asked for: of another corpus of rulings a quarter stood under wrong ids.
 */
export function atarRuling(html: string, reference: string, url: string): AtarRuling {
  const name = `ruling ${reference}`;
  const $ = load(html);
  const main = $('main');
  if (main.length !== 1) throw new UnknownLayout(name, 'the page content (main)');
  const lists = main.find('dl.govuk-summary-list');
  if (lists.length === 0) throw new UnknownLayout(name, 'the list of its fields (dl.govuk-summary-list)');
  if (!new RegExp(`\\b${reference}\\b`).test(`${$('title').text()} ${htmlText(main.html() ?? '')}`))
    throw new UnknownLayout(name, `its own reference ${reference} in the text`);

  const cells = new Map<string, string[][]>();
  const links: { kind: 'image' | 'document'; href: string | undefined; text: string }[] = [];
  lists.find('dt').each((_, term) => {
    const printed = htmlText($(term).html() ?? '')
      .replace(/:$/, '')
      .toLowerCase();
    const label = SAME[printed] ?? printed;
    const cell = $(term).nextAll('dd').first();
    cells.set(label, [...(cells.get(label) ?? []), htmlLines(cell.html() ?? '')]);
    if (label !== 'images' && label !== 'attachments') return;
    cell.find('a[href]').each((_index, link) => {
      links.push({
        kind: kindOf($(link).attr('href'), label),
        href: $(link).attr('href'),
        text: htmlText($(link).html() ?? ''),
      });
    });
  });
  const missing = REQUIRED.filter((label) => !cells.has(label));
  if (missing.length > 0) throw new UnknownLayout(name, missing.map((label) => `'${label}'`).join(', '));
  const single = (label: string): string[] | null => {
    const [first, second] = cells.get(label) ?? [];
    if (second) throw new UnknownLayout(name, `one row '${label}': there are more`);
    return first ?? null;
  };

  const attachments: AtarRuling['attachments'] = [];
  const add = (kind: 'image' | 'document', address: string | undefined, title: string | undefined): void => {
    if (address === undefined || address.trim() === '' || !URL.canParse(address, url)) return;
    const absolute = new URL(address, url);
    if (!absolute.protocol.startsWith('http') || attachments.some((each) => each.url === absolute.href)) return;
    const text = (title ?? '').trim();
    attachments.push({ kind, url: absolute.href, title: text === '' ? null : text });
  };
  main.find('img').each((_, image) => {
    add('image', $(image).attr('src'), $(image).attr('alt'));
  });
  for (const { kind, href, text } of links) add(kind, href, text);

  return {
    reference,
    codes: (cells.get('commodity code') ?? []).flat(),
    start: (single('start date') ?? []).join(' '),
    expiry: (single('expiry date') ?? []).join(' '),
    description: (single('description') ?? []).join('\n'),
    keywords: [
      ...new Set((single('keywords') ?? []).flatMap((line) => line.split(/[,;]/)).map((word) => word.trim())),
    ].filter((word) => word !== ''),
    justification: single('justification')?.join('\n') ?? null,
    attachments,
    unread: [...cells.keys()].filter((label) => !KNOWN.includes(label)),
  };
}

function kindOf(href: string | undefined, label: 'images' | 'attachments'): 'image' | 'document' {
  return label === 'images' && !/\.(pdf|docx?)$/i.test((href ?? '').split(/[?#]/)[0] ?? '') ? 'image' : 'document';
}
