import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';

/** Requests are checked by zod, and the OpenAPI 3.1 document is made from the same schemas. Must be registered before the routes. */
export const openapi = fp(async (app: FastifyInstance, { version }: { version: string }) => {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tariff Ledger',
        version,
        description:
          'Customs tariffs as a dated ledger. Every read takes as_of (the law on a date) and known_at (as published by an instant). ' +
          'Errors are problem documents (RFC 9457) with a stable code.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'tariff', description: 'Lines, rates, duties' },
        { name: 'publications', description: 'Sources, releases, changes, given answers' },
        { name: 'service', description: 'How the service stands' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: asAnswered,
  });
});

/** Problems have a media type of their own, and some of them no route declares: too many requests, a body that is no JSON. */
const asAnswered: SwaggerTransformObject = (input) => {
  const document = withoutTwins(input);
  const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}) as Operation[]);
  for (const { responses = {} } of operations) {
    for (const response of Object.values(responses)) {
      const schema = response.content?.['application/json']?.schema;
      if (schema?.$ref === PROBLEM) response.content = { 'application/problem+json': { schema } };
    }
    responses['default'] = {
      description: 'Any other problem: its code is explained in /docs',
      content: { 'application/problem+json': { schema: { $ref: PROBLEM } } },
    };
  }
  return document;
};

const PROBLEM = '#/components/schemas/Problem';
interface Operation {
  responses?: Record<string, { description: string; content?: Record<string, { schema?: { $ref?: string } }> }>;
}

/** Named schemas come out twice, once as they would be sent to us. Ours are only ever given: the twins describe nothing. */
const withoutTwins: SwaggerTransformObject = (input) => {
  const document = jsonSchemaTransformObject(input);
  if (!('components' in document)) return document;
  const schemas = document.components?.schemas ?? {};
  const text = JSON.stringify(document.paths ?? {});
  const kept = Object.entries(schemas).filter(([name]) => !name.endsWith('Input') || text.includes(`/${name}"`));
  // The spread of a union of document versions is no member of it to the compiler; nothing but names was removed.
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(kept) } } as typeof document;
};
