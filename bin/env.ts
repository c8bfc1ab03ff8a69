import { resolve } from 'node:path';
import { z } from 'zod';

/** Which data to load; each has its own directory, so that sample rows never mix with real ones. */
export type DataSource = 'sample' | 'mirror' | 'live';

export interface Env {
  source: DataSource;
  /** Null: an embedded PostgreSQL under `dataDir`. */
  databaseUrl: string | null;
  /** Directory of this data source: <TARIFF_DATA_DIR>/<source>. */
  dataDir: string;
  /** Folder that answers every fetch; null for live HTTP. For 'sample' the caller fills in the bundled folder. */
  mirror: string | null;
  port: number;
  host: string;
}

/** A variable has a value we cannot use. The message names it and says what is accepted. */
export class EnvError extends Error {
  override name = 'EnvError';
  readonly code = 'usage';
}

const empty = (value: unknown) => (value === '' ? undefined : value);
const schema = z.object({
  TARIFF_SOURCE: z.preprocess(empty, z.enum(['sample', 'mirror', 'live'], "'sample', 'mirror' or 'live'").optional()),
  DATABASE_URL: z.preprocess(
    empty,
    z
      .string()
      .regex(/^postgres(ql)?:\/\/\S+$/, 'postgres://user:password@host:port/database')
      .optional(),
  ),
  TARIFF_DATA_DIR: z.preprocess(empty, z.string().default('./var')),
  TARIFF_MIRROR: z.preprocess(empty, z.string().optional()),
  PORT: z.preprocess(
    empty,
    z
      .string()
      .regex(/^\d{1,5}$/, 'a port number, 0 to 65535 (0: any free port)')
      .default('3000')
      .transform(Number)
      .refine((port) => port <= 65_535, 'a port number, 0 to 65535 (0: any free port)'),
  ),
  HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
});

/** Reads the environment; relative paths are taken from `cwd`. Throws EnvError. */
export function readEnv(env: Readonly<Record<string, string | undefined>> = process.env, cwd = process.cwd()): Env {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '');
      // A connection string holds a password: it is named, never shown.
      const shown = name === 'DATABASE_URL' ? '' : ` (it is '${env[name] ?? ''}')`;
      return `${name} must be ${issue.message}${shown}`;
    });
    throw new EnvError(lines.join('\n'));
  }
  const { TARIFF_SOURCE, DATABASE_URL, TARIFF_DATA_DIR, TARIFF_MIRROR, PORT, HOST } = parsed.data;
  const source = TARIFF_SOURCE ?? (TARIFF_MIRROR === undefined ? 'sample' : 'mirror');
  if (source === 'mirror' && TARIFF_MIRROR === undefined) {
    throw new EnvError('TARIFF_SOURCE=mirror needs TARIFF_MIRROR, a folder with manifest.json files');
  }
  if (source !== 'mirror' && TARIFF_MIRROR !== undefined) {
    throw new EnvError(`TARIFF_MIRROR is set, so TARIFF_SOURCE must be 'mirror' or unset (it is '${source}')`);
  }
  return {
    source,
    databaseUrl: DATABASE_URL ?? null,
    dataDir: resolve(cwd, TARIFF_DATA_DIR, source),
    mirror: TARIFF_MIRROR === undefined ? null : resolve(cwd, TARIFF_MIRROR),
    port: PORT,
    host: HOST,
  };
}
