import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate, PostgresDialect } from 'kysely-codegen';
import { openDatabase, type Db } from './connect.ts';
import { openEmbedded } from './embedded.ts';
import { MIGRATION_TABLE, migrate } from './migrate.ts';
import { dumpSchema } from './schema-dump.ts';

/**
 * The two committed files that follow from the migrations, by path relative to the repository.
 * `db` is a migrated database. The types say what openDatabase's parsers return: int8 as number, the rest as text.
 */
export async function generateFiles(db: Db): Promise<Record<'db/schema.sql' | 'db/types.ts', string>> {
  const types = await generate({
    // Cast: the generator is CommonJS and sees the CommonJS declarations of the same Kysely.
    db: db as unknown as Parameters<typeof generate>[0]['db'],
    dialect: new PostgresDialect({ dateParser: 'string', numericParser: 'string' }),
    excludePattern: MIGRATION_TABLE,
    typeMapping: { int8: 'number', timestamptz: 'string' },
    typeOnlyImports: true,
  });
  return { 'db/schema.sql': await dumpSchema(db), 'db/types.ts': types };
}

/** `tsx db/generate.ts` writes them; with --check it fails when they differ. Needs no database: it starts its own. */
async function main(check: boolean): Promise<void> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const dataDir = await mkdtemp(join(tmpdir(), 'tariff-generate-'));
  await chmod(dataDir, 0o711);
  const server = await openEmbedded({ dataDir, log: () => undefined, durable: false });
  const { db, close } = openDatabase({ connectionString: server.connectionString });
  try {
    await migrate(db);
    for (const [path, text] of Object.entries(await generateFiles(db))) {
      const present = await readFile(join(root, path), 'utf8').catch(() => '');
      if (present === text) continue;
      if (check) {
        process.exitCode = 1;
        process.stderr.write(`${path} does not match the migrations: run npm run db:generate\n`);
      } else {
        await writeFile(join(root, path), text);
        process.stdout.write(`${path} written\n`);
      }
    }
  } finally {
    await close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes('--check'));
