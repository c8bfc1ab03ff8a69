import type { ReferenceRow } from '../../db/reference.ts';
import { readTopicRows } from '../../db/topic-rows.ts';
import { countryOfName } from '../../transforms/areas.ts';
import { prefixes } from '../../transforms/code.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import { quotaBalance } from '../../transforms/reference/quota-balance.ts';
import { quotaStatusData } from '../../transforms/reference/quota-status.ts';
import type { AnswerDraft } from '../draft.ts';
import { EU_MEMBERS } from '../duty/question.ts';
import { type LedgerView, readAt } from '../ledger-view.ts';
import type { Moment } from '../moment.ts';
import { Problem } from '../problem.ts';
import { absenceMeans, coverageOfSuppliers, type Supplier } from './reference-coverage.ts';
import { type ReferenceDeps, referenceCode } from './question.ts';

/** Of our own: 'critical' and 'open' both have something left; 'excluded': no quota for this country. */
export const QUOTA_STATES = ['open', 'critical', 'filled', 'excluded'] as const;
export type QuotaState = (typeof QUOTA_STATES)[number];

export interface QuotasQuestion extends Moment {
  jurisdiction: string | null;
  code: string | null;
  /** ISO alpha-2, or an English country name. */
  country: string | null;
  status: QuotaState | null;
}

export interface Quota {
  jurisdiction: string;
  /** The publisher's number of the quota. */
  quota: string;
  name: string | null;
  /** As printed; 'OTHR', 'Other countries', 'Residual': those without a share of their own. Null: any origin. */
  country: string | null;
  period: { from: PlainDate; to: PlainDate | null; label: string | null };
  status: QuotaState;
  /** Decimal strings in `unit`. */
  limit: string;
  /** Null: nothing reported, which is not nothing entered. */
  entered: string | null;
  balance: string | null;
  share: string | null;
  unit: string;
  filled_on: PlainDate | null;
  /** Tariff numbers as the publisher gives them; empty where it gives none. */
  codes: string[];
  blocked: { from: PlainDate; to: PlainDate }[];
  /** As of when the publisher states it. */
  stated_as_of: PlainDate | null;
  source: string;
  release: number;
}

export interface QuotasData {
  quotas: Quota[];
  absence_means: 'none' | 'unknown';
  /** Jurisdictions left out because their quotas do not say which tariff numbers they cover. */
  not_by_code: string[];
}

const SUPPLIERS: readonly (Supplier & { jurisdiction: string; byCode: boolean })[] = [
  { jurisdiction: 'US', source: 'us.quota-status', families: ['quotas'], byCode: false },
  { jurisdiction: 'EU', source: 'eu.quotas', families: ['quota'], byCode: true },
  { jurisdiction: 'GB', source: 'gb.quotas', families: ['quota'], byCode: true },
];

/** Tariff quotas whose period includes the date, as last stated by `known_at`. Throws Problem invalid-request, not-loaded. */
export async function quotasAnswer(deps: ReferenceDeps, question: QuotasQuestion): Promise<AnswerDraft<QuotasData>> {
  const code = question.code === null ? null : referenceCode(question.code);
  const { as_of, known_at, jurisdiction, country, status } = question;
  const suppliers = SUPPLIERS.filter((supplier) => jurisdiction === null || supplier.jurisdiction === jurisdiction);
  const { view, result } = await readAt(deps.views, async (now) => {
    requireAny(now, suppliers);
    return readTopicRows(deps.database, { topics: ['quota'], from: as_of, to: as_of, known: known_at });
  });
  const asked = country === null ? null : (countryOfName(country) ?? country.toUpperCase());
  const all = result.rows.filter((row) => suppliers.some(({ source }) => source === row.source_id));
  const rows = new Map(all.map((row) => [quotaOf(row, view), row]));
  const quotas = [...rows.keys()].filter(
    (quota) =>
      (code === null || quota.codes.some((number) => prefixes(code).includes(number) || number.startsWith(code))) &&
      (asked === null || mayHold(quota.country, asked)),
  );
  // A country with a share of its own does not use the share of the others, in whatever state its own is.
  const own = new Set(
    quotas
      .filter((quota) => quota.country !== null && countryOfName(quota.country) !== null)
      .map(({ quota, name }) => `${quota}/${name ?? ''}`),
  );
  const data = quotas.filter(
    (quota) =>
      (status === null || quota.status === status) &&
      (asked === null || quota.country !== 'OTHR' || !own.has(`${quota.quota}/${quota.name ?? ''}`)),
  );
  const coverage = coverageOfSuppliers(view, suppliers, question);
  return {
    view,
    data: {
      quotas: data,
      absence_means: absenceMeans(coverage),
      not_by_code:
        code === null ? [] : suppliers.filter(({ byCode }) => !byCode).map((supplier) => supplier.jurisdiction),
    },
    cites: data.map((quota) => quota.release),
    coverage,
  };
}

function requireAny(view: LedgerView, suppliers: readonly Supplier[]): void {
  if (suppliers.some(({ source }) => view.releases.some((release) => release.source_id === source))) return;
  const sources = suppliers.map(({ source }) => source);
  throw new Problem('not-loaded', `No release of ${sources.join(', ')} is loaded: nothing can be said about quotas.`, {
    extra: { sources },
  });
}

function quotaOf(row: ReferenceRow, view: LedgerView): Quota {
  const jurisdiction = view.sources.get(row.source_id)?.jurisdiction ?? '';
  const common = { jurisdiction, source: row.source_id, release: row.stated_by };
  if (row.source_id === 'us.quota-status') {
    const data = quotaStatusData.parse(row.data);
    return {
      ...common,
      quota: data.quota_id,
      name: data.name,
      country: data.country,
      period: { from: row.valid_from, to: row.valid_to, label: data.period },
      status: data.status,
      limit: data.limit,
      entered: data.entered,
      balance: null,
      share: data.share,
      unit: data.unit,
      filled_on: data.filled_on,
      codes: [],
      blocked: [],
      stated_as_of: view.byId.get(row.stated_by)?.data_as_of ?? null,
    };
  }
  const data = quotaBalance.parse(row.data);
  return {
    ...common,
    quota: data.order_number,
    name: null,
    country: data.origin,
    period: { from: row.valid_from, to: row.valid_to, label: null },
    status:
      data.exhausted_on !== null || Number(data.balance) === 0
        ? 'filled'
        : data.critical === true
          ? 'critical'
          : 'open',
    limit: data.initial,
    entered: null,
    balance: data.balance,
    share: null,
    unit: data.unit,
    filled_on: data.exhausted_on,
    codes: data.codes,
    blocked: data.blocked,
    stated_as_of: data.as_of,
  };
}

/**
 * Whether goods of the country may be in the quota. A printed area that is no country ('Other countries', 'Residual', an agreement's) may
 * hold any of them: it is shown, not left out.
 */
function mayHold(printed: string | null, country: string): boolean {
  const area = printed === null ? null : countryOfName(printed);
  return area === null || area === country || (area === 'EU' && EU_MEMBERS.includes(country));
}
