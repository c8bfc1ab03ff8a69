import { readdirSync } from 'node:fs';
import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { nextSlot } from '../../ingest/cadence.ts';
import { DECLARATIONS, SOURCES } from '../../ingest/registry.ts';
import type { Source } from '../../ingest/source.ts';
import { durationDays } from '../../transforms/dates.ts';

const folder = new URL('../../ingest/sources/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && 'discover' in value && 'normalise' in value && 'id' in value;
}

describe('the registry', () => {
  it('lists every source of every file in ingest/sources, and every file has one', { timeout: 120_000 }, async () => {
    const found = new Set<Source>();
    const without: string[] = [];
    for (const name of files) {
      const exported: Record<string, unknown> = await import(new URL(name, folder).href);
      const sources = Object.values(exported).flat().filter(isSource);
      if (sources.length === 0) without.push(name);
      for (const source of sources) found.add(source);
    }
    expect(without).toEqual([]);
    expect([...found].map(({ id }) => id).sort()).toEqual(SOURCES.map(({ id }) => id).sort());
  });

  it('names no source twice, and declares bytes only for sources that exist', () => {
    const ids = SOURCES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(DECLARATIONS).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it.each(SOURCES.map((source) => [source.id, source] as const))('%s has a cadence that can be kept', (_, source) => {
    const { cron, timezone, staleAfter } = source.cadence;
    // The tz database knows the zone: an unknown one fires never, and silently.
    expect(() => new Intl.DateTimeFormat('en', { timeZone: timezone })).not.toThrow();
    expect(nextSlot(source.cadence, '2026-11-20T00:00:00.000Z')).not.toBeNull();
    expect(durationDays(staleAfter)).toBeGreaterThan(0);
    // An hour that daylight saving skips or repeats is no hour to be asked at: node-cron and croner name different slots for it.
    if (timezone !== 'UTC')
      for (const run of new Cron(cron, { timezone }).nextRuns(3))
        expect(hourIn(timezone, run)).toBeGreaterThanOrEqual(4);
  });
});

function hourIn(timezone: string, instant: Date): number {
  return Number(
    new Intl.DateTimeFormat('en', { timeZone: timezone, hour: 'numeric', hourCycle: 'h23' }).format(instant),
  );
}
