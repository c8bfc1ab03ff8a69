import type { Command } from 'commander';
import { runSource } from '../../ingest/run.ts';
import type { Edition } from '../../ingest/source.ts';
import { type AcceptOptions, acceptanceOf, acceptOptions } from '../accept.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { exitCodeOf, reportTable } from '../load.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { sourceNamed } from '../sources-of.ts';

interface Options extends CommonOptions, AcceptOptions {
  from?: string;
  to?: string;
}

export function backfillCommand(program: Command): void {
  acceptOptions(
    define(program, 'backfill', 'load the editions a publisher still lists that are not published here, oldest first'),
  )
    .argument('<source>', 'source id')
    .option('--from <label>', 'first edition')
    .option('--to <label>', 'last edition')
    .action((id: string, options: Options) =>
      perform(options, async ({ open, stop, result }) => {
        const source = sourceNamed(id);
        const accept = acceptanceOf(options);
        const context = await open();
        const report = await runSource(context.deps(source), source, {
          trigger: 'manual',
          accept,
          stop,
          select: (editions, published) =>
            editionRange(editions, options).filter((edition) => !published.includes(edition.label)),
        });
        result(report, reportTable([report]));
        return exitCodeOf([report]);
      }),
    );
}

/** Editions from one label to another, both included. Throws a CommandFailure for a label that is not listed. */
function editionRange(editions: readonly Edition[], range: { from?: string; to?: string }): readonly Edition[] {
  const at = (label: string) => {
    const index = editions.findIndex((edition) => edition.label === label);
    if (index < 0) throw new CommandFailure(EXIT.notFound, `the publisher lists no edition '${label}'`);
    return index;
  };
  return editions.slice(
    range.from === undefined ? 0 : at(range.from),
    range.to === undefined ? undefined : at(range.to) + 1,
  );
}
