import type { ReferenceRow } from '../../db/reference.ts';
import { readTopicRows } from '../../db/topic-rows.ts';
import { formatCode, prefixes } from '../../transforms/code.ts';
import { convert } from '../../transforms/reference/exchange-rate.ts';
import type { CoverageStatement, DutyQuestion } from '../../transforms/stacking/component.ts';
import type { AnswerDraft } from '../draft.ts';
import type { DutyData } from '../duty/duty-data.ts';
import { europeanDutyAnswer, type EuropeanDutyDeps } from '../duty/european.ts';
import { EU_MEMBERS } from '../duty/question.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import { readAt } from '../ledger-view.ts';
import { Problem, type ProblemCode } from '../problem.ts';
import { declaredRegimes } from '../requirements/declared-regimes.ts';
import { publishedRates } from '../reference/published-rates.ts';
import { coverageOfSuppliers, type Supplier } from '../reference/reference-coverage.ts';
import { atRisk } from './at-risk.ts';
import { consignmentTotals, lineTotals, sumOfCharges, unpricedNotes } from './cost-totals.ts';
import { converter, currenciesOf, usedRates } from './currency.ts';
import { chargedDuty, europeanLowValue, type EuropeanLowValue } from './european-low-value.ts';
import { europeanAssumptions, mayBeRelieved, UK_LIMIT, UK_RELIEFS } from './european-assumptions.ts';
import { europeanPrices, type EuropeanPrices } from './european-prices.ts';
import { europeanTaxes, NO_STATE, readTaxes, type TaxReading } from './european-taxes.ts';
import type {
  LandedCostData,
  LandedCostLine,
  LandedCostLineData,
  LandedCostQuestion,
  LineCharge,
  ThresholdFinding,
} from './landed-cost-data.ts';

/** Whose currency, rates and taxes a destination uses. Northern Ireland: the Union's duty, the UK's money and VAT. */
interface Place {
  currency: 'EUR' | 'GBP';
  rates: 'eu_customs' | 'monthly';
  /** Whose VAT: a member state, or GB; null for the Union as a whole, which has none of its own. */
  state: string | null;
  union: boolean;
}

