// A process of its own that uses an embedded server: prints one JSON line when it is up, lets go on "stop" or SIGTERM.
import pg from 'pg';
import { openEmbedded } from '../../db/embedded.ts';

const dataDir = process.argv[2] ?? '';
const server = await openEmbedded({ dataDir, log: (message) => process.stderr.write(`${message}\n`), durable: false });
const client = new pg.Client({ connectionString: server.connectionString });
await client.connect();
const result = await client.query<{ started: string }>('select pg_postmaster_start_time()::text as started');
await client.end();
process.stdout.write(
  `${JSON.stringify({ connectionString: server.connectionString, started: result.rows[0]?.started })}\n`,
);
const leave = (): void => {
  void server.stop().then(() => process.exit(0));
};
process.stdin.on('data', leave);
process.on('SIGTERM', leave);
process.on('SIGINT', leave);
