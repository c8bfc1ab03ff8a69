import { Cron } from 'croner';
import type { Instant } from '../transforms/dates.ts';
import type { Source } from './source.ts';

/**
 * The slots of a cadence, as instants. They follow from the cron expression and its time zone alone, never from when a timer fired:
 * two schedulers that fire seconds apart name the same slot, and unique (source, due_at) elects one of them.
 */

type Cadence = Source['cadence'];

const EVERY_SECOND = new Cron('* * * * * *', { paused: true, timezone: 'UTC' });

/** The newest slot at or before `now`. */
export function slotAt(cadence: Cadence, now: Instant): Instant {
  // previousRuns leaves its reference out. Up to a second of grace, because timers may fire a little early.
  const [, reference] = EVERY_SECOND.nextRuns(2, now);
  const [slot] = cron(cadence).previousRuns(1, reference ?? now);
  if (!slot) throw new RangeError(`'${cadence.cron}' has no slot before ${now}`);
  return slot.toISOString();
}

/** The first slot after `now`. */
export function nextSlot(cadence: Cadence, now: Instant): Instant | null {
  return cron(cadence).nextRun(now)?.toISOString() ?? null;
}

function cron(cadence: Cadence): Cron {
  return new Cron(cadence.cron, { timezone: cadence.timezone, paused: true, mode: '5-part' });
}
