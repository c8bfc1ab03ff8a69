import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { slotAt } from '../../ingest/cadence.ts';
import { cronTicker } from '../../ingest/cron-ticker.ts';
import type { RunReport } from '../../ingest/attempt.ts';
import { runSource } from '../../ingest/run.ts';
import { startScheduler, type Ticker } from '../../ingest/schedule.ts';
import type { Source } from '../../ingest/source.ts';
import { testDatabase } from '../support/database.ts';
import { ingestDeps } from '../support/ingest-deps.ts';
import { tinyFetcher, tinySource, type TinyEdition } from '../support/tiny-source.ts';

const database = await testDatabase();
const NEW_YORK = { cron: '17 6 * * *', timezone: 'America/New_York', staleAfter: 'P21D' };
const EDITIONS: readonly TinyEdition[] = [{ label: 'one', date: '2026-01-05', text: 'horses' }];

/** Time that tests move; firing is a method, not a timer. */
function fakeTime(start: string) {
  let now = start;
  const fires = new Set<() => void>();
  const ticker: Ticker = (_cadence, fire) => {
    fires.add(fire);
    return { stop: () => void fires.delete(fire) };
  };
  return {
    clock: () => now,
    ticker,
    listening: () => fires.size,
    /** Moves the clock and fires every timer that is set. */
    fireAt(instant: string) {
      now = instant;
      for (const fire of fires) fire();
    },
    set(instant: string) {
      now = instant;
    },
  };
}

async function scheduler(source: Source, time: ReturnType<typeof fakeTime>, editions = EDITIONS) {
  const deps = await ingestDeps(database, tinyFetcher(editions), time.clock);
  const reports: RunReport[] = [];
  const faults: unknown[] = [];
  const started = startScheduler({
    sources: [source],
    deps: () => deps,
    ticker: time.ticker,
    onRun: (report) => reports.push(report),
    onFault: (_source, error) => faults.push(error),
  });
  return { ...started, deps, reports, faults };
}

async function runsOf(sourceId: string) {
  const { rows } = await sql<{ due_at: string | null; state: string; trigger: string }>`
    select due_at, state, trigger, message from run where source_id = ${sourceId} order by run_id`.execute(database.db);
  return rows;
}

describe('slots follow from the cadence, not from when a timer fired', () => {
  it('are the same for firings early by a breath and late by minutes', () => {
    for (const now of ['2026-06-08T10:16:59.600Z', '2026-06-08T10:17:00.000Z', '2026-06-08T10:29:41.000Z']) {
      expect(slotAt(NEW_YORK, now)).toBe('2026-06-08T10:17:00.000Z');
    }
    expect(slotAt(NEW_YORK, '2026-06-08T10:16:50.000Z')).toBe('2026-06-07T10:17:00.000Z');
  });

  it('keep local time over both changes of daylight saving', () => {
    // 2026-03-08: clocks in New York go from UTC-5 to UTC-4; 2026-11-01 back.
    expect(slotAt(NEW_YORK, '2026-03-07T12:00:00Z')).toBe('2026-03-07T11:17:00.000Z');
    expect(slotAt(NEW_YORK, '2026-03-08T12:00:00Z')).toBe('2026-03-08T10:17:00.000Z');
    expect(slotAt(NEW_YORK, '2026-10-31T12:00:00Z')).toBe('2026-10-31T10:17:00.000Z');
    expect(slotAt(NEW_YORK, '2026-11-01T12:00:00Z')).toBe('2026-11-01T11:17:00.000Z');
  });
});

describe('two schedulers on one database', () => {
  it('give one run per slot', async () => {
    const source = tinySource(EDITIONS, NEW_YORK, { id: 'xx.two' });
    const time = fakeTime('2026-03-06T12:00:00.000Z');
    const [a, b] = [await scheduler(source, time), await scheduler(source, time)];
    await Promise.all([a.caughtUp, b.caughtUp]);
    // Over the change of daylight saving: three days, three slots.
    for (const instant of ['2026-03-07T11:17:00.003Z', '2026-03-08T10:17:00.003Z', '2026-03-09T10:17:00.003Z']) {
      time.fireAt(instant);
      const slot = `${instant.slice(0, 20)}000Z`;
      await expect
        .poll(async () => (await runsOf('xx.two')).some(({ due_at, state }) => due_at === slot && state !== 'started'))
        .toBe(true);
    }
    await Promise.all([a.drain(), b.drain()]);
    const runs = await runsOf('xx.two');
    expect(runs.map((run) => run.due_at)).toEqual([
      '2026-03-06T11:17:00.000Z',
      '2026-03-07T11:17:00.000Z',
      '2026-03-08T10:17:00.000Z',
      '2026-03-09T10:17:00.000Z',
    ]);
    expect(runs.map((run) => run.state)).toEqual(['published', 'unchanged', 'unchanged', 'unchanged']);
    expect([...a.faults, ...b.faults]).toEqual([]);
  });
});

