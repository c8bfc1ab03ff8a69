import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { withImport } from '../../ingest/fetch/imported.ts';
import { importedList } from '../../ingest/imported-list.ts';
import type { Act, ReviewedList } from '../../ingest/reviewed-list.ts';
import { runSource } from '../../ingest/run.ts';
import { US_LISTS } from '../../ingest/sources/us-lists.ts';
import { isPlainDate } from '../../transforms/dates.ts';
import { type AcceptOptions, acceptanceOf, acceptOptions } from '../accept.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { exitCodeOf, reportTable } from '../load.ts';
import { type CommonOptions, define, perform } from '../perform.ts';

interface Options extends CommonOptions, AcceptOptions {
  citation?: string;
  effective?: string;
  published?: string;
  dryRun?: boolean;
}

export function importCommand(program: Command): void {
  acceptOptions(
    define(program, 'import', 'publish a reviewed list file as an edition of its declared source; its bytes are kept'),
  )
    .argument(
      '<list>',
      `name of a declared list: ${US_LISTS.slice(0, 3)
        .map(({ name }) => name)
        .join(', ')} … (all: tariff sources)`,
    )
    .argument('<file>', 'the reviewed file, in the format that the list declares')
    .option('--citation <act>', 'the act whose edition it is (default: the latest that the list declares)')
    .option('--effective <date>', 'from when an act that the list does not declare applies')
    .option('--published <date>', 'when that act was published (default: known from now on)')
    .option('--dry-run', 'stop before publishing and say what would change')
    .action((name: string, file: string, options: Options) =>
      perform(options, async ({ open, stop, result }) => {
        const list = US_LISTS.find((known) => known.name === name || `us.lists.${known.name}` === name);
        if (!list)
          throw new CommandFailure(
            EXIT.notFound,
            `no list '${name}'; there are ${US_LISTS.map((known) => known.name).join(', ')}`,
          );
        const act = actOf(list, options);
        const accept = acceptanceOf(options);
        const bytes = await bytesOf(file);
        const context = await open();
        const source = importedList(list, act, basename(file));
        // A reviewed file is whole, whatever else is loaded: the bounds that the sample is spared apply to it.
        const deps = { ...context.deps(source), sample: false };
        const report = await runSource({ ...deps, fetch: withImport(deps.fetch, basename(file), bytes) }, source, {
          trigger: 'import',
          dryRun: options.dryRun === true,
          accept,
          stop,
          select: (editions) => editions,
        });
        result(report, reportTable([report]));
        return exitCodeOf([report]);
      }),
    );
}

/** A declared act by its citation, or one that the caller dates: a list outlives the declaration that ships with the code. */
function actOf(list: ReviewedList, { citation, effective, published }: Options): Act {
  const declared = citation === undefined ? list.acts.at(-1) : list.acts.find((act) => act.citation === citation);
  if (declared) {
    if (effective === undefined && published === undefined) return declared;
    throw new CommandFailure(
      EXIT.usage,
      `${declared.citation} has its dates by declaration: leave --effective and --published out`,
    );
  }
  const known = list.acts.map((act) => `'${act.citation}'`).join(', ');
  if (effective === undefined || !isPlainDate(effective))
    throw new CommandFailure(EXIT.usage, `the list declares ${known}; another act needs --effective YYYY-MM-DD`);
  if (published !== undefined && !isPlainDate(published))
    throw new CommandFailure(EXIT.usage, `--published must be a date YYYY-MM-DD (it is '${published}')`);
  return { citation: citation ?? '', url: null, published: published ?? null, effective };
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(resolve(file));
  } catch (error) {
    throw new CommandFailure(
      EXIT.notFound,
      `cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
