import { Decimal } from 'decimal.js';
import { readDutyRows } from '../../db/duty-rows.ts';
import { readTopicRows } from '../../db/topic-rows.ts';
import type { Database } from '../../db/connect.ts';
import type { MeasureRow } from '../../db/line-rows.ts';
import type { ReferenceRow } from '../../db/reference.ts';
import { prefixes, significantDigits } from '../../transforms/code.ts';
import type { DutyExpression } from '../../transforms/duty/expression.ts';
import { exciseLaw } from '../../transforms/landed-cost/excise-goods.ts';
import { importVat } from '../../transforms/landed-cost/vat.ts';
import { chooseVatRate, type VatCandidate } from '../../transforms/landed-cost/vat-rate.ts';
import { vatCandidateData, vatRateData } from '../../transforms/reference/vat-rate.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import { declaredAdditionalCodes, textFact } from '../../transforms/stacking/taric/declared.ts';
import type { TaricStackingInput } from '../../transforms/stacking/taric/input.ts';
import { chooseByAdditionalCode } from '../../transforms/stacking/taric/options.ts';
import { taricMeasure } from '../duty/european.ts';
import { validOn } from '../duty/dated-rows.ts';
import type { LedgerView } from '../ledger-view.ts';
import type { LineCharge } from './landed-cost-data.ts';

/** Source of the UK's tax measures: 305 VAT, 306 excise. */
const LOOK_UPS = 'gb.trade-tariff-api';

const VAT_LAW = 'Directive 2006/112/EC, Articles 85 and 86';
/** Rates that the Act knows beside the standard one: which goods have them is in the tariff's measures, where one is held. */
const UK_RATES = [
  { rate: '0', label: 'zero rate, Value Added Tax Act 1994, section 30 and Schedule 8' },
  { rate: '0.05', label: 'reduced rate, Value Added Tax Act 1994, section 29A and Schedule 7A' },
];
const UK_VAT_LAW = 'Value Added Tax Act 1994, section 21';

/** The Union levies no VAT of its own: asked for without a state, an answer ends with the duty. */
export const NO_STATE = 'VAT is that of the member state of import: give it as the destination';

export interface TaxReading {
  version: number | null;
  /** Null: the Union, and no member state of it. */
  state: string | null;
  rates: ReferenceRow[];
  candidates: ReferenceRow[];
  measures: MeasureRow[];
}

/** What the ledger holds of taxes on a line: `state` whose VAT it is ('GB' for Northern Ireland as well). */
export async function readTaxes(database: Database, question: DutyQuestion, state: string | null): Promise<TaxReading> {
  const subjects = state === null ? [] : [state];
  const code = significantDigits(question.code);
  const span = { from: question.as_of, to: question.as_of, known: question.known_at };
  const rates = await readTopicRows(database, { topics: ['vat-rate'], subjects, ...span });
  const candidates = await readTopicRows(database, {
    topics: ['vat-candidate'],
    codes: [...new Set([...prefixes(code), ...prefixes(question.code)])],
    subjects,
    ...span,
  });
  const measures =
    state === 'GB'
      ? await readDutyRows(database, { source: LOOK_UPS, code, prefixes: prefixes(code), below: false, ...span })
      : null;
  const versions = new Set([rates.version, candidates.version, ...(measures ? [measures.version] : [])]);
  return {
    version: versions.size === 1 ? rates.version : -1,
    state,
    rates: rates.rows,
    candidates: candidates.rows,
    measures: measures?.measures ?? [],
  };
}

export interface TaxedLine {
  question: DutyQuestion;
  customs_value: string | null;
  /** All duties; null when they are not known. */
  duty: string | null;
  /** Charged by reason of the import: fees on small consignments. */
  fees: readonly LineCharge[];
  inland: string;
}

export interface TaxedCost {
  charges: LineCharge[];
  missing: string[];
  /** A lower rate of VAT, or none, is named for some goods of the code, and the rate was not declared. */
  overtaxed: boolean;
  cites: number[];
}