describe('a missed slot', () => {
  it('is caught up once: the newest of many, and not again after another restart', async () => {
    const source = tinySource(EDITIONS, NEW_YORK, { id: 'xx.missed' });
    const time = fakeTime('2026-06-01T12:00:00.000Z');
    const before = await scheduler(source, time);
    await before.caughtUp;
    await before.drain();
    time.set('2026-06-08T09:00:00.000Z'); // seven slots later, before that day's
    for (let start = 1; start <= 3; start += 1) {
      const again = await scheduler(source, time);
      await again.caughtUp;
      await again.drain();
    }
    expect((await runsOf('xx.missed')).map((run) => run.due_at)).toEqual([
      '2026-06-01T10:17:00.000Z',
      '2026-06-07T10:17:00.000Z',
    ]);
  });

  it('is not missed when the source was asked by hand since', async () => {
    const source = tinySource(EDITIONS, NEW_YORK, { id: 'xx.by-hand' });
    const time = fakeTime('2026-06-08T12:00:00.000Z');
    const deps = await ingestDeps(database, tinyFetcher(EDITIONS), time.clock);
    await runSource(deps, source, { trigger: 'manual' });
    const after = await scheduler(source, time);
    await after.caughtUp;
    await after.drain();
    expect((await runsOf('xx.by-hand')).map((run) => run.trigger)).toEqual(['manual']);
  });

  it('is left alone when it is older than the source promises to be', async () => {
    const yearly = { cron: '17 6 1 1 *', timezone: 'UTC', staleAfter: 'P21D' };
    const source = tinySource(EDITIONS, yearly, { id: 'xx.yearly' });
    const time = fakeTime('2026-06-08T12:00:00.000Z');
    const started = await scheduler(source, time);
    await started.caughtUp;
    await started.drain();
    expect(await runsOf('xx.yearly')).toEqual([]);
  });

  it('of a killed process does not leave a run that says it is still going', async () => {
    const source = tinySource(EDITIONS, NEW_YORK, { id: 'xx.killed' });
    const time = fakeTime('2026-06-08T12:00:00.000Z');
    const first = await scheduler(source, time);
    await first.caughtUp;
    await first.drain();
    await sql`insert into run (source_id, trigger, due_at, code_version, started_at)
      values ('xx.killed', 'cron', '2026-06-09T10:17:00Z', 'test', '2026-06-09T10:17:01Z')`.execute(database.db);
    time.set('2026-06-09T11:00:00.000Z');
    const second = await scheduler(source, time);
    await second.caughtUp;
    await second.drain();
    expect((await runsOf('xx.killed')).at(-1)).toMatchObject({ state: 'failed', due_at: '2026-06-09T10:17:00.000Z' });
  });
});

describe('draining', () => {
  it('finishes the edition at hand, begins no other, and gives the slot back', async () => {
    const editions = ['one', 'two', 'three'].map((label, index) => ({
      label,
      date: `2026-01-0${index + 1}`,
      text: `goods of ${label.padEnd(5)}`,
    }));
    const seen: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const onParse = async (label: string) => {
      seen.push(label);
      if (label === 'two') await held;
    };
    const time = fakeTime('2026-06-07T12:00:00.000Z');
    // The first edition is published; the other two appear afterwards and are due together.
    const listed = editions.slice(0, 1);
    const source = tinySource(listed, NEW_YORK, { id: 'xx.drain', onParse });
    const running = await scheduler(source, time, editions);
    await running.caughtUp;
    listed.push(...editions.slice(1));
    time.fireAt('2026-06-08T10:17:00.000Z');
    await expect.poll(() => seen).toContain('two');
    const drained = running.drain();
    expect(time.listening()).toBe(0);
    release();
    await drained;
    expect(seen).toEqual(['one', 'two']);
    const run = (await runsOf('xx.drain')).at(-1);
    expect(run).toMatchObject({ state: 'published', due_at: null });

    const next = await scheduler(source, time, editions);
    await next.caughtUp;
    await next.drain();
    expect(seen).toEqual(['one', 'two', 'three']);
    expect((await runsOf('xx.drain')).at(-1)).toMatchObject({
      message: null,
      state: 'published',
      due_at: '2026-06-08T10:17:00.000Z',
    });
  });
});

describe('node-cron', () => {
  it('fires the cadence in its time zone, on the days on which clocks change too', async () => {
    vi.useFakeTimers({
      now: new Date('2026-03-06T12:00:00Z'),
      toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    });
    try {
      const fired: string[] = [];
      const task = cronTicker(NEW_YORK, () => fired.push(slotAt(NEW_YORK, new Date().toISOString())));
      await vi.advanceTimersByTimeAsync(4 * 86_400_000);
      task.stop();
      await vi.advanceTimersByTimeAsync(2 * 86_400_000);
      expect(fired).toEqual([
        '2026-03-07T11:17:00.000Z',
        '2026-03-08T10:17:00.000Z',
        '2026-03-09T10:17:00.000Z',
        '2026-03-10T10:17:00.000Z',
      ]);
    } finally {
      vi.useRealTimers();
    }
  });
});
