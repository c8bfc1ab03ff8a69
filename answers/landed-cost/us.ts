import { readTopicRows } from '../../db/topic-rows.ts';
import type { SharedLine } from '../../transforms/landed-cost/free-on-board.ts';
import type { CoverageStatement, DutyQuestion } from '../../transforms/stacking/component.ts';
import type { AnswerDraft } from '../draft.ts';
import type { DutyData } from '../duty/duty-data.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import { usDutyAnswer, type UsDutyDeps } from '../duty/us-answer.ts';
import { readAt } from '../ledger-view.ts';
import { Problem } from '../problem.ts';
import { publishedRates } from '../reference/published-rates.ts';
import { coverageOfSuppliers } from '../reference/reference-coverage.ts';
import { consignmentTotals, sumOf, unpricedNotes } from './cost-totals.ts';
import { currenciesOf, usedRates } from './currency.ts';
import type { LandedCostData, LandedCostLine, LandedCostQuestion, LineCharge } from './landed-cost-data.ts';
import { usEntryFees, type UsFeesAnswer } from './us-entry-fees.ts';
import { type UsEntryKind, usEntryKind } from './us-entry.ts';
import { usLineData } from './us-line.ts';
import { RATE_NOTE, US_CURRENCY, type UsPrices, usPrices } from './us-prices.ts';

const VALUATION = {
  basis: 'FOB',
  citation: '19 U.S.C. 1401a(b)(4)(A): international carriage and insurance are no part of the customs value',
} as const;

/** The landed cost of a consignment entered in the United States on `as_of`. Throws the Problems of the duty answer. */
export async function usLandedCost(
  deps: UsDutyDeps,
  question: LandedCostQuestion,
): Promise<AnswerDraft<LandedCostData>> {
  const { as_of, known_at } = question;
  const { view, result } = await readAt(deps.views, async (now) => {
    const rates = await publishedRates(deps.database, currenciesOf(question, US_CURRENCY), as_of, known_at);
    const priced = usPrices(question, rates.byKind);
    const reference = await readTopicRows(deps.database, {
      topics: ['fee', 'fee-exemption', 'threshold', 'country-group'],
      from: as_of,
      to: as_of,
      known: known_at,
    });
    const drafts: AnswerDraft<DutyData>[] = [];
    for (const [index, line] of question.lines.entries())
      drafts.push(await dutyOf(deps, question, line, index, priced.lines?.[index] ?? null));
    const programmes = await deps.usProgrammes(now, known_at);
    const versions = new Set([reference.version, rates.version, ...drafts.map((draft) => draft.view.version)]);
    return { version: versions.size === 1 ? reference.version : -1, priced, rows: reference.rows, drafts, programmes };
  });
  const { priced, drafts } = result;
  const rows = result.rows.filter((row) => view.sources.get(row.source_id)?.jurisdiction === 'US');
  const value = priced.lines === null ? null : sumOf(priced.lines.map((line) => line.price));
  const kind = usEntryKind(
    question,
    value,
    rows.filter((row) => row.topic === 'threshold'),
  );
  const fees =
    kind.deMinimis === true ? noFees(question, kind) : feesOf(question, priced, kind, rows, result.programmes.rows);
  const lines = question.lines.map((line, index) =>
    usLineData(line, index, { priced, kind, fees, duty: drafts[index]?.data ?? null, mode: question.transport_mode }),
  );
  const data: LandedCostData = {
    destination: question.destination,
    entry_date: as_of,
    currency: US_CURRENCY,
    valuation: VALUATION,
    lines,
    entry_fees: fees.entryFees,
    thresholds: kind.findings,
    totals: consignmentTotals(lines.map((line) => line.totals)),
    allocation: allocationOf(question, fees),
    assumptions: [
      ...priced.assumptions,
      ...kind.assumptions,
      ...fees.assumptions,
      ...unpricedNotes(lines),
      ...(lines.some((line) => line.candidate_orders.length > 0)
        ? [
            'Goods within the scope of a candidate order are entered formally (type 03), and antidumping or countervailing duty comes on top.',
          ]
        : []),
    ],
    exchange_rates: usedRates(priced.money.used()),
  };
  return {
    view,
    data,
    cites: [
      ...drafts.flatMap((draft) => [...draft.cites]),
      ...rows.map((row) => row.stated_by),
      ...priced.money.used().map((rate) => rate.release),
    ],
    coverage: mergeCoverage(
      [...drafts.flatMap((draft) => draft.coverage), ...costCoverage(view, question, priced)],
      [],
    ),
  };
}

