import { formatCode } from '../../transforms/code.ts';
import type { DutyData } from '../duty/duty-data.ts';
import { lineTotals, sumOfCharges } from './cost-totals.ts';
import type { LandedCostLine, LandedCostLineData, LineCharge } from './landed-cost-data.ts';
import type { UsEntryKind } from './us-entry.ts';
import type { UsFeesAnswer } from './us-entry-fees.ts';
import { US_CURRENCY, type UsPrices } from './us-prices.ts';

/** Goods on which federal excise may be due on import; its rates are not held here (26 U.S.C. 4041, 4071, 4081, 4181, 5001-5051, 5701). */
const EXCISE = ['22', '24', '2710', '4011', '93'];

export interface UsLineInput {
  priced: UsPrices;
  kind: UsEntryKind;
  fees: UsFeesAnswer;
  duty: DutyData | null;
  /** Of transport; null: not stated. */
  mode: string | null;
}

/** One line of the answer: its cost in parts, and what keeps them from being known. */
export function usLineData(
  line: LandedCostLine,
  index: number,
  { priced, kind, fees, duty, mode }: UsLineInput,
): LandedCostLineData {
  const shared = priced.lines?.[index] ?? null;
  const charged = dutyPart(duty, kind);
  const charges = fees.lines[index] ?? [];
  const taxes = taxesOf(line.code, kind);
  const undecided = kind.deMinimis === null;
  const missing = [
    ...priced.missing,
    ...charges
      .filter(({ amount }) => amount === null)
      .map(({ name }) => (name === 'hmf' && mode === null ? 'transport_mode' : `fee:${name}`)),
    ...taxes.filter(({ amount }) => amount === null).map(({ name }) => `tax:${name}`),
    ...(undecided ? ['threshold:de_minimis'] : []),
  ];
  const totals = lineTotals(
    {
      price: shared?.price ?? null,
      shipping: shared?.shipping ?? null,
      insurance: shared?.insurance ?? null,
      inland: shared?.inland ?? null,
      duty: charged.amount,
      fees: sumOfCharges(charges),
      taxes: sumOfCharges(taxes),
    },
    charged,
    // Whether the goods are free as a small consignment is open: the sum may be too high, so it bounds nothing.
    { missing, units: line.units, blocked: undecided },
  );
  return {
    line: index + 1,
    code: line.code,
    formatted: formatCode(line.code),
    origin: line.origin,
    description: duty?.description ?? null,
    customs_value: shared?.price ?? null,
    duty: charged,
    fees: charges,
    taxes,
    totals,
    candidate_orders: duty?.candidate_orders ?? [],
    requirements: duty?.requirements ?? [],
  };
}

/** The duty of a line; in a low-value consignment what would apply is shown as suppressed, and the amount is nil by that rule. */
function dutyPart(duty: DutyData | null, kind: UsEntryKind): LandedCostLineData['duty'] {
  if (duty === null)
    return {
      status: 'not_computable',
      ad_valorem_rate: null,
      amount: null,
      currency: null,
      missing: ['duty'],
      components: [],
    };
  if (kind.deMinimis !== true) return { ...duty.total, components: duty.components };
  const [low] = kind.findings;
  const note = low?.citations.join('; ') ?? '';
  return {
    status: 'complete',
    ad_valorem_rate: '0',
    amount: '0.00',
    currency: US_CURRENCY,
    missing: [],
    components: duty.components.map((component) =>
      component.status === 'applied' || component.status === 'undetermined'
        ? {
            ...component,
            status: 'suppressed' as const,
            amount: null,
            reason: `free as a low-value consignment: ${low?.reason ?? ''}`,
            suppressed_by: { program: 'us.de-minimis', heading: null, note },
            needs: [],
          }
        : component,
    ),
  };
}

/** No federal tax is charged on imports as such; excise on some goods is, and is not held here. */
function taxesOf(code: string, kind: UsEntryKind): LineCharge[] {
  if (!EXCISE.some((prefix) => code.startsWith(prefix) || prefix.startsWith(code))) return [];
  const reason = 'federal excise may be due on these goods; its rates are not held here';
  const exempt = kind.deMinimis === true && !code.startsWith('22') && !code.startsWith('24');
  return exempt
    ? []
    : [
        {
          name: 'federal_excise',
          amount: null,
          base: null,
          rate: null,
          reason,
          citation: '26 U.S.C. subtitles D and E',
        },
      ];
}
