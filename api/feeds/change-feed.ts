import { Feed } from 'feed';
import type { ChangeItem } from '../../answers/changes.ts';
import { dateObject } from '../../transforms/dates.ts';
import { changeLines, changeTitle } from './change-text.ts';

/** RFC 4287. */
export function changesAtom(items: readonly ChangeItem[], address: string): string {
  return feedOf(items, address).atom1();
}

/** JSON Feed, version 1. */
export function changesJsonFeed(items: readonly ChangeItem[], address: string): string {
  return feedOf(items, address).json1();
}

function feedOf(items: readonly ChangeItem[], address: string): Feed {
  const newest = items.reduce((latest, { published_at }) => (published_at > latest ? published_at : latest), EPOCH);
  const { origin, pathname, search } = new URL(address);
  const json = `${origin}${pathname.replace(/\.\w+$/, '')}${search}`;
  const feed = new Feed({
    id: json,
    title: 'Tariff Ledger: changes',
    description: 'What each publication of a customs tariff changed, newest first.',
    link: json,
    feedLinks: { [pathname.endsWith('.atom') ? 'atom' : 'json']: address },
    updated: dateObject(newest),
    copyright: 'Facts of official publications; each entry names its source.',
  });
  for (const item of items) {
    feed.addItem({
      title: changeTitle(item),
      id: entryId(item),
      link: `${origin}${pathname.replace(/changes\.\w+$/, '')}changes?release=${item.release}${item.code === null ? '' : `&prefix=${item.code}`}`,
      date: dateObject(item.published_at),
      description: `In force from ${item.effective_date}.`,
      content: [`In force from ${item.effective_date}.`, ...changeLines(item)].map(paragraph).join(''),
      category: [item.jurisdiction, item.source, ...item.kinds].map((term) => ({ name: term, term })),
    });
  }
  return feed;
}

/** A change is the same entry in every ledger that loaded the publication: never a number of ours. A correction carries its instant. */
function entryId({ source, label, published_at, entity, key }: ChangeItem): string {
  return `urn:tariff-ledger:change:${[source, label, published_at, entity, key].map(encodeURIComponent).join(':')}`;
}

function paragraph(text: string): string {
  return `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`;
}

const EPOCH = '1970-01-01T00:00:00.000Z';
