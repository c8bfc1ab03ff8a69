import type { Database } from '../../db/connect.ts';
import type { ReferenceRow } from '../../db/reference.ts';
import { formatCode } from '../../transforms/code.ts';
import type { CoverageStatement, DutyQuestion, DutyTotal } from '../../transforms/stacking/component.ts';
import { coverageOf } from '../coverage.ts';
import type { AnswerDraft } from '../draft.ts';
import { type LedgerViews, readAt } from '../ledger-view.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import { answering, type Moment, releasesKnown } from '../moment.ts';
import { Problem } from '../problem.ts';
import { type CandidateOrder, orderCandidates } from '../reference/order-candidates.ts';
import type { DutyData } from './duty-data.ts';
import { checkTargets, oneOfLines } from './line-answers.ts';
import { checkOrigin } from './question.ts';
import { declarableLines, validOn } from './dated-rows.ts';
import { readUs, stackAt, US_FAMILIES, US_PROGRAMMES, US_SCHEDULE, type UsLedger } from './us.ts';
import { sectorCoverage, sectorNotes } from './forced-labour-sectors.ts';
import type { UsProgrammes } from './us-programmes.ts';

export interface UsDutyDeps {
  database: Database;
  views: LedgerViews;
  usProgrammes: (view: UsLedger['view'], knownAt: string | null) => Promise<UsProgrammes>;
}

/**
 * The US duty for a code at a date. A code that is not declarable answers when every declarable line below it answers alike; else it is
 * not computable and the lines that differ are named. Throws Problem as checkOrigin and checkTargets do, and when nothing is loaded.
 */
export async function usDutyAnswer(deps: UsDutyDeps, question: DutyQuestion): Promise<AnswerDraft<DutyData>> {
  checkOrigin(question);
  const moment = { as_of: question.as_of, known_at: question.known_at };
  const { view, result } = await readAt(deps.views, async (now) => {
    if (!now.releases.some((release) => release.source_id === US_SCHEDULE)) {
      throw new Problem(
        'not-loaded',
        'No release of us.htsus is loaded: nothing can be said about the United States.',
        { extra: { sources: [US_SCHEDULE] } },
      );
    }
    const { newest } = answering(now, US_SCHEDULE, moment);
    const span = { from: question.as_of, to: question.as_of, known: question.known_at, origin: question.origin };
    const near = await readUs(deps.database, question.code, { ...span, below: false });
    const declarable = validOn(near.lines, question.as_of).some(
      (line) => line.code === question.code && line.declarable,
    );
    const reading = declarable ? near : await readUs(deps.database, question.code, { ...span, below: true });
    return {
      version: reading.version,
      reading,
      newest,
      programmes: await deps.usProgrammes(now, question.known_at),
      declarable,
    };
  });
  const { reading, programmes, newest } = result;
  const ledger: UsLedger = { view, reading, programmes };
  const targets = result.declarable
    ? [question.code]
    : declarableLines(reading, question.code, question.as_of).map((line) => line.code ?? '');
  checkTargets(question, targets);

  const answers = targets.map((code) => ({ code, ...stackAt(ledger, { ...question, code }) }));
  const own = result.declarable ? answers[0] : { code: question.code, ...stackAt(ledger, question) };
  if (!own) throw new Error('checkTargets lets no empty list pass');
  const { stack, total, differing } = oneOfLines(answers, own, comparable);

  const coverage = mergeCoverage(
    [...coverageOf(view, US_SCHEDULE, moment), ...programmeCoverage(ledger, moment), ...stack.coverage],
    US_FAMILIES,
  );
  const data: DutyData = {
    code: question.code,
    formatted: formatCode(question.code),
    destination: question.destination,
    origin: question.origin,
    declarable: result.declarable,
    unlisted: null,
    description: own.line?.description ?? null,
    total: bounded(total, coverage),
    components: stack.components,
    differing_lines: differing,
    candidate_orders: candidateOrders(question, reading.orders),
    requirements: [...stack.requirements, ...sectorNotes(reading.sectors)],
  };
  return {
    view,
    data,
    cites: [newest.release_id, ...stack.cites, ...[...reading.orders, ...reading.sectors].map((row) => row.stated_by)],
    coverage: [...coverage, ...sectorCoverage(view, question)],
  };
}

/** What a component says, without the digits of the line it was asked for. */
function comparable(component: DutyData['components'][number]): unknown {
  return { ...component, code: null };
}

function candidateOrders({ code, as_of }: DutyQuestion, rows: readonly ReferenceRow[]): CandidateOrder[] {
  const scopes = rows.filter((row) => row.topic === 'order-scope');
  const orders = rows.filter((row) => row.topic === 'order');
  return orderCandidates(code, as_of, { scopes, orders }).map(({ rates: _rates, notices: _notices, ...rest }) => rest);
}

function programmeCoverage({ view }: UsLedger, moment: Moment): CoverageStatement[] {
  return releasesKnown(view, US_PROGRAMMES, moment.known_at).length === 0
    ? []
    : coverageOf(view, US_PROGRAMMES, moment);
}

/** A total is at best a lower bound while the schedule or a family of additional duties is not covered for the date. */
function bounded(total: DutyTotal, coverage: readonly { family: string; status: string }[]): DutyTotal {
  if (total.status !== 'complete') return total;
  const open = coverage.some(
    ({ family, status }) =>
      status === 'not_covered' || (status === 'partial' && (family === 'general' || family === 'column-2')),
  );
  return open ? { ...total, status: 'lower_bound' } : total;
}
