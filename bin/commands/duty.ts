import { InvalidArgumentError, type Command } from 'commander';
import type { AnswerDraft } from '../../answers/draft.ts';
import { answerDuty } from '../../answers/duty/answer-duty.ts';
import type { DutyData } from '../../answers/duty/duty-data.ts';
import { openEuropeanReference } from '../../answers/duty/european-tables.ts';
import { dutyCode } from '../../answers/duty/question.ts';
import { openUsProgrammes } from '../../answers/duty/us-programmes.ts';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { citedSources } from '../../answers/meta.ts';
import { Problem } from '../../answers/problem.ts';
import { isPlainDate } from '../../transforms/dates.ts';
import { Exact } from '../../transforms/exact.ts';
import type { DutyComponent, DutyQuestion } from '../../transforms/stacking/component.ts';
import { type Fact, FACTS } from '../../transforms/stacking/facts.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { textTable } from '../tables.ts';

interface Options extends CommonOptions {
  from: string;
  to: string;
  on?: string;
  knownAt?: string;
  value?: string;
  currency: string;
  mode?: string;
  fact: string[];
  quantity: string[];
}

const more = (text: string, before: string[]): string[] => [...before, text];

export function dutyCommand(program: Command): void {
  define(
    program,
    'duty',
    'the duty on goods: every measure that could matter, applied or not, with reason and citation',
  )
    .argument('<code>', '4 to 10 digits, dots optional')
    .requiredOption('--from <country>', 'country of origin, ISO alpha-2', country)
    .option('--to <country>', 'destination: US, GB, XI, EU or a member state', country, 'US')
    .option('--on <date>', 'entry date: the law applied, YYYY-MM-DD (default: today)')
    .option('--known-at <date>', 'as published by the beginning of this date, YYYY-MM-DD (default: now)')
    .option('--value <amount>', 'customs value')
    .option('--currency <code>', 'of the customs value', 'USD')
    .option('--mode <mode>', 'mode of transport')
    .option('--fact <name=value>', 'declare a fact; may be repeated (tariff duty … --fact preference=S)', more, [])
    .option('--quantity <unit=amount>', 'for specific duties; may be repeated (kg=900)', more, [])
    .action((code: string, options: Options) =>
      perform(options, async ({ open, result }) => {
        for (const [name, date] of [
          ['--on', options.on],
          ['--known-at', options.knownAt],
        ] as const)
          if (date !== undefined && !isPlainDate(date))
            throw new CommandFailure(EXIT.usage, `${name} must be a date YYYY-MM-DD (it is '${date}')`);
        if (options.value !== undefined && !/^\d+(\.\d+)?$/.test(options.value))
          throw new CommandFailure(EXIT.usage, `--value must be a decimal amount (it is '${options.value}')`);
        const facts = factsOf(options.fact);
        const quantities = options.quantity.map(quantityOf);
        const context = await open();
        const { database } = context;
        const draft = await told(() =>
          answerDuty(
            {
              database,
              views: openLedgerViews(database),
              usProgrammes: openUsProgrammes(database),
              european: openEuropeanReference(database),
            },
            {
              code: dutyCode(code),
              destination: options.to,
              origin: options.from,
              as_of: options.on ?? context.clock().slice(0, 10),
              known_at: options.knownAt === undefined ? null : `${options.knownAt}T00:00:00.000Z`,
              customs_value: options.value === undefined ? null : { amount: options.value, currency: options.currency },
              quantities,
              transport_mode: options.mode ?? null,
              facts,
            },
          ),
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

function country(text: string): string {
  if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('two letters, ISO 3166-1 alpha-2 (CN)');
}

async function told<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const hints = error.errors.map(({ field, message }) => `${field}: ${message}`);
    throw new CommandFailure(
      error.code === 'invalid-request' ? EXIT.usage : EXIT.notFound,
      [error.message, ...hints].join('\n'),
    );
  }
}

function factsOf(texts: readonly string[]): DutyQuestion['facts'] {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      const name = at < 0 ? text : text.slice(0, at);
      const fact = FACTS.find((known) => known.name === name);
      if (!fact || at < 0)
        throw new CommandFailure(
          EXIT.usage,
          `--fact must be name=value with one of ${FACTS.map((known) => known.name).join(', ')} (it is '${text}')`,
        );
      return [name, factValue(fact, text.slice(at + 1))];
    }),
  );
}

