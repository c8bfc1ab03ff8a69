import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect, onTestFinished } from 'vitest';
import type { z } from 'zod';
import { buildApp } from '../../api/app.ts';
import type { ApiConfig } from '../../api/config.ts';
import type { Database } from '../../db/connect.ts';

/** The day of the tests. */
const TODAY = '2025-03-20';
export const clock = () => `${TODAY}T12:00:00.000Z`;

/** An API on the given database that sees every publication at once; closed with the test when made inside one. */
export async function apiOn(
  database: Database,
  config: Partial<ApiConfig> = {},
  now = clock,
): Promise<FastifyInstance> {
  return buildApp({ database, clock: now, config: { versionMaxAgeMs: 0, ...config } });
}

export async function apiForTest(
  database: Database,
  config: Partial<ApiConfig> = {},
  now = clock,
): Promise<FastifyInstance> {
  const app = await apiOn(database, config, now);
  onTestFinished(() => app.close());
  return app;
}

/** Asks for 200 and for exactly the documented shape: a member that the schema lacks is a failure too. */
export async function read<T extends z.ZodType>(app: FastifyInstance, url: string, schema: T): Promise<z.output<T>> {
  const response = await app.inject(url);
  expect(response.statusCode, `${url}: ${response.body.slice(0, 500)}`).toBe(200);
  const body: unknown = response.json();
  const parsed = schema.parse(body);
  expect(parsed).toEqual(body);
  return parsed;
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: { field: string; message: string }[];
  [extra: string]: unknown;
}

/** A problem document, with its status in the line and in the body. */
export function problemOf(response: LightMyRequestResponse): ProblemBody {
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const body = response.json<ProblemBody>();
  expect(body.status).toBe(response.statusCode);
  expect(body.type).toBe(`/docs#${body.code}`);
  expect(body.title).not.toBe('');
  return body;
}
