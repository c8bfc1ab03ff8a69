import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { openEuropeanReference } from '../answers/duty/european-tables.ts';
import { openUsProgrammes } from '../answers/duty/us-programmes.ts';
import { openGivenAnswers } from '../answers/given.ts';
import { openHsTitles } from '../answers/hs-titles.ts';
import { openLineReader } from '../answers/line-reader.ts';
import { openLedgerViews } from '../answers/ledger-view.ts';
import { openLineage } from '../answers/lineage.ts';
import { openHotRequirements } from '../answers/validate.ts';
import { openTariffStates } from '../answers/validate/tariff-state.ts';
import type { Database } from '../db/connect.ts';
import type { Instant } from '../transforms/dates.ts';
import { answerCache } from './answer-cache.ts';
import { askAgain } from './ask-again.ts';
import { type ApiConfig, DEFAULT_CONFIG } from './config.ts';
import type { ApiDeps } from './deps.ts';
import { handleError } from './errors.ts';
import { docs } from './plugins/docs.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { rateLimit } from './plugins/rate-limit.ts';
import { answerRoute } from './routes/answers.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { changesRoutes } from './routes/changes.ts';
import { dutyRoutes } from './routes/duties.ts';
import { landedCostRoute } from './routes/landed-cost.ts';
import { lookupRoute } from './routes/lookup.ts';
import { referenceRoutes } from './routes/reference.ts';
import { requirementsRoute } from './routes/requirements.ts';
import { searchRoute } from './routes/search.ts';
import { serviceRoutes } from './routes/service.ts';
import { sourceRoutes } from './routes/sources.ts';
import { validateRoute } from './routes/validate.ts';

export interface AppOptions {
  database: Database;
  /** The current instant, RFC 3339 UTC with milliseconds. */
  clock: () => Instant;
  config?: Partial<ApiConfig>;
}

/** The read API, not listening yet. Closing it writes what answers are still to be stored; the database stays the caller's. */
export async function buildApp({ database, clock, config: chosen = {} }: AppOptions): Promise<FastifyInstance> {
  const config: ApiConfig = { ...DEFAULT_CONFIG, ...chosen };
  const app: FastifyInstance = fastify({
    logger: config.logger ?? false,
    trustProxy: config.trustProxy,
    // Errors are logged with their request; a line per request would cost more than most answers.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
    // An address that cannot be read reaches no route, and so not the handler set below.
    frameworkErrors: (error, request, reply) => {
      handleError(error, request, reply);
    },
  });
  const given = openGivenAnswers(database, {
    clock,
    onLoss: (count, error) => app.log.error({ err: error, lost: count }, 'answers could not be stored'),
  });
  const deps: ApiDeps = {
    database,
    clock,
    config,
    given,
    views: openLedgerViews(database, { maxAgeMs: config.versionMaxAgeMs }),
    cache: answerCache(config.answerCacheBytes),
    titles: openHsTitles(database),
    readLine: openLineReader(database),
    usProgrammes: openUsProgrammes(database),
    european: openEuropeanReference(database),
    lineage: openLineage(database),
    tariffStates: openTariffStates(database),
    hotRequirements: openHotRequirements(),
  };
  // The framework reads plain text too: as a question it is no JSON.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(handleError);
  app.addHook('onClose', () => given.flush());

  // The map. Plugins first: hooks apply to what is registered after them.
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  await app.register(cors, {
    exposedHeaders: ['etag', 'link', 'retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  });
  await app.register(metrics);
  await app.register(rateLimit, { limit: config.rateLimit });
  await app.register(openapi, { version: config.version });
  await app.register(docs);
  await app.register(
    (v1, _options, done) => {
      serviceRoutes(v1, deps);
      sourceRoutes(v1, deps);
      lookupRoute(v1, deps);
      searchRoute(v1, deps);
      referenceRoutes(v1, deps);
      dutyRoutes(v1, deps);
      landedCostRoute(v1, deps);
      requirementsRoute(v1, deps);
      validateRoute(v1, deps);
      changesRoutes(v1, deps);
      calendarRoutes(v1, deps);
      answerRoute(v1, deps, askAgain(deps));
      done();
    },
    { prefix: '/api/v1' },
  );
  // The issue names /health and /ready without a prefix, where probes look for them.
  await app.register((root, _options, done) => {
    serviceRoutes(root, deps);
    done();
  });
  return app;
}