/** chapter_98 is text and may be just true. */
function factValue(fact: Fact, text: string): string | boolean | string[] {
  if (fact.type === 'string[]') return text.split(',');
  if (text === 'true' || text === 'false') return text === 'true';
  if (fact.type === 'boolean') throw new CommandFailure(EXIT.usage, `${fact.name} is true or false (it is '${text}')`);
  return text;
}

function quantityOf(text: string): { unit: string; amount: string } {
  const match = /^([^=]+)=(\d+(?:\.\d+)?)$/.exec(text);
  if (!match) throw new CommandFailure(EXIT.usage, `--quantity must be unit=amount, as in kg=900 (it is '${text}')`);
  return { unit: match[1] ?? '', amount: match[2] ?? '' };
}

function printed({ data, view, cites, coverage }: AnswerDraft<DutyData>): string {
  const { total } = data;
  const rate = total.ad_valorem_rate === null ? 'no rate' : percent(total.ad_valorem_rate);
  const amount = total.amount === null ? '' : `, ${total.amount} ${total.currency ?? ''}`;
  const needs = total.missing.length === 0 ? '' : `; needs ${total.missing.join(', ')}`;
  const blocks = [
    `${data.formatted}  ${data.description ?? '(not printed: a prefix of the lines below)'}\nfrom ${data.origin} to ${data.destination}`,
    textTable(['status', 'programme', 'heading', 'rate', 'amount'], data.components.map(row)),
    data.components
      .map(why)
      .filter((text) => text !== '')
      .join('\n'),
    `total: ${rate}${amount} (${total.status.replaceAll('_', ' ')}${needs})`,
    data.differing_lines
      .map(
        (line) =>
          `  ${line.formatted}  ${line.ad_valorem_rate === null ? line.status : percent(line.ad_valorem_rate)}  ${line.description}`,
      )
      .join('\n'),
    [
      ...data.candidate_orders.map(
        (order) =>
          `possible order: ${order.case_number} (${order.kind}) ${order.product ?? ''}; its scope text decides, no duty is computed`,
      ),
      ...data.requirements.map((note) => `${note.kind}: ${note.text}`),
    ].join('\n'),
    coverage
      .map(
        (statement) =>
          `${statement.family}: ${statement.status.replaceAll('_', ' ')}${statement.reason === null ? '' : ` (${statement.reason})`}`,
      )
      .join('\n'),
    citedSources(view, cites)
      .map((source) => `source: ${source.id} ${source.label}, published ${source.published_at.slice(0, 10)}`)
      .join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function row(component: DutyComponent): (string | null)[] {
  return [
    component.status,
    component.program,
    component.heading,
    component.rate === null
      ? component.expression
      : `${percent(component.rate)}${component.effect === 'floor_total' ? ' (up to a total)' : ''}`,
    component.amount,
  ];
}

/** One line per component that needs a word: why it has its status, and by what act it is there. */
function why(component: DutyComponent): string {
  const name = [component.program, component.heading].filter((part) => part !== null).join(' ');
  const by =
    component.suppressed_by === null
      ? []
      : [`suppressed by ${component.suppressed_by.program}, ${component.suppressed_by.note}`];
  const needs = component.needs.length === 0 ? [] : [`needs ${component.needs.join(', ')}`];
  const act = component.legal_base === null ? [] : [component.legal_base.citation];
  const parts = [
    ...(component.reason === null ? [] : [component.reason]),
    ...by,
    ...needs,
    ...act,
    ...(component.needs_review ? ['to be reviewed'] : []),
  ];
  return parts.length === 0 ? '' : `${name}: ${parts.join('; ')}`;
}

/** '0.165' as '16.5%'. */
function percent(fraction: string): string {
  return `${new Exact(fraction).times(100).toFixed()}%`;
}
