import type { Command } from 'commander';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { Problem } from '../../answers/problem.ts';
import { type ReconciliationData, usReconciliation } from '../../answers/us-reconciliation.ts';
import { formatCode } from '../../transforms/code.ts';
import { isPlainDate } from '../../transforms/dates.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { textTable } from '../tables.ts';

interface Options extends CommonOptions {
  on?: string;
  limit: string;
  strict?: boolean;
}

export function reconcileCommand(program: Command): void {
  define(
    program,
    'reconcile',
    'compare product lists with footnotes, with each other and with the schedule; nothing is changed',
  )
    .argument('<jurisdiction>', 'us')
    .option('--on <date>', 'the law on this date, YYYY-MM-DD (default: today)')
    .option('--limit <n>', 'how many findings of each kind to print for people (--json prints all)', '20')
    .option('--strict', 'end with code 1 when anything is found')
    .action((jurisdiction: string, options: Options) =>
      perform(options, async ({ open, result }) => {
        if (jurisdiction.toLowerCase() !== 'us')
          throw new CommandFailure(
            EXIT.usage,
            `only lists of the United States are reconciled: us (it is '${jurisdiction}')`,
          );
        if (options.on !== undefined && !isPlainDate(options.on))
          throw new CommandFailure(EXIT.usage, `--on must be a date YYYY-MM-DD (it is '${options.on}')`);
        const limit = Number(options.limit);
        if (!Number.isInteger(limit) || limit < 0)
          throw new CommandFailure(EXIT.usage, `--limit must be a whole number (it is '${options.limit}')`);
        const context = await open();
        const { database } = context;
        try {
          const moment = { as_of: options.on ?? context.clock().slice(0, 10), known_at: null };
          const { data } = await usReconciliation({ database, views: openLedgerViews(database) }, moment);
          result(data, printed(data, limit));
          return options.strict === true && data.findings.length > 0 ? EXIT.failure : EXIT.ok;
        } catch (error) {
          if (error instanceof Problem) throw new CommandFailure(EXIT.notFound, error.message);
          throw error;
        }
      }),
    );
}

const KINDS = {
  'footnote-only': 'Footnoted, in no list',
  'note-only': 'Listed, not footnoted',
  'in-two-lists': 'In two lists that exclude each other',
  'lists-differ': 'In one rendition of a list only',
  'not-in-schedule': 'Listed, not in the schedule',
} as const;

function printed(data: ReconciliationData, limit: number): string {
  const { compared, agreements, findings } = data;
  const blocks = [
    `on ${data.as_of}: ${compared.listed} entries of ${compared.lists} lists, ${compared.footnotes} footnote references, ${compared.schedule} numbers of the schedule`,
    agreements.length === 0
      ? 'No list that the schedule footnotes is loaded: nothing was compared with footnotes.'
      : textTable(
          ['heading', 'in notes', 'footnoted', 'both'],
          agreements.map((row) => [formatCode(row.heading), row.notes, row.footnotes, row.both]),
        ),
    ...Object.entries(KINDS).map(([kind, title]) => {
      const messages = findings.filter((finding) => finding.kind === kind).map(({ message }) => `  ${message}`);
      if (messages.length === 0) return '';
      const rest = messages.length > limit ? [`  … and ${messages.length - limit} more (--limit, --json)`] : [];
      return [`${title} (${messages.length})`, ...messages.slice(0, limit), ...rest].join('\n');
    }),
    `${findings.length} finding(s)`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}
