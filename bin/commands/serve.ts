import type { Command } from 'commander';
import { type CommonOptions, define, perform } from '../perform.ts';
import { startServer } from '../server.ts';
import { whenAborted } from '../stopping.ts';

export function serveCommand(program: Command): void {
  define(program, 'serve', 'answer over HTTP until stopped; loads nothing and schedules nothing').action(
    (options: CommonOptions) =>
      perform(options, async ({ open, stop, result }) => {
        const server = await startServer(await open());
        result({ url: server.url }, `listening on ${server.url}`);
        await whenAborted(stop);
        await server.close();
        return undefined;
      }),
  );
}
