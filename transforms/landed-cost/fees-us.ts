import { Decimal } from 'decimal.js';
import { isValidAt, type PlainDate } from '../dates.ts';
import type { FeeData, FeeExemptionData } from '../reference/fee.ts';
import { allocate } from './allocate.ts';

type Dated<Data> = Data & { valid_from: PlainDate; valid_to: PlainDate | null };

export interface EntryLine {
  /** Customs value, USD. */
  value: string;
  origin: string;
  /** Programme symbol claimed ('S', 'KR', 'A+'); null = none. */
  preference: string | null;
}

export interface UsEntry {
  date: PlainDate;
  /** Who releases it, and how it is filed, decides the fee of an informal entry (19 CFR 24.23(b)(2)). */
  entry: 'formal' | 'informal_automated' | 'informal_manual_not_cbp' | 'informal_manual_cbp';
  /** A formal entry filed on paper pays the surcharge. */
  manual: boolean;
  /** 'ocean', 'air', 'truck', 'rail', 'mail'; null = not known. */
  mode: string | null;
  lines: readonly EntryLine[];
}

export interface FeeLine {
  fee: 'mpf' | 'mpf_manual_surcharge' | 'hmf';
  /** For the whole entry, USD; null = not known, see `reason`. */
  amount: string | null;
  /** By line, adding up to `amount`; exempt lines have 0.00. Null when the amount is. */
  lines: string[] | null;
  /** 'minimum', 'maximum': that limit decided. */
  limit: 'minimum' | 'maximum' | null;
  reason: string | null;
  citation: string | null;
}

/** Whether an origin belongs to a group named in an exemption; null = the group's members are not at hand. */
export type GroupMembership = (group: string, origin: string) => boolean | null;

/**
 * Merchandise processing fee and harbor maintenance fee of an entry. The limits of the fee count once per ENTRY, not per line; the
 * entered value of each line is rounded to whole dollars, the fee half-up to the cent. No row of `fees` for the date = not known.
 */
export function usFees(
  entry: UsEntry,
  fees: readonly Dated<FeeData>[],
  exemptions: readonly Dated<FeeExemptionData>[],
  isMember: GroupMembership,
): FeeLine[] {
  const current = fees.filter((fee) => isValidAt(fee, entry.date));
  const exempt = exemptions.filter((exemption) => isValidAt(exemption, entry.date));
  const lines = [merchandiseProcessing(entry, current, exempt, isMember)];
  if (entry.entry === 'formal' && entry.manual) {
    const surcharge = flatFee('mpf_manual_surcharge', current);
    lines.push(
      shared(
        'mpf_manual_surcharge',
        surcharge,
        entry.lines.map(({ value }) => value),
      ),
    );
  }
  lines.push(harborMaintenance(entry, current));
  return lines;
}

function merchandiseProcessing(
  entry: UsEntry,
  fees: readonly Dated<FeeData>[],
  exemptions: readonly Dated<FeeExemptionData>[],
  isMember: GroupMembership,
): FeeLine {
  const verdicts = entry.lines.map((line) => exemptionOf(line, 'mpf', exemptions, isMember));
  const unknown = verdicts.find((verdict) => verdict.status === 'unknown');
  if (unknown) return unknownFee('mpf', unknown.reason);
  // Exempt lines leave the base: their value counts neither for the rate nor for the limits.
  const bases = entry.lines.map((line, index) =>
    verdicts[index]?.status === 'exempt' ? '0' : wholeDollars(line.value),
  );
  const base = sum(bases);
  if (verdicts.every(({ status }) => status === 'exempt')) {
    const [first] = verdicts;
    const zero = entry.lines.map(() => '0.00');
    return {
      fee: 'mpf',
      amount: '0.00',
      lines: zero,
      limit: null,
      reason: first?.reason ?? null,
      citation: first?.citation ?? null,
    };
  }
  if (entry.entry !== 'formal') return shared('mpf', flatFee(`mpf_${entry.entry}`, fees), bases);
  const fee = fees.find((row) => row.fee === 'mpf_formal');
  if (!fee?.rate || !fee.minimum || !fee.maximum)
    return unknownFee('mpf', `no merchandise processing fee known for ${entry.date}`);
  const byRate = base.mul(fee.rate).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  const limit = byRate.lt(fee.minimum) ? 'minimum' : byRate.gt(fee.maximum) ? 'maximum' : null;
  const amount = Decimal.min(Decimal.max(byRate, fee.minimum), fee.maximum).toFixed(2);
  return { fee: 'mpf', amount, lines: allocate(amount, bases), limit, reason: null, citation: fee.citation };
}

