import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { validateCode } from '../../answers/validate.ts';
import { canonicalJson } from '../../transforms/hash.ts';
import type { CachedAnswer } from '../answer-cache.ts';
import type { ApiDeps } from '../deps.ts';
import { momentOf } from '../giving.ts';
import { problem } from '../schemas/common.ts';
import { validateAnswer, validateBody, validateQuery } from '../schemas/validate.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export function validateRoute(app: FastifyInstance, deps: ApiDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/validate',
    {
      schema: {
        summary: 'A verdict on a code for a destination, with findings by rule',
        tags: ['tariff'],
        body: validateBody,
        querystring: validateQuery,
        response: { 200: validateAnswer, 400: problem, 422: validateAnswer },
      },
    },
    async (request, reply) => {
      const { code, destination, origin, description, declared_value, strict_status, ...dates } = request.body;
      const strict = strict_status || request.query.strict_status === 'true';
      const { moment, day } = momentOf(deps, dates);
      const parameters = {
        code: code.trim(),
        destination,
        origin: origin ?? null,
        description: description ?? null,
        declared_value: declared_value ?? null,
      };
      // Declarations repeat: the same question to the same version has the same answer. A verdict that changes the status is given anew.
      const key = `POST /validate ${canonicalJson({ ...parameters, ...moment })}`;
      const version = deps.views.peek();
      const held = version === null ? null : deps.cache.get(key, version, deps.clock().slice(0, 10));
      if (held !== null && !strict) return send(reply, 200, held);

      const draft = await validateCode(deps, { ...parameters, ...moment });
      const { head, tail } = deps.given.give({ endpoint: 'validate', parameters, moment }, draft);
      const answer = { version: draft.view.version, day, etag: '', cacheControl: '', link: null, head, tail };
      deps.cache.put(key, answer);
      return send(reply, strict && draft.data.verdict === 'fail' ? 422 : 200, answer);
    },
  );
}

function send(reply: FastifyReply, status: 200 | 422, { head, tail }: CachedAnswer): FastifyReply {
  // Text with a JSON type is sent as it is: the answer was made into JSON once, when it was stored.
  return reply
    .code(status)
    .header('content-type', JSON_TYPE)
    .header('cache-control', 'no-store')
    .serializer((text) => String(text))
    .send(head + tail);
}
