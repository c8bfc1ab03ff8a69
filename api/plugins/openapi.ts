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
    transformObject: withoutTwins,
  });
});

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
