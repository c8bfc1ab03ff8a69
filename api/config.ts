import type { FastifyServerOptions } from 'fastify';
import type { Instant } from '../transforms/dates.ts';

/** What bin/ decides about the server; every member has a default. */
export interface ApiConfig {
  /** Of the package, shown in the OpenAPI document. */
  version: string;
  /** Anonymous requests per address; null: no limit. `exempt` addresses are not counted (the machine itself, a monitoring host). */
  rateLimit: { max: number; windowSeconds: number; exempt: readonly string[] } | null;
  /** Addresses of proxies whose X-Forwarded-For is believed. Behind one on this machine, take 127.0.0.1 out of `exempt`. */
  trustProxy: boolean | string[];
  /** Memory for answers that are given again while the ledger stays as it is. */
  answerCacheBytes: number;
  /** How long the dataset version may be taken for unchanged without asking. */
  versionMaxAgeMs: number;
  /** When a source is asked next, for /status; null: not known here. Cadences belong to ingest, which this folder does not know. */
  nextRun: (sourceId: string, now: Instant) => Instant | null;
  logger: FastifyServerOptions['logger'];
}

export const DEFAULT_CONFIG: ApiConfig = {
  version: '0.1.0',
  rateLimit: { max: 600, windowSeconds: 60, exempt: ['127.0.0.1', '::1', '::ffff:127.0.0.1'] },
  trustProxy: false,
  answerCacheBytes: 128 * 1024 * 1024,
  versionMaxAgeMs: 1000,
  nextRun: () => null,
  logger: false,
};
