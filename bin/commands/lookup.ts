import type { Command } from 'commander';
import type { AnswerDraft } from '../../answers/draft.ts';
import { openHsTitles } from '../../answers/hs-titles.ts';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { openLineReader } from '../../answers/line-reader.ts';
import { openLineage } from '../../answers/lineage.ts';
import { lookup, type LookupData } from '../../answers/lookup.ts';
import { citedSources } from '../../answers/meta.ts';
import { Problem } from '../../answers/problem.ts';
import { formatCode } from '../../transforms/code.ts';
import { isPlainDate } from '../../transforms/dates.ts';
import type { DatedLink } from '../../transforms/lineage/line.ts';
import type { Context } from '../context.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { textTable } from '../tables.ts';

interface Options extends CommonOptions {
  jurisdiction: string;
  asOf?: string;
  knownAt?: string;
}

export function lookupCommand(program: Command): void {
  define(program, 'lookup', 'a tariff line: text, rates with the line each is printed on, units, footnotes')
    .argument('<code>', '2 to 10 digits, dots optional')
    .option('--jurisdiction <id>', 'US, EU or GB', 'US')
    .option('--as-of <date>', 'the law on this date, YYYY-MM-DD (default: today)')
    .option('--known-at <instant>', 'as published by this date or RFC 3339 instant (default: now)')
    .action((code: string, options: Options) =>
      perform(options, async ({ open, result }) => {
        const asOf = options.asOf;
        if (asOf !== undefined && !isPlainDate(asOf))
          throw new CommandFailure(EXIT.usage, `--as-of must be a date YYYY-MM-DD (it is '${asOf}')`);
        const knownAt = instantOf(options.knownAt);
        const context = await open();
        const draft = await ask(
          context,
          code,
          options.jurisdiction.toUpperCase(),
          asOf ?? context.clock().slice(0, 10),
          knownAt,
        );
        const { data, view, cites, coverage } = draft;
        result(
          { data, meta: { dataset_version: view.version, sources: citedSources(view, cites), coverage } },
          printed(draft),
        );
        return undefined;
      }),
    );
}

async function ask(
  { database }: Context,
  code: string,
  jurisdiction: string,
  asOf: string,
  knownAt: string | null,
): Promise<AnswerDraft<LookupData>> {
  try {
    const deps = {
      database,
      views: openLedgerViews(database),
      titles: openHsTitles(database),
      readLine: openLineReader(database),
      lineage: openLineage(database),
    };
    return await lookup(deps, { code, jurisdiction, as_of: asOf, known_at: knownAt });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const hints = error.errors.map(({ field, message }) => `${field}: ${message}`);
    // What `lookup` puts there: the links of a code that has ended.
    hints.push(...linked('replaced by', (error.extra['replaced_by'] ?? []) as DatedLink[], 'to'));
    const exit = error.code === 'invalid-request' ? EXIT.usage : EXIT.notFound;
    throw new CommandFailure(exit, [error.message, ...hints].join('\n'));
  }
}

function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const time =
    isPlainDate(text) || /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new CommandFailure(EXIT.usage, `--known-at must be a date or an RFC 3339 instant (it is '${text}')`);
  return new Date(time).toISOString();
}

function printed({ data, view, cites, coverage }: AnswerDraft<LookupData>): string {
  const above = data.ancestors.map((line) =>
    `${'  '.repeat(line.depth)}${line.formatted ?? ''} ${line.description}`.trimEnd(),
  );
  const unprinted = data.unlisted ? '(not in the nomenclature)' : '(not printed: a prefix of the lines below)';
  const own = `${data.formatted}  ${data.description ?? unprinted}`;
  const facts = [
    `declarable: ${data.declarable === null ? 'not known' : data.declarable ? 'yes' : 'no'}`,
    ...(data.units.length > 0 ? [`units: ${data.units.join(', ')}`] : []),
    ...(data.valid_from === null
      ? []
      : [`in force from ${data.valid_from}${data.valid_to === null ? '' : ` to before ${data.valid_to}`}`]),
  ];
  const rates =
    data.rates.length === 0
      ? 'no rates'
      : textTable(
          ['column', 'rate', 'printed on'],
          data.rates.map((rate) => [
            rate.column,
            rate.expression ?? `(${rate.implied ?? 'none printed'})`,
            rate.formatted,
          ]),
        );
  const footnotes = data.footnotes.map((note) => `note: ${note.text}`);
  const children = data.children.slice(0, 20).map((line) => `  ${line.formatted ?? '-'}  ${line.description}`);
  const sources = citedSources(view, cites).map(
    (source) => `source: ${source.id} ${source.label}, published ${source.published_at.slice(0, 10)}`,
  );
  const lineage = [
    ...linked('replaces', data.replaces ?? [], 'from'),
    ...linked('replaced by', data.replaced_by ?? [], 'to'),
  ];
  const holes = [
    ...(data.unlisted ? [`incomplete: ${data.unlisted.message}`] : []),
    ...coverage
      .filter((statement) => statement.status !== 'covered')
      .map((statement) => `incomplete: ${JSON.stringify(statement)}`),
  ];
  const blocks = [
    [...above, own].join('\n'),
    facts.join('; '),
    rates,
    children.join('\n'),
    [...footnotes, ...lineage, ...sources, ...holes].join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** One line per code that took over goods or gave them. */
function linked(title: string, links: readonly DatedLink[], side: 'from' | 'to'): string[] {
  return links.map(
    (link) => `${title}: ${formatCode(link[side])} on ${link.effective_date} (${link.kind}, ${link.authority})`,
  );
}
