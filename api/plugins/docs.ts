import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { docsPage, DOCS_SCRIPT, DOCS_STYLE } from '../docs-page.ts';

/** /docs: a page of our own that renders the OpenAPI document; nothing is loaded from elsewhere. */
export const docs = fp((app: FastifyInstance) => {
  const page = docsPage();
  const hidden = { schema: { hide: true } };
  app.get('/docs', hidden, (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/docs/page.js', hidden, (_request, reply) => reply.type('text/javascript; charset=utf-8').send(DOCS_SCRIPT));
  app.get('/docs/page.css', hidden, (_request, reply) => reply.type('text/css; charset=utf-8').send(DOCS_STYLE));
  app.get('/api/v1/openapi.json', hidden, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(app.swagger()),
  );
  return Promise.resolve();
});
