import type { ReferenceRow } from '../../db/reference.ts';
import { readTopicRows } from '../../db/topic-rows.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import { type FeeData, feeData, type FeeExemptionData, feeExemptionData } from '../../transforms/reference/fee.ts';
import { type ImportThresholdData, importThresholdData } from '../../transforms/reference/import-threshold.ts';
import type { AnswerDraft } from '../draft.ts';
import { readAt } from '../ledger-view.ts';
import type { Moment } from '../moment.ts';
import { Problem } from '../problem.ts';
import { absenceMeans, coverageOfSuppliers, type Supplier } from './reference-coverage.ts';
import type { ReferenceDeps } from './question.ts';

export interface FeesQuestion extends Moment {
  jurisdiction: string;
}

interface Stated {
  valid_from: PlainDate;
  /** Exclusive. */
  valid_to: PlainDate | null;
  source: string;
  release: number;
}

/** Fees, what exempts from them, and the thresholds by value of a jurisdiction, in force on one date. */
export interface FeesData {
  jurisdiction: string;
  fees: (FeeData & Stated)[];
  exemptions: (FeeExemptionData & Stated)[];
  /** `subject`: the destination a rule is of; a member state within the EU. */
  thresholds: (ImportThresholdData & Stated & { subject: string })[];
  absence_means: 'none' | 'unknown';
}

const SUPPLIERS: Readonly<Record<string, readonly Supplier[]>> = {
  US: [
    { source: 'us.fees', families: ['fees'] },
    { source: 'us.import-thresholds', families: ['thresholds', 'fee-exemptions'] },
  ],
  EU: [{ source: 'eu.import-thresholds', families: ['thresholds'] }],
};

export const FEE_JURISDICTIONS: readonly string[] = Object.keys(SUPPLIERS);

/** Throws Problem invalid-request, not-loaded. */
export async function feesAnswer(deps: ReferenceDeps, question: FeesQuestion): Promise<AnswerDraft<FeesData>> {
  const { as_of, known_at, jurisdiction } = question;
  const suppliers = SUPPLIERS[jurisdiction];
  if (!suppliers) {
    throw new Problem('invalid-request', `Fees of ${jurisdiction} are not kept here.`, {
      errors: [{ field: 'jurisdiction', message: `one of ${FEE_JURISDICTIONS.join(', ')}` }],
    });
  }
  const { view, result } = await readAt(deps.views, async (now) => {
    if (!suppliers.some(({ source }) => now.releases.some((release) => release.source_id === source))) {
      const sources = suppliers.map(({ source }) => source);
      throw new Problem('not-loaded', `No release of ${sources.join(', ')} is loaded.`, { extra: { sources } });
    }
    return readTopicRows(deps.database, {
      topics: ['fee', 'fee-exemption', 'threshold'],
      from: as_of,
      to: as_of,
      known: known_at,
    });
  });
  const rows = result.rows.filter((row) => suppliers.some(({ source }) => source === row.source_id));
  const of = (topic: string): ReferenceRow[] => rows.filter((row) => row.topic === topic);
  const coverage = coverageOfSuppliers(view, suppliers, question);
  return {
    view,
    data: {
      jurisdiction,
      fees: of('fee').map((row) => ({ ...feeData.parse(row.data), ...stated(row) })),
      exemptions: of('fee-exemption').map((row) => ({ ...feeExemptionData.parse(row.data), ...stated(row) })),
      thresholds: of('threshold').map((row) => ({
        ...importThresholdData.parse(row.data),
        ...stated(row),
        subject: row.subject ?? jurisdiction,
      })),
      absence_means: absenceMeans(coverage),
    },
    cites: rows.map((row) => row.stated_by),
    coverage,
  };
}

function stated(row: ReferenceRow): Stated {
  return { valid_from: row.valid_from, valid_to: row.valid_to, source: row.source_id, release: row.stated_by };
}
