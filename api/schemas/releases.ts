import { z } from 'zod';
import { asOf, cursor, date, envelope, instant, knownAt, limit } from './common.ts';

export const datesQuery = z.strictObject({ as_of: asOf, known_at: knownAt });
export const releasesQuery = z.strictObject({ as_of: asOf, known_at: knownAt, limit: limit(200, 50), cursor });
export const noQuery = z.strictObject({});

const RELEASE_FORM = 'the id of a release, a whole number';
export const sourceParams = z.object({ id: z.string().max(100).describe("Of a source: 'us.htsus'") });
export const releaseParams = z.object({
  id: z.coerce.number(RELEASE_FORM).int(RELEASE_FORM).min(1, RELEASE_FORM).max(Number.MAX_SAFE_INTEGER, RELEASE_FORM),
});

const release = z.object({
  id: z.int(),
  source: z.string(),
  label: z.string(),
  published_at: instant,
  effective_date: date,
  effective_basis: z.string().nullable(),
  data_as_of: date,
  retrieved_at: instant,
  loaded_at: instant,
  cause: z.enum(['publisher', 'parser', 'correction']),
  corrects: z.int().nullable(),
  records: z.int(),
  added: z.int(),
  modified: z.int(),
  removed: z.int(),
});
const releaseItem = release.meta({ id: 'Release' });

const text = z.record(z.string(), z.unknown()).nullable();

const source = z
  .object({
    id: z.string(),
    jurisdiction: z.string(),
    title: z.string(),
    publisher: text,
    licence: text,
    validity: z.string().nullable(),
    cadence: text,
    covers: text,
    releases: z.int(),
    latest_release: releaseItem.nullable(),
  })
  .meta({ id: 'Source' });

export const sourcesAnswer = envelope(z.array(source));
export const sourceAnswer = envelope(source);
export const releasesAnswer = envelope(z.array(releaseItem));
export const releaseAnswer = envelope(
  z
    .object({
      ...release.shape,
      scope: z.object({
        families: z.array(z.string()),
        codes: z.array(z.string()).nullable(),
        partial: z.record(z.string(), z.string()).describe('Holes, in words, by family'),
        absent: z.array(z.string()).describe('Families of which the release holds nothing'),
        as_of: z.record(z.string(), date).describe('Families stated as of an earlier date than the rest'),
      }),
      snapshots: z.array(
        z.object({ part: z.string(), url: z.string(), sha256: z.string(), bytes: z.int(), media_type: z.string() }),
      ),
      issues: z.array(
        z.object({
          severity: z.enum(['info', 'warning', 'error']),
          code: z.string(),
          message: z.string(),
          place: z.record(z.string(), z.unknown()),
        }),
      ),
    })
    .meta({ id: 'ReleaseDetail' }),
);