async function dutyOf(
  deps: UsDutyDeps,
  question: LandedCostQuestion,
  line: LandedCostLine,
  index: number,
  shared: SharedLine | null,
): Promise<AnswerDraft<DutyData>> {
  const asked: DutyQuestion = {
    code: line.code,
    destination: question.destination,
    origin: line.origin,
    as_of: question.as_of,
    known_at: question.known_at,
    customs_value: shared === null ? null : { amount: shared.price, currency: US_CURRENCY },
    quantities: line.quantities,
    transport_mode: question.transport_mode,
    facts: line.facts,
  };
  try {
    return await usDutyAnswer(deps, asked);
  } catch (error) {
    if (!(error instanceof Problem) || error.errors.length === 0) throw error;
    // The caller must see which of its lines is meant.
    const errors = error.errors.map((each) =>
      each.field === 'code' || each.field === 'origin' ? { ...each, field: `lines.${index}.${each.field}` } : each,
    );
    throw new Problem(error.code, error.message, { errors, extra: error.extra });
  }
}

function feesOf(
  question: LandedCostQuestion,
  priced: UsPrices,
  kind: UsEntryKind,
  rows: Parameters<typeof usEntryFees>[1],
  programmes: Parameters<typeof usEntryFees>[2],
): UsFeesAnswer {
  const { as_of: date, manual, transport_mode: mode, lines } = question;
  const values = priced.lines?.map((line) => line.price) ?? null;
  return usEntryFees({ date, entry: kind.entry, manual, mode, lines, values }, rows, programmes);
}

function noFees(question: LandedCostQuestion, kind: UsEntryKind): UsFeesAnswer {
  const [low] = kind.findings;
  const reason = `free as a low-value consignment: ${low?.reason ?? ''}`;
  const charge: LineCharge = {
    name: 'mpf',
    amount: '0.00',
    base: null,
    rate: null,
    reason,
    citation: low?.citations[0] ?? null,
  };
  return { entryFees: [], lines: question.lines.map(() => [charge]), assumptions: [] };
}

function allocationOf(question: LandedCostQuestion, fees: UsFeesAnswer): string[] {
  if (question.lines.length < 2) return [];
  const limits = fees.entryFees.flatMap((fee) =>
    fee.amount === null || fee.amount === '0.00'
      ? []
      : [
          `${fee.name}: ${fee.amount} for the entry${fee.limit === null ? '' : ` (its ${fee.limit})`}, shared by entered value in whole dollars${fee.name === 'mpf' ? '; exempt lines bear none' : ''}. Cents left over go to the largest remainders.`,
        ],
  );
  return [
    `Shipping, insurance and inland carriage are shared by ${question.charges_by}, to the cent, by largest remainder.`,
    ...limits,
  ];
}

function costCoverage(
  view: AnswerDraft<unknown>['view'],
  question: LandedCostQuestion,
  priced: UsPrices,
): CoverageStatement[] {
  const stated = (family: string, status: CoverageStatement['status'], reason: string): CoverageStatement => ({
    family,
    status,
    reason,
    data_as_of: null,
  });
  return [
    ...coverageOfSuppliers(
      view,
      [
        { source: 'us.fees', families: ['fees'] },
        { source: 'us.import-thresholds', families: ['thresholds', 'fee-exemptions'] },
      ],
      question,
    ),
    ...(priced.money.used().length > 0 ? [stated('exchange-rate', 'partial', RATE_NOTE)] : []),
    stated(
      'excise',
      'not_covered',
      'federal excise (alcohol, tobacco, fuel, tyres, firearms) is named where it may be due, never computed',
    ),
    stated(
      'other-fees',
      'not_covered',
      'assessments on cotton, dairy, beef and other farm goods (7 CFR) and the dutiable mail fee are not held',
    ),
  ];
}
