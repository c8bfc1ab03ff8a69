import { buildApp } from '../api/app.ts';
import { listen, type Listening } from '../api/server.ts';
import { nextSlot } from '../ingest/cadence.ts';
import { sourceById } from '../ingest/registry.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';

/** The API on the configured address. Throws a CommandFailure that names PORT when the address is taken or not ours. */
export async function startServer({ env, database, clock, codeVersion }: Context): Promise<Listening> {
  const app = await buildApp({ database, clock, config: { version: codeVersion, nextRun, logger: { level: 'warn' } } });
  try {
    return await listen(app, { host: env.host, port: env.port });
  } catch (error) {
    await app.close();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new CommandFailure(EXIT.failure, `port ${env.port} on ${env.host} is taken: set PORT to another one`);
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new CommandFailure(EXIT.failure, `cannot listen on ${env.host}:${env.port} (${code}): set HOST and PORT`);
    }
    throw error;
  }
}

function nextRun(sourceId: string, now: string): string | null {
  const source = sourceById(sourceId);
  return source ? nextSlot(source.cadence, now) : null;
}
