import type { ReferenceRow } from '../../db/reference.ts';
import { type FeeLine, usFees, type UsEntry } from '../../transforms/landed-cost/fees-us.ts';
import { isValidAt, type PlainDate } from '../../transforms/dates.ts';
import { countryGroupData } from '../../transforms/reference/country-group.ts';
import { feeData, feeExemptionData } from '../../transforms/reference/fee.ts';
import type { ProgrammeRow } from '../../transforms/stacking/programme.ts';
import type { EntryFee, LandedCostLine, LineCharge } from './landed-cost-data.ts';

export interface UsFeesQuestion {
  date: PlainDate;
  /** Null: how the goods are entered is not known. */
  entry: UsEntry['entry'] | null;
  manual: boolean;
  mode: string | null;
  lines: readonly Pick<LandedCostLine, 'origin' | 'facts'>[];
  /** Customs value by line, US dollars; null where one is not known. */
  values: readonly string[] | null;
}

export interface UsFeesAnswer {
  entryFees: EntryFee[];
  /** By line, in the order of the entry's fees. */
  lines: LineCharge[][];
  assumptions: string[];
}

/** Fees of an entry from the ledger's rows of topics fee, fee-exemption and country-group, and the special programmes. */
export function usEntryFees(
  question: UsFeesQuestion,
  rows: readonly ReferenceRow[],
  programmes: readonly ProgrammeRow[],
): UsFeesAnswer {
  const { values } = question;
  if (values === null) return unknownFees(question, 'the customs value is not known');
  if (question.entry === null) return unknownFees(question, 'how the goods may be entered on that date is not known');
  const { entry } = question;
  const of = (topic: string) => rows.filter((row) => row.topic === topic);
  const dated = ({ valid_from, valid_to }: ReferenceRow) => ({ valid_from, valid_to });
  const fees = of('fee').map((row) => ({ ...feeData.parse(row.data), ...dated(row) }));
  const exemptions = of('fee-exemption').map((row) => ({ ...feeExemptionData.parse(row.data), ...dated(row) }));
  const groups = of('country-group').map((row) => countryGroupData.parse(row.data));
  const claims = question.lines.map((line) => claimOf(line, programmes, question.date));
  const result = usFees(
    {
      date: question.date,
      entry,
      manual: question.manual,
      mode: question.mode,
      lines: question.lines.map((line, index) => ({
        value: valueOf(values, index),
        origin: line.origin,
        preference: claims[index]?.accepted ?? null,
      })),
    },
    fees,
    exemptions,
    (group, origin) => memberOf(group, origin, programmes, groups, question.date),
  );
  const undecided = undecidedMpf(question, claims);
  const settled = result.map((fee) => (fee.fee === 'mpf' && undecided !== null ? blank(fee, undecided) : fee));
  const entryFees = settled.map((fee): EntryFee => {
    const name = fee.fee === 'mpf' ? `mpf_${entry}` : fee.fee;
    const terms = fees.find((row) => row.fee === name);
    return {
      name: fee.fee,
      amount: fee.amount,
      terms: terms ? { rate: terms.rate, minimum: terms.minimum, maximum: terms.maximum, flat: terms.flat } : null,
      limit: fee.limit,
      reason: fee.reason,
      citation: fee.citation ?? terms?.citation ?? null,
      verified: terms?.verified ?? null,
    };
  });
  const lines = question.lines.map((_, index) =>
    settled.map((fee): LineCharge => ({
      name: fee.fee,
      amount: fee.lines?.[index] ?? null,
      base: values[index] ?? null,
      // A limit, not the rate, decides the share then.
      rate:
        fee.limit === null && fee.fee !== 'mpf_manual_surcharge'
          ? (entryFees.find(({ name }) => name === fee.fee)?.terms?.rate ?? null)
          : null,
      reason: fee.reason,
      citation: fee.citation,
    })),
  );
  return { entryFees, lines, assumptions: claims.flatMap((claim) => claim.refused ?? []) };
}

interface Claim {
  /** The symbol, when the programme covers the origin. */
  accepted: string | null;
  refused: string | null;
  /** Claimed, and no programme with that symbol is known. */
  unknown: string | null;
}

/** An exemption by agreement needs goods of a member: a claim for goods of another country exempts from nothing. */
function claimOf(
  line: Pick<LandedCostLine, 'origin' | 'facts'>,
  programmes: readonly ProgrammeRow[],
  date: PlainDate,
): Claim {
  const symbol = line.facts['preference'];
  if (typeof symbol !== 'string') return { accepted: null, refused: null, unknown: null };
  const named = programmes.filter(
    (row) => row.kind === 'preference' && row.symbols.includes(symbol) && isValidAt(row, date),
  );
  if (named.length === 0) return { accepted: null, refused: null, unknown: symbol };
  const covers = named.some(
    (row) => row.kind === 'preference' && (row.members === null || row.members.includes(line.origin)),
  );
  if (covers) return { accepted: symbol, refused: null, unknown: null };
  const refused = `Preference ${symbol} does not cover goods of ${line.origin}: it exempts from no fee.`;
  return { accepted: null, refused, unknown: null };
}

function undecidedMpf(question: UsFeesQuestion, claims: readonly Claim[]): string | null {
  const unknown = claims.find((claim) => claim.unknown !== null)?.unknown ?? null;
  if (unknown !== null)
    return `whether preference ${unknown} exempts is not known: no programme with that symbol is held`;
  if (question.lines.some((line) => line.facts['chapter_98'] !== undefined && line.facts['chapter_98'] !== false))
    return 'chapter 98 entries are exempt in part (19 CFR 24.23(c)(1)(i)); which part is not decided here';
  return null;
}

function memberOf(
  group: string,
  origin: string,
  programmes: readonly ProgrammeRow[],
  groups: readonly { group: string; members: readonly string[] }[],
  date: PlainDate,
): boolean | null {
  const programme = programmes.find(
    (row) =>
      row.kind === 'preference' &&
      row.program === `us.preference.${group}` &&
      row.members !== null &&
      isValidAt(row, date),
  );
  if (programme?.kind === 'preference') return programme.members?.includes(origin) ?? null;
  return groups.find((row) => row.group === group)?.members.includes(origin) ?? null;
}

function blank(fee: FeeLine, reason: string): FeeLine {
  return { ...fee, amount: null, lines: null, limit: null, reason, citation: null };
}

function unknownFees(question: UsFeesQuestion, reason: string): UsFeesAnswer {
  const names = ['mpf', 'hmf'];
  const nothing = { amount: null, reason, citation: null };
  return {
    entryFees: names.map((name) => ({ name, ...nothing, terms: null, limit: null, verified: null })),
    lines: question.lines.map(() => names.map((name) => ({ name, ...nothing, base: null, rate: null }))),
    assumptions: [],
  };
}

function valueOf(values: readonly string[], index: number): string {
  const value = values[index];
  if (value === undefined) throw new Error(`line ${index + 1} has no customs value`);
  return value;
}
