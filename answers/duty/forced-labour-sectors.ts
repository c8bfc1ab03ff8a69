import type { ReferenceRow } from '../../db/reference.ts';
import { riskSectorData } from '../../transforms/reference/uflpa.ts';
import type { CoverageStatement, DutyQuestion } from '../../transforms/stacking/component.ts';
import type { LedgerView } from '../ledger-view.ts';
import { coverageOfSuppliers } from '../reference/reference-coverage.ts';
import type { RequirementNote } from './duty-data.ts';

export const SECTORS = 'us.uflpa-sectors';
const FAMILY = 'forced-labour-sectors';

/** Priority sectors of the Uyghur Forced Labor Prevention Act: an inferred risk beside the duty, never a duty. */
export function sectorNotes(rows: readonly ReferenceRow[]): RequirementNote[] {
  return rows.map((row) => {
    const { sector } = riskSectorData.parse(row.data);
    return {
      program: 'us.uflpa',
      kind: 'risk',
      level: 'inferred',
      text: `UFLPA high-priority sector (${sector}): goods made wholly or in part in Xinjiang, or by a listed entity, are presumed barred (19 U.S.C. 1307). Inferred from the tariff number.`,
      code: row.code ?? '',
      url: 'https://www.dhs.gov/uflpa-entity-list',
      needs_review: false,
    };
  });
}

/** For goods of China, whom the act concerns: that no sector is named says nothing while the source is missing. It bounds no duty. */
export function sectorCoverage(view: LedgerView, question: DutyQuestion): CoverageStatement[] {
  if (question.origin !== 'CN') return [];
  const { as_of, known_at } = question;
  return coverageOfSuppliers(view, [{ source: SECTORS, families: [FAMILY] }], { as_of, known_at });
}
