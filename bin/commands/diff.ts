import type { Command } from 'commander';
import { diffEditions, type EditionsDiff, UnknownEdition } from '../../ingest/diff-editions.ts';
import type { RecordDifference } from '../../transforms/edition-diff.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { sourceNamed } from '../sources-of.ts';
import { textTable } from '../tables.ts';

interface Options extends CommonOptions {
  limit: string;
}

export function diffCommand(program: Command): void {
  define(program, 'diff', 'compare two published editions record by record, from their kept bytes')
    .argument('<source>', 'source id')
    .argument('<from>', 'label of the earlier edition')
    .argument('<to>', 'label of the later edition')
    .option('--limit <n>', 'how many records of each kind of change to print for people (--json prints all)', '20')
    .action((id: string, from: string, to: string, options: Options) =>
      perform(options, async ({ open, result }) => {
        const source = sourceNamed(id);
        const limit = Number(options.limit);
        if (!Number.isInteger(limit) || limit < 0)
          throw new CommandFailure(EXIT.usage, `--limit must be a whole number (it is '${options.limit}')`);
        const context = await open();
        try {
          const diff = await diffEditions(context.deps(source), source, from, to);
          result(diff, printed(diff, limit));
        } catch (error) {
          if (error instanceof UnknownEdition || error instanceof RangeError)
            throw new CommandFailure(EXIT.notFound, error.message);
          throw error;
        }
        return undefined;
      }),
    );
}

function printed(diff: EditionsDiff, limit: number): string {
  const { summary } = diff;
  const blocks = [
    diff.notes.join('\n'),
    `${diff.source}: ${diff.from.label} (effective ${diff.from.effective_date}) -> ${diff.to.label} (effective ${diff.to.effective_date})`,
    textTable(
      ['lines with a code', ''],
      [
        ['before', summary.lines_before],
        ['after', summary.lines_after],
        ['added', summary.lines_added],
        ['removed', summary.lines_removed],
        ['printed rates changed', summary.rates_changed],
        ['descriptions changed', summary.descriptions_changed],
        ['units changed', summary.units_changed],
        ['footnotes changed', summary.footnotes_changed],
      ],
    ),
    textTable(
      ['records', 'added', 'modified', 'removed'],
      Object.entries(summary.records).map(([kind, counts]) => [kind, counts.added, counts.modified, counts.removed]),
    ),
    section(
      'Rates',
      diff.rate_changes.map(
        (change) => `${change.code} ${change.column}: ${change.before ?? '(none)'} -> ${change.after ?? '(none)'}`,
      ),
      limit,
    ),
    section('Lines added', lines(diff.differences, 'add'), limit),
    section('Lines removed', lines(diff.differences, 'remove'), limit),
    section('Other changes', otherChanges(diff.differences), limit),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function section(title: string, entries: readonly string[], limit: number): string {
  if (entries.length === 0) return '';
  const rest = entries.length > limit ? [`  … and ${entries.length - limit} more (--limit, --json)`] : [];
  return [`${title} (${entries.length})`, ...entries.slice(0, limit).map((entry) => `  ${entry}`), ...rest].join('\n');
}

function lines(differences: readonly RecordDifference[], op: 'add' | 'remove'): string[] {
  return differences
    .filter(
      (difference) => difference.kind === 'goods_nomenclature' && difference.op === op && difference.code !== null,
    )
    .map(
      (difference) => `${difference.code ?? ''}  ${short((difference.after ?? difference.before)?.['description'])}`,
    );
}

function otherChanges(differences: readonly RecordDifference[]): string[] {
  return differences
    .filter(
      (difference) =>
        difference.op === 'modify' && !difference.kinds.includes('rate') && !difference.kinds.includes('textual'),
    )
    .map((difference) => {
      const fields = difference.fields.map(
        (field) => `${field}: ${short(difference.before?.[field])} -> ${short(difference.after?.[field])}`,
      );
      return `${difference.natural_key}  [${difference.kinds.join(', ')}]  ${fields.join('; ')}`;
    });
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}
