import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Meta } from '../../answers/meta.ts';
import { type AskAgain, storedAnswer } from '../../answers/stored.ts';
import type { ApiDeps } from '../deps.ts';
import { problem } from '../schemas/common.ts';
import { noQuery } from '../schemas/releases.ts';
import { answerParams, storedAnswerAnswer } from '../schemas/service.ts';

export function answerRoute(app: FastifyInstance, deps: ApiDeps, askAgain: AskAgain): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/answers/:answer_id',
    {
      schema: {
        summary: 'An answer as it was given, and whether a later release would answer differently',
        tags: ['publications'],
        params: answerParams,
        querystring: noQuery,
        response: { 200: storedAnswerAnswer, 400: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const data = await storedAnswer({ ...deps, askAgain }, request.params.answer_id);
      // The stored response is an envelope that `give` made; its meta is that of the answer.
      const meta = data.response['meta'] as Meta;
      // `later` changes with every release, the rest never does.
      return reply.header('cache-control', 'public, max-age=0, must-revalidate').send({ data, meta });
    },
  );
}
