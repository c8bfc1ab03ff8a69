import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { statusOfSources } from '../../answers/status.ts';
import { isMigrated } from '../../db/migrate.ts';
import type { ApiDeps } from '../deps.ts';
import { problemDocument, sendProblem } from '../errors.ts';
import { problem } from '../schemas/common.ts';
import { noQuery } from '../schemas/releases.ts';
import { healthAnswer, readyAnswer, statusAnswer } from '../schemas/service.ts';

/** How the service itself stands. None of it is cached. */
export function serviceRoutes(instance: FastifyInstance, deps: ApiDeps): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['service'];

  // Says that the process answers, and nothing about the database: a database that is down must not get every process restarted.
  app.get(
    '/health',
    { schema: { summary: 'Liveness', tags, querystring: noQuery, response: { 200: healthAnswer } } },
    async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  app.get(
    '/ready',
    {
      schema: {
        summary: 'Readiness: database, migrations, at least one release',
        tags,
        querystring: noQuery,
        response: { 200: readyAnswer, 503: problem },
      },
    },
    async (request, reply) => {
      const why = await whyNotReady(deps, (error) => request.log.warn({ err: error }, 'not ready'));
      if (why !== null) return sendProblem(reply, problemDocument('not-ready', why));
      const { version } = await deps.views.current();
      return reply.header('cache-control', 'no-store').send({ status: 'ready', dataset_version: version });
    },
  );
  app.get(
    '/status',
    {
      schema: {
        summary: 'Every source: last release, age, last and next run, what is open',
        tags,
        querystring: noQuery,
        response: { 200: statusAnswer },
      },
    },
    async (_request, reply) => {
      const now = deps.clock();
      const today = now.slice(0, 10);
      const view = await deps.views.current();
      const states = await statusOfSources(deps.database, today);
      const sources = states.map((state) => ({ ...state, next_run_at: deps.config.nextRun(state.id, now) }));
      const stale = sources.filter((source) => source.stale).map((source) => source.id);
      return reply.header('cache-control', 'no-store').send({
        data: { today, dataset_version: view.version, stale, sources },
        meta: { known_at: view.knownAt, dataset_version: view.version },
      });
    },
  );
}

async function whyNotReady(deps: ApiDeps, log: (error: unknown) => void): Promise<string | null> {
  try {
    if (!(await isMigrated(deps.database.db))) return 'The database is not migrated to this version of the code.';
    const { version } = await deps.views.refresh();
    return version === 0 ? 'No release is loaded yet.' : null;
  } catch (error) {
    log(error);
    return 'The database does not answer.';
  }
}
