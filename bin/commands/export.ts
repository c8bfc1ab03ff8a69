import { once } from 'node:events';
import { type Command, Option } from 'commander';
import type { Kind } from '../../db/kinds.ts';
import { knownRows } from '../../db/known-rows.ts';
import { isPlainDate } from '../../transforms/dates.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { sourceNamed } from '../sources-of.ts';

interface Options extends CommonOptions {
  kind: Kind;
  asOf?: string;
  knownAt?: string;
}

export function exportCommand(program: Command): void {
  define(program, 'export', 'write the records of a source as JSON, one per line, with their dates (--json: one array)')
    .argument('<source>', 'source id')
    .addOption(
      new Option('--kind <kind>', 'which records')
        .choices(['goods_nomenclature', 'measure', 'reference'])
        .default('goods_nomenclature'),
    )
    .option('--as-of <date>', 'only what is in force on this date (default: all dates)')
    .option('--known-at <instant>', 'as published by this RFC 3339 instant (default: now)')
    .action((id: string, options: Options) =>
      perform(options, async ({ open, stop, json }) => {
        const source = sourceNamed(id);
        const on = options.asOf ?? null;
        if (on !== null && !isPlainDate(on))
          throw new CommandFailure(EXIT.usage, `--as-of must be a date YYYY-MM-DD (it is '${on}')`);
        const known = options.knownAt ?? null;
        if (known !== null && Number.isNaN(Date.parse(known)))
          throw new CommandFailure(EXIT.usage, `--known-at must be an instant (it is '${known}')`);
        const { database } = await open();
        const write = async (text: string) => {
          if (!process.stdout.write(text)) await once(process.stdout, 'drain');
        };
        let count = 0;
        if (json) await write('[');
        for await (const row of knownRows(database.db, options.kind, { sourceId: source.id, on, known })) {
          if (stop.aborted) break;
          await write(`${json && count > 0 ? ',' : ''}${JSON.stringify(row)}${json ? '' : '\n'}`);
          count += 1;
        }
        if (json) await write(']\n');
        return stop.aborted ? EXIT.failure : undefined;
      }),
    );
}