/** Excise and VAT of a line, VAT on everything before it. Null amounts are named by their reason. */
export function europeanTaxes(
  line: TaxedLine,
  taxes: TaxReading,
  view: LedgerView,
  exchange: TaricStackingInput['exchange'],
): TaxedCost {
  const measures = validOn(taxes.measures, line.question.as_of);
  const excise = exciseOf(line, taxes, measures, view, exchange);
  const standard = taxes.rates
    .map((row) => ({ row, data: vatRateData.parse(row.data) }))
    .find(({ data }) => data.category === 'standard');
  const vat = measures.filter((row) => row.measure_type === '305');
  const declared = declaredAdditionalCodes(line.question);
  const named = vat.find((row) => row.additional_code !== null && declared.includes(row.additional_code));
  const measure = named ?? vat.find((row) => row.additional_code === null) ?? (vat.length === 1 ? vat[0] : undefined);
  const unmeasured = taxes.state === 'GB' && !measure;
  const candidates = [
    ...candidatesOf(taxes),
    ...vat.filter((row) => row !== measure).map(measureCandidate),
    ...(unmeasured && vat.length === 0 ? UK_RATES.map((rate) => ({ ...rate, code: line.question.code })) : []),
  ];
  const chosen = chooseVatRate({
    standard: standard?.data.rate ?? null,
    measure: measure ? shareOf(measure) : null,
    candidates,
    claimed: textFact(line.question, 'vat_rate'),
  });
  const base =
    line.customs_value === null
      ? null
      : importVat({
          customs_value: line.customs_value,
          duties: [line.duty, ...[...excise, ...line.fees].map(({ amount }) => amount)],
          inland_transport: line.inland,
          rate: chosen.rate,
        });
  const reasons = [
    taxes.state === null ? NO_STATE : chosen.reason,
    base === null && chosen.rate !== null ? `the base is not known: ${unknownOf(line, excise).join(', ')}` : null,
    unmeasured && vat.length === 0 ? 'no VAT measure is held for this code' : null,
  ].filter((reason) => reason !== null);
  return {
    charges: [
      ...excise,
      {
        name: 'vat',
        amount: base?.amount ?? null,
        base: base?.base ?? null,
        rate: chosen.rate,
        reason: reasons.length === 0 ? null : reasons.join('; '),
        citation: taxes.state === 'GB' ? UK_VAT_LAW : VAT_LAW,
      },
    ],
    // The standard rate is no bound of VAT on goods that may be zero-rated: which rate is theirs has to be declared.
    missing: taxes.state === null ? ['destination'] : unmeasured && !chosen.declared ? ['vat_rate'] : [],
    overtaxed:
      !chosen.declared &&
      candidates.some(({ rate }) => rate === null || (chosen.rate !== null && new Decimal(rate).lt(chosen.rate))),
    cites: [
      ...(standard ? [standard.row.stated_by] : []),
      ...taxes.candidates.map((row) => row.stated_by),
      ...measures.filter((row) => ['305', '306'].includes(row.measure_type)).map((row) => row.stated_by),
    ],
  };
}

/** What the base of VAT lacks, in words. */
function unknownOf(line: TaxedLine, excise: readonly LineCharge[]): string[] {
  return [
    ...(line.customs_value === null ? ['the customs value'] : []),
    ...(line.duty === null ? ['the duty'] : []),
    ...[...excise, ...line.fees].filter(({ amount }) => amount === null).map(({ name }) => name.replaceAll('_', ' ')),
  ];
}

function exciseOf(
  line: TaxedLine,
  taxes: TaxReading,
  measures: readonly MeasureRow[],
  view: LedgerView,
  exchange: TaricStackingInput['exchange'],
): LineCharge[] {
  const rows = measures.filter((row) => row.measure_type === '306');
  const code = line.question.code;
  if (rows.length === 0) {
    const law = exciseLaw(code, taxes.state === 'GB' ? 'gb' : 'union', line.question.as_of);
    if (law === null) return [];
    const reason = `excise ${law.certain ? 'is' : 'may be'} due on goods of ${code.slice(0, 4)}, and its rate in ${taxes.state ?? 'the member state'} is not held for that date`;
    return [{ name: 'excise', amount: null, base: null, rate: null, reason, citation: law.citation }];
  }
  const input: TaricStackingInput = {
    question: line.question,
    tariff: 'gb',
    measures: [],
    areas: new Map(),
    typeNames: new Map(),
    coverage: [],
    meursing: null,
    ...(exchange ? { exchange } : {}),
  };
  const { chosen, options } = chooseByAdditionalCode(
    rows.map((row) => taricMeasure(row, { source: LOOK_UPS }, view)),
    input,
    { others: false },
  );
  const only = chosen ?? (options.length === 1 ? options[0] : undefined);
  const codes = options.map(({ measure }) => measure.additional_code).join(', ');
  return [
    {
      name: 'excise',
      amount: only?.assessment.amount ?? null,
      base: null,
      rate: only?.assessment.rate ?? null,
      reason: only
        ? only.assessment.needs.length > 0
          ? `needs ${only.assessment.needs.join(', ')}`
          : null
        : `one of ${codes} is to be declared as additional_code`,
      citation: only?.measure.legal_base ?? null,
    },
  ];
}

function candidatesOf(taxes: TaxReading): VatCandidate[] {
  return taxes.candidates.map((row) => {
    const data = vatCandidateData.parse(row.data);
    return { rate: data.rate, code: row.code ?? '', label: data.category ?? data.kind };
  });
}

function measureCandidate(row: MeasureRow): VatCandidate {
  return { rate: shareOf(row), code: row.code, label: `VAT ${row.additional_code ?? 'standard'}` };
}

/** A VAT measure is a share of the value and nothing else. */
function shareOf(row: MeasureRow): string | null {
  const duty = row.duty as DutyExpression | null;
  return duty?.op === 'ad_valorem' ? duty.rate : duty?.op === 'free' ? '0' : null;
}
