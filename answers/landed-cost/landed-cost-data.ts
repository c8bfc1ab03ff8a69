import type { ExchangeRateData } from '../../transforms/reference/exchange-rate.ts';
import type { DutyComponent, DutyQuestion, DutyTotal, TotalStatus } from '../../transforms/stacking/component.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import type { CandidateOrder } from '../reference/order-candidates.ts';
import type { RequirementNote } from '../duty/duty-data.ts';
import type { Moment } from '../moment.ts';

export interface Money {
  /** Decimal string. */
  amount: string;
  /** ISO 4217. */
  currency: string;
}

/** What the price of the goods includes: nothing of the way to the border, carriage, or carriage and insurance. */
export type PriceBasis = 'FOB' | 'CFR' | 'CIF';

export type Carrier = 'ocean' | 'air' | 'truck' | 'rail' | 'mail';

export interface LandedCostLine {
  /** Digits. */
  code: string;
  origin: string;
  /** Price of all goods of the line, on the question's basis. */
  value: Money;
  /** Units of sale, for the cost per unit; null: not stated. */
  units: string | null;
  /** Gross weight, for sharing charges by weight; one unit for all lines. */
  weight: string | null;
  quantities: DutyQuestion['quantities'];
  facts: DutyQuestion['facts'];
}

/** A consignment of one or many lines, entered together: `as_of` is the entry date. */
export interface LandedCostQuestion extends Moment {
  destination: string;
  basis: PriceBasis;
  /** Carriage to the border, for the whole consignment; null: not stated (then `assumptions` says how that was taken). */
  shipping: Money | null;
  /** Insurance to the border. */
  insurance: Money | null;
  /** Carriage from the border to the first destination. */
  inland: Money | null;
  charges_by: 'value' | 'weight';
  transport_mode: Carrier | null;
  /** How the entry is made; null: by the law's limits. Other destinations than the US ignore it. */
  entry: 'formal' | 'informal_automated' | 'informal_manual_not_cbp' | 'informal_manual_cbp' | null;
  /** A formal entry filed on paper. */
  manual: boolean;
  /** Whether the importer of record is abroad; null: not stated. */
  foreign_importer: boolean | null;
  lines: LandedCostLine[];
}

/** The parts of a cost and their sum; all in the answer's currency, two decimals. Null: not known, and named in `missing`. */
export interface CostTotals {
  price: string | null;
  shipping: string | null;
  insurance: string | null;
  inland: string | null;
  duty: string | null;
  fees: string | null;
  taxes: string | null;
  /** Sum of the parts to the cent: of those known for a lower bound; null when not computable. */
  total: string | null;
  status: TotalStatus;
  missing: string[];
  /** Total per unit of sale, half-up to the cent, as bounded as the total (`status`); null without a total or units. */
  per_unit: string | null;
}

/** A charge beside the duty on a line: a share of a fee of the entry, or a tax. */
export interface LineCharge {
  /** 'mpf', 'hmf', 'mpf_manual_surcharge', 'vat', 'excise', 'parcel_duty' … */
  name: string;
  /** Null: not known, see `reason`. */
  amount: string | null;
  /** What the rate is applied to, and the rate as a fraction; null where neither decides the line's share. */
  base: string | null;
  rate: string | null;
  reason: string | null;
  citation: string | null;
}

/** A fee that is charged once for the entry, with how it came about. */
export interface EntryFee {
  name: string;
  amount: string | null;
  /** The published terms it follows from; null where none is known for the date. */
  terms: { rate: string | null; minimum: string | null; maximum: string | null; flat: string | null } | null;
  /** Which limit decided. */
  limit: 'minimum' | 'maximum' | null;
  reason: string | null;
  citation: string | null;
  /** Whether the published figure was read in the notice, computed from the statute, or is unverified. */
  verified: string | null;
}

export interface LandedCostLineData {
  /** From 1. */
  line: number;
  code: string;
  formatted: string;
  origin: string;
  description: string | null;
  /** What ad valorem duties are charged on, in the answer's currency; null: not known. */
  customs_value: string | null;
  duty: DutyTotal & { components: DutyComponent[] };
  fees: LineCharge[];
  taxes: LineCharge[];
  totals: CostTotals;
  candidate_orders: CandidateOrder[];
  requirements: RequirementNote[];
}

/** Whether a rule for small consignments applies, with the rules it follows from. */
export interface ThresholdFinding {
  /** 'de_minimis', 'informal_entry', 'low_value_duty' … */
  threshold: string;
  /** Null: not known. */
  applies: boolean | null;
  reason: string;
  citations: string[];
}

export interface UsedRate extends ExchangeRateData {
  valid_from: PlainDate;
  valid_to: PlainDate | null;
}

/** What POST /landed-cost answers, for every destination. */
export interface LandedCostData {
  destination: string;
  entry_date: PlainDate;
  /** Of every amount: that of the destination's customs (USD, EUR, GBP). */
  currency: string;
  valuation: { basis: 'FOB' | 'CIF'; citation: string };
  lines: LandedCostLineData[];
  entry_fees: EntryFee[];
  thresholds: ThresholdFinding[];
  totals: CostTotals;
  /** How charges and fees of the consignment were shared over the lines, one sentence each. */
  allocation: string[];
  /** What was taken as given because it was not stated, one sentence each. */
  assumptions: string[];
  exchange_rates: UsedRate[];
}