/** The landed cost of a consignment into a member state, Great Britain or Northern Ireland on `as_of`. Throws the Problems of the duty answer. */
export async function europeanLandedCost(
  deps: EuropeanDutyDeps,
  question: LandedCostQuestion,
): Promise<AnswerDraft<LandedCostData>> {
  const place = placeOf(question.destination);
  const { as_of, known_at } = question;
  const { view, result } = await readAt(deps.views, async () => {
    const rates = await publishedRates(
      deps.database,
      [...new Set([...currenciesOf(question, place.currency), 'EUR', 'GBP'])],
      as_of,
      known_at,
    );
    const prices = europeanPrices(question, rates.byKind, place);
    const thresholds = await readTopicRows(deps.database, {
      topics: ['threshold'],
      subjects: ['EU', ...(place.state === null ? [] : [place.state])],
      // The limit of the relief outlives it: rules that have ended are read as well.
      from: '0001-01-01',
      to: as_of,
      known: known_at,
    });
    const scopes = place.union
      ? await readTopicRows(deps.database, {
          topics: ['regime-scope'],
          codes: [...new Set(question.lines.flatMap(({ code }) => prefixes(code)))],
          from: as_of,
          to: as_of,
          known: known_at,
        })
      : null;
    const lines: LineReading[] = [];
    for (const [index, line] of question.lines.entries()) {
      const asked = dutyQuestion(question, line, prices.lines?.[index]?.customs_value ?? null, place.currency);
      const draft = await named(index, () => europeanDutyAnswer(deps, asked));
      const domestic =
        question.destination === 'XI' && loaded(draft, 'gb.tariff')
          ? await orNotHeld(() => europeanDutyAnswer(deps, { ...asked, destination: 'GB' }))
          : null;
      lines.push({ asked, draft, domestic, taxes: await readTaxes(deps.database, asked, place.state) });
    }
    const versions = new Set([
      rates.version,
      thresholds.version,
      ...(scopes ? [scopes.version] : []),
      ...lines.flatMap(({ draft, taxes }) => [draft.view.version, taxes.version]),
    ]);
    const version = versions.size === 1 ? rates.version : -1;
    return { version, rates, prices, thresholds: thresholds.rows, scopes: scopes?.rows ?? [], lines };
  });
  const { prices, rates, lines: readings } = result;
  const low = place.union ? europeanLowValue(question, prices.intrinsic, result.thresholds) : null;
  const exchange = (from: string, to: string) => convert('1', from, to, as_of, rates.byKind[place.rates])?.rate ?? null;
  const cites = new Set<number>(low?.cites ?? []);
  const findings: ThresholdFinding[] = low?.findings ?? [
    {
      threshold: 'de_minimis',
      applies: null,
      reason: mayBeRelieved(prices.intrinsic)
        ? `${UK_RELIEFS}; up to ${UK_LIMIT} GBP customs duty may not be due`
        : UK_RELIEFS,
      citations: [],
    },
  ];
  const given: string[] = [];
  const overtaxed: number[] = [];
  const settle = ({ asked, draft, domestic }: LineReading, index: number): DutyData => {
    if (question.destination !== 'XI') return draft.data;
    const { data, finding, assumption } = atRisk(asked, draft.data, domestic?.data ?? null, index + 1);
    findings.push(finding);
    if (assumption !== null) given.push(assumption);
    return data;
  };
  const lines = readings.map((reading, index): LandedCostLineData => {
    for (const id of [...reading.draft.cites, ...(reading.domestic?.cites ?? [])]) cites.add(id);
    const settled = settle(reading, index);
    const duty =
      low === null
        ? { ...settled.total, components: settled.components }
        : chargedDuty(settled, low.verdict, place.currency, reading.draft.coverage);
    const shared = prices.lines?.[index] ?? null;
    const taxed = europeanTaxes(
      {
        question: reading.asked,
        customs_value: shared?.customs_value ?? null,
        duty: duty.status === 'not_computable' ? null : duty.amount,
        fees: low?.lines[index] ?? [],
        inland: shared?.inland ?? '0.00',
      },
      reading.taxes,
      view,
      exchange,
    );
    for (const id of taxed.cites) cites.add(id);
    // Of everything else a lower bound may only leave out; here it may have put in too much.
    if (taxed.overtaxed) overtaxed.push(index + 1);
    return lineData(question, index, { reading, settled, duty, shared, taxed, prices, low });
  });
  // The Union's duty has its amounts in euro: into Northern Ireland they are turned into pounds at its own customs rate.
  const union = converter('GBP', as_of, rates.byKind, ['eu_customs']);
  if (question.destination === 'XI' && readings.some(({ draft }) => hasEuro(draft.data))) union.amount(ONE_EURO);
  const used = [...prices.money.used(), ...union.used()];
  for (const rate of used) cites.add(rate.release);
  const data: LandedCostData = {
    destination: question.destination,
    entry_date: as_of,
    currency: place.currency,
    valuation: {
      basis: 'CIF',
      citation:
        place.currency === 'EUR'
          ? 'Regulation (EU) No 952/2013, Article 71(1)(e): carriage and insurance to the border are part of the customs value'
          : 'Customs (Import Duty) (EU Exit) Regulations 2018, regulation 121: carriage and insurance to the border are part of the customs value',
    },
    lines,
    entry_fees: low?.entryFees ?? [],
    thresholds: findings,
    totals: consignmentTotals(lines.map((line) => line.totals)),
    allocation:
      question.lines.length < 2
        ? []
        : [
            `Shipping, insurance and inland carriage are shared by ${question.charges_by}, to the cent, by largest remainder.`,
          ],
    assumptions: [
      ...prices.assumptions,
      ...given,
      ...lines.flatMap(({ line }, index) => unlistedNote(line, readings[index]?.draft.data ?? null)),
      ...unpricedNotes(lines),
      ...europeanAssumptions(question, {
        intrinsic: prices.intrinsic,
        verdict: low?.verdict ?? null,
        unverifiedFees: low?.unverified ?? false,
        overtaxed,
        carbon: lines
          .filter(({ code, origin }) => underCbam(result.scopes, question, code, origin))
          .map(({ line }) => line),
      }),
    ],
    exchange_rates: usedRates(used),
  };
  const coverage = mergeCoverage(
    [...readings.flatMap(({ draft }) => draft.coverage), ...costCoverage(view, place, question)],
    [],
  );
  return { view, data, cites, coverage };
}

interface LineReading {
  asked: DutyQuestion;
  draft: AnswerDraft<DutyData>;
  /** The UK duty of goods into Northern Ireland. */
  domestic: AnswerDraft<DutyData> | null;
  taxes: TaxReading;
}

function placeOf(destination: string): Place {
  if (destination === 'GB') return { currency: 'GBP', rates: 'monthly', state: 'GB', union: false };
  if (destination === 'XI') return { currency: 'GBP', rates: 'monthly', state: 'GB', union: false };
  const union = { currency: 'EUR', rates: 'eu_customs', union: true } as const;
  if (destination === 'EU') return { ...union, state: null };
  if (EU_MEMBERS.includes(destination)) return { ...union, state: destination };
  throw new Problem('invalid-request', `There is no landed cost for ${destination} here.`, {
    errors: [{ field: 'destination', message: `GB, XI, EU or a member state: ${EU_MEMBERS.join(', ')}` }],
  });
}

function dutyQuestion(
  question: LandedCostQuestion,
  line: LandedCostLine,
  value: string | null,
  currency: string,
): DutyQuestion {
  return {
    code: line.code,
    destination: question.destination,
    origin: line.origin,
    as_of: question.as_of,
    known_at: question.known_at,
    customs_value: value === null ? null : { amount: value, currency },
    quantities: line.quantities,
    transport_mode: question.transport_mode,
    facts: line.facts,
  };
}

