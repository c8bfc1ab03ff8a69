import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHttpDate, httpDateOf, parseHttpDate } from '../../../ingest/fetch/http-date.ts';
import { retryAfterMs } from '../../../ingest/fetch/retry.ts';

describe('HTTP dates', () => {
  it('agree with the platform, both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }), (seconds) => {
        const text = new Date(seconds * 1000).toUTCString();
        expect(formatHttpDate(seconds * 1000)).toBe(text);
        expect(parseHttpDate(text)).toBe(seconds * 1000);
      }),
    );
    expect(httpDateOf('2026-11-20')).toBe('Fri, 20 Nov 2026 00:00:00 GMT');
  });

  it('everything else is null', () => {
    for (const text of ['', 'soon', '2026-11-20', 'Fri, 31 Feb 2026 00:00:00 GMT', 'Fri, 20 Foo 2026 00:00:00 GMT'])
      expect(parseHttpDate(text), text).toBeNull();
  });

  it('Retry-After: seconds, a date, a date that has passed, nonsense, absent', () => {
    const now = Date.UTC(2026, 10, 20, 9);
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Fri, 20 Nov 2026 09:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('Fri, 20 Nov 2026 08:00:00 GMT', now)).toBe(0);
    expect(retryAfterMs('later', now)).toBeUndefined();
    expect(retryAfterMs(null, now)).toBeUndefined();
  });
});