/** 19 CFR 24.24: cargo that is loaded or unloaded at a port; no minimum, no maximum, once on the entry. */
function harborMaintenance(entry: UsEntry, fees: readonly Dated<FeeData>[]): FeeLine {
  const fee = fees.find((row) => row.fee === 'hmf');
  if (!fee?.rate) return unknownFee('hmf', `no harbor maintenance fee known for ${entry.date}`);
  if (entry.mode === null) return unknownFee('hmf', 'charged on ocean cargo only; the mode of transport is not known');
  if (entry.mode !== 'ocean') {
    const zero = entry.lines.map(() => '0.00');
    return { fee: 'hmf', amount: '0.00', lines: zero, limit: null, reason: 'not ocean cargo', citation: fee.citation };
  }
  const bases = entry.lines.map(({ value }) => wholeDollars(value));
  const amount = sum(bases).mul(fee.rate).toFixed(2, Decimal.ROUND_HALF_UP);
  return { fee: 'hmf', amount, lines: allocate(amount, bases), limit: null, reason: null, citation: fee.citation };
}

type Verdict =
  | { status: 'due' | 'unknown'; reason: string; citation: null }
  | { status: 'exempt'; reason: string; citation: string };

function exemptionOf(
  line: EntryLine,
  fee: FeeExemptionData['fee'],
  exemptions: readonly Dated<FeeExemptionData>[],
  isMember: GroupMembership,
): Verdict {
  let unknown: string | null = null;
  for (const exemption of exemptions) {
    if (exemption.fee !== fee) continue;
    if (line.preference !== null && exemption.programmes.includes(line.preference)) {
      return { status: 'exempt', reason: `preference ${line.preference} is claimed`, citation: exemption.citation };
    }
    for (const group of exemption.origin_groups) {
      const member = isMember(group, line.origin);
      if (member)
        return { status: 'exempt', reason: `${line.origin} belongs to ${group}`, citation: exemption.citation };
      if (member === null) unknown = group;
    }
  }
  if (unknown === null) return { status: 'due', reason: '', citation: null };
  return { status: 'unknown', reason: `whether ${line.origin} belongs to ${unknown} is not known`, citation: null };
}

function flatFee(
  name: FeeData['fee'],
  fees: readonly Dated<FeeData>[],
): { amount: string | null; citation: string | null; name: string } {
  const fee = fees.find((row) => row.fee === name);
  return { amount: fee?.flat ?? null, citation: fee?.citation ?? null, name };
}

function shared(fee: FeeLine['fee'], flat: ReturnType<typeof flatFee>, bases: readonly string[]): FeeLine {
  if (flat.amount === null) return unknownFee(fee, `no amount known for ${flat.name}`);
  const amount = new Decimal(flat.amount).toFixed(2);
  return { fee, amount, lines: allocate(amount, bases), limit: null, reason: null, citation: flat.citation };
}

function unknownFee(fee: FeeLine['fee'], reason: string): FeeLine {
  return { fee, amount: null, lines: null, limit: null, reason, citation: null };
}

const wholeDollars = (value: string): string => new Decimal(value).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed();
const sum = (values: readonly string[]): Decimal => values.reduce((total, value) => total.add(value), new Decimal(0));
