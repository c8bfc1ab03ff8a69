import { buildApp } from '../api/app.ts';
import { listen } from '../api/server.ts';
import { openDatabase } from '../db/connect.ts';

// The server under measurement, in a process of its own: `server.ts <connection string> <answer cache bytes>`.
// Prints its address; ends when its parent closes standard input.
const [connectionString = '', cacheBytes = ''] = process.argv.slice(2);
const database = openDatabase({ connectionString, maxConnections: 6, applicationName: 'bench' });
const app = await buildApp({
  database,
  clock: () => new Date().toISOString(),
  config: cacheBytes === '' ? {} : { answerCacheBytes: Number(cacheBytes) },
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });
console.log(server.url);
process.stdin.resume();
process.stdin.on('end', () => {
  void server.close().then(() => database.close());
});
