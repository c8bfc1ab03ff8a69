import { createEvents, type DateArray } from 'ics';
import type { CalendarEvent } from '../../answers/calendar.ts';
import { textHash } from '../../transforms/hash.ts';
import { addDays, type Instant, type PlainDate } from '../../transforms/dates.ts';

/** RFC 5545: an all-day event per day, tariff and kind of measure. `knownAt` stands for the instant of writing, so that the same state is the same file. */
export function calendarIcs(events: readonly CalendarEvent[], knownAt: Instant): string {
  const { error, value } = createEvents(
    events.map((event) => ({
      uid: `${textHash(JSON.stringify([event.day, event.jurisdiction, event.entity, event.what, event.about, event.event, event.codes]))}@tariff-ledger`,
      start: dateArray(event.day),
      // DTEND is exclusive. A duration of days is written as P1DT by the library, which RFC 5545 does not allow.
      end: dateArray(addDays(event.day, 1)),
      title: titleOf(event),
      description: linesOf(event).join('\n'),
      categories: [event.jurisdiction, event.what],
      transp: 'TRANSPARENT' as const,
    })),
    { productId: 'tariff-ledger', calName: 'Tariff Ledger' },
  );
  if (error !== null) throw error;
  return (value ?? '').replace(/^DTSTAMP:\S+/gm, `DTSTAMP:${knownAt.replace(/[-:]|\.\d+/g, '')}`);
}

function titleOf({ jurisdiction, event, what, about, title, codes, codes_count }: CalendarEvent): string {
  const goods =
    codes_count === 0
      ? ''
      : `: ${codes.slice(0, 3).join(', ')}${codes_count > 3 ? ` and ${codes_count - 3} more` : ''}`;
  return `${jurisdiction} ${title ?? [what, about].filter((part) => part !== null).join(' ')} ${event}${goods}`;
}

function linesOf({ before, after, codes, codes_count, citations, sources }: CalendarEvent): string[] {
  return [
    ...(before === null ? [] : [`until then: ${before}`]),
    ...(after === null ? [] : [`from then on: ${after}`]),
    ...(codes_count === 0
      ? []
      : [`codes: ${codes.join(', ')}${codes_count > codes.length ? ` and ${codes_count - codes.length} more` : ''}`]),
    ...(citations.length === 0 ? [] : [`acts: ${citations.join('; ')}`]),
    `sources: ${sources.join(', ')}`,
  ];
}

function dateArray(date: PlainDate): DateArray {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return [year, month, day];
}
