import type { PlainDate } from '../../../transforms/dates.ts';
import { feeData, feeExemptionData, type FeeData, type FeeExemptionData } from '../../../transforms/reference/fee.ts';
import type { DeclaredFact } from '../../declaration.ts';

/** Amounts of fiscal years that the fee table does not hold. Years without an entry are unknown, not free. */
const MPF: readonly [from: PlainDate, to: PlainDate, minimum: string, maximum: string, citation: string][] = [
  ['2018-01-01', '2018-10-01', '25.67', '497.99', '19 CFR 24.23(b)(1)(i); fiscal year 2018'],
  ['2019-10-01', '2020-10-01', '26.79', '519.76', '19 CFR 24.23(b)(1)(i); fiscal year 2020'],
  ['2020-10-01', '2021-10-01', '27.23', '528.33', '19 CFR 24.23(b)(1)(i); fiscal year 2021'],
  ['2022-10-01', '2023-10-01', '29.66', '575.35', '19 CFR 24.23(b)(1)(i); fiscal year 2023'],
  ['2023-10-01', '2024-10-01', '31.67', '614.35', '19 CFR 24.23(b)(1)(i); fiscal year 2024'],
];

const FLAT: readonly [fee: FeeData['fee'], from: PlainDate, to: PlainDate, amount: string, how: FeeData['verified']][] =
  [
    ['mpf_informal_automated', '2024-10-01', '2025-10-01', '2.62', 'unverified'],
    ['mpf_informal_manual_not_cbp', '2024-10-01', '2025-10-01', '7.85', 'unverified'],
    ['mpf_informal_manual_cbp', '2024-10-01', '2025-10-01', '11.78', 'unverified'],
    ['mpf_manual_surcharge', '2024-10-01', '2025-10-01', '3.93', 'unverified'],
    ['mpf_informal_manual_not_cbp', '2025-10-01', '2026-10-01', '8.06', 'computed'],
    ['mpf_informal_manual_cbp', '2025-10-01', '2026-10-01', '12.09', 'computed'],
    ['mpf_manual_surcharge', '2025-10-01', '2026-10-01', '4.03', 'computed'],
  ];

/** The yearly notice appears before the fiscal year; its day is not established, the first day is the latest it can have been. */
function fee(data: Omit<FeeData, 'currency' | 'modes'>, from: PlainDate, to: PlainDate): DeclaredFact {
  return {
    record: {
      kind: 'reference',
      natural_key: `${data.fee}:${from}`,
      topic: 'fee',
      code: null,
      subject: data.fee,
      data: feeData.parse({ ...data, currency: 'USD', modes: null }),
      valid_from: from,
      valid_to: to,
    },
    known_from: from,
    known_to: null,
  };
}

function exemption(key: string, from: PlainDate, data: Omit<FeeExemptionData, 'fee' | 'verified'>): DeclaredFact {
  return {
    record: {
      kind: 'reference',
      natural_key: `exemption:mpf:${key}`,
      topic: 'fee-exemption',
      code: null,
      subject: 'mpf',
      data: feeExemptionData.parse({ ...data, fee: 'mpf', verified: 'unverified' }),
      valid_from: from,
      valid_to: null,
    },
    known_from: from,
    known_to: null,
  };
}

export const DECLARED_FEES: readonly DeclaredFact[] = [
  ...MPF.map(([from, to, minimum, maximum, citation]) =>
    fee(
      { fee: 'mpf_formal', rate: '0.003464', minimum, maximum, flat: null, verified: 'unverified', citation },
      from,
      to,
    ),
  ),
  ...FLAT.map(([name, from, to, flat, verified]) =>
    fee(
      { fee: name, rate: null, minimum: null, maximum: null, flat, verified, citation: '19 CFR 24.23(b)(1), (2)' },
      from,
      to,
    ),
  ),
  exemption('agreements', '2018-01-01', {
    programmes: ['AU', 'BH', 'CL', 'CO', 'IL', 'KR', 'OM', 'P', 'P+', 'PA', 'PE', 'SG'],
    origin_groups: [],
    citation: '19 CFR 24.23(c)',
    note: 'Originating goods for which the preference is claimed. The agreements with Jordan and Morocco give no exemption.',
  }),
  exemption('usmca', '2020-07-01', {
    programmes: ['S', 'S+'],
    origin_groups: [],
    citation: '19 CFR 24.23(c)(3)',
    note: 'Originating goods for which the preference is claimed.',
  }),
  exemption('origins', '2018-01-01', {
    programmes: [],
    origin_groups: ['cbera', 'ldbdc', 'us_insular_possession'],
    citation: '19 CFR 24.23(c)(1)',
    note: 'Products of Caribbean Basin beneficiaries, least-developed beneficiaries and insular possessions, without a claim.',
  }),
];