/** Until then importers only reported (Regulation (EU) 2023/956, Article 36(2)). */
const CARBON_CERTIFICATES_FROM = '2026-01-01';

/** Whether certificates of the Union's carbon border adjustment mechanism are to be surrendered for goods of a code. */
function underCbam(
  scopes: readonly ReferenceRow[],
  { as_of }: LandedCostQuestion,
  code: string,
  origin: string,
): boolean {
  if (as_of < CARBON_CERTIFICATES_FROM) return false;
  return declaredRegimes(scopes, 'eu.regimes', code, origin).some(({ regime }) => regime === 'cbam');
}

function unlistedNote(line: number, duty: DutyData | null): string[] {
  return duty?.unlisted ? [`Line ${line}: ${duty.unlisted.message}`] : [];
}

const ONE_EURO = { amount: '1', currency: 'EUR' };

function hasEuro(duty: DutyData): boolean {
  return duty.components.some(({ amount, expression }) => amount !== null && /\b(?:EUR|EA)\b/.test(expression ?? ''));
}

function loaded({ view }: AnswerDraft<unknown>, source: string): boolean {
  return view.releases.some((release) => release.source_id === source);
}

const NOT_HELD: readonly ProblemCode[] = ['code-not-found', 'not-covered-at-date', 'not-known-yet'];

/** Null for a code or a date that the other tariff does not have: that is no fault of the question. */
async function orNotHeld<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Problem && NOT_HELD.includes(error.code)) return null;
    throw error;
  }
}

/** A Problem about a line says which one. */
async function named<T>(index: number, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Problem) || error.errors.length === 0) throw error;
    const errors = error.errors.map((each) =>
      each.field === 'code' ? { ...each, field: `lines.${index}.code` } : each,
    );
    throw new Problem(error.code, error.message, { errors, extra: error.extra });
  }
}

interface LineParts {
  reading: LineReading;
  settled: DutyData;
  duty: LandedCostLineData['duty'];
  shared: NonNullable<EuropeanPrices['lines']>[number] | null;
  taxed: { charges: LineCharge[]; missing: string[] };
  prices: EuropeanPrices;
  low: EuropeanLowValue | null;
}

function lineData(question: LandedCostQuestion, index: number, parts: LineParts): LandedCostLineData {
  const { reading, settled, duty, shared, prices, low } = parts;
  const taxes = parts.taxed.charges;
  const line = question.lines[index];
  const fees = low?.lines[index] ?? [];
  const undecided = low?.verdict.charge === 'unknown' && shared !== null;
  // The United Kingdom's relief is not held: duty may not be due (`assumptions`), and what is not settled is never complete.
  const reliefOpen = low === null && shared !== null && mayBeRelieved(prices.intrinsic);
  const totals = lineTotals(
    {
      price: shared?.price ?? null,
      shipping: shared?.shipping ?? null,
      insurance: shared?.insurance ?? null,
      inland: shared?.inland ?? null,
      duty: duty.status === 'not_computable' ? null : duty.amount,
      fees: sumOfCharges(fees),
      taxes: sumOfCharges(taxes),
    },
    duty,
    {
      missing: [
        ...prices.missing,
        ...prices.understated,
        ...fees.filter(({ amount }) => amount === null).map(({ name }) => `fee:${name}`),
        ...taxes.filter(({ amount }) => amount === null).map(({ name }) => `tax:${name}`),
        ...parts.taxed.missing,
        ...(undecided || reliefOpen ? ['threshold:de_minimis'] : []),
      ],
      units: line?.units ?? null,
      blocked: undecided,
    },
  );
  return {
    line: index + 1,
    code: reading.asked.code,
    formatted: formatCode(reading.asked.code),
    origin: reading.asked.origin,
    description: settled.description,
    customs_value: shared?.customs_value ?? null,
    duty,
    fees,
    taxes,
    totals,
    candidate_orders: settled.candidate_orders,
    requirements: settled.requirements,
  };
}

function costCoverage(
  view: AnswerDraft<unknown>['view'],
  place: Place,
  question: LandedCostQuestion,
): CoverageStatement[] {
  const suppliers: Supplier[] = [
    { source: 'eu.vat', families: ['vat'] },
    { source: place.rates === 'monthly' ? 'fx.hmrc' : 'fx.ecb', families: ['exchange-rate'] },
    ...(place.union ? [{ source: 'eu.import-thresholds', families: ['thresholds'] }] : []),
    ...(place.state === 'GB' ? [{ source: 'gb.trade-tariff-api', families: ['vat', 'excise'] }] : []),
  ];
  const missing = (family: string, reason: string): CoverageStatement => ({
    family,
    status: 'not_covered',
    reason,
    data_as_of: null,
  });
  return [
    ...coverageOfSuppliers(view, suppliers, question).filter(({ family }) => family !== 'controls'),
    ...(place.union
      ? [
          ...(place.state === null ? [missing('vat', NO_STATE)] : []),
          missing('excise', 'excise of the member states is named where it may be due, never computed'),
        ]
      : [missing('thresholds', UK_RELIEFS)]),
  ];
}
