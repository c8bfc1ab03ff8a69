import rateLimitPlugin from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { ApiConfig } from '../config.ts';
import { problemDocument, sendProblem } from '../errors.ts';

/** Anonymous requests are limited per address; so is asking for routes that do not exist, or they could be guessed for free. */
export const rateLimit = fp(async (app: FastifyInstance, { limit }: { limit: ApiConfig['rateLimit'] }) => {
  if (limit !== null) {
    await app.register(rateLimitPlugin, {
      max: limit.max,
      timeWindow: limit.windowSeconds * 1000,
      allowList: [...limit.exempt],
      // draft-ietf-httpapi-ratelimit-headers: RateLimit-Limit, -Remaining, -Reset, without the X-.
      enableDraftSpec: true,
    });
  }
  app.setNotFoundHandler(limit === null ? {} : { preHandler: app.rateLimit() }, (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const others = ['GET', 'POST'].filter((method) => app.hasRoute({ method, url: path }));
    if (others.length > 0) {
      const detail = `${path} answers to ${others.join(' and ')}, not to ${request.method}.`;
      return sendProblem(reply.header('allow', others.join(', ')), problemDocument('method-not-allowed', detail));
    }
    return sendProblem(
      reply,
      problemDocument('route-not-found', `${request.method} ${path} is no route of this API; see /docs.`),
    );
  });
});
