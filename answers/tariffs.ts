import type { LedgerView } from './ledger-view.ts';
import { Problem } from './problem.ts';

/**
 * Whose lines answer for a jurisdiction, best first; one source answers, never a union of two. `rateTypes` are the measure types that
 * make up the columns of a lookup; everything else about a duty is the business of the duty answer.
 */
export interface Tariff {
  jurisdiction: string;
  sources: readonly string[];
  columns: readonly { column: RateColumn; types: readonly string[] }[];
  /** Measures whose text is a supplementary unit; without them the units stand on the line. */
  unitTypes?: readonly string[];
  /** EU and GB pad codes to ten digits: trailing zero pairs carry no meaning. */
  padded: boolean;
  /** Columns of the tariff that its source does not give: an answer without them says why. */
  without?: readonly { family: string; reason: string }[];
}

export type RateColumn = 'general' | 'special' | 'column-2' | 'third-country';

// 103 third country duty, 105 non-preferential duty under end use (TARIC measure types; the UK tariff kept the numbers).
const EUROPEAN = [{ column: 'third-country', types: ['103', '105'] }] as const;

// 109 supplementary unit, 110 supplementary unit on import; 111 is for exports.
const EUROPEAN_UNITS = ['109', '110'] as const;

const TARIFFS: readonly Tariff[] = [
  {
    jurisdiction: 'US',
    sources: ['us.htsus'],
    columns: [
      { column: 'general', types: ['mfn'] },
      { column: 'special', types: ['preference'] },
      { column: 'column-2', types: ['column-2'] },
    ],
    padded: false,
  },
  { jurisdiction: 'EU', sources: ['eu.taric'], columns: EUROPEAN, unitTypes: EUROPEAN_UNITS, padded: true },
  { jurisdiction: 'GB', sources: ['gb.tariff'], columns: EUROPEAN, unitTypes: EUROPEAN_UNITS, padded: true },
  {
    jurisdiction: 'NO',
    sources: ['no.tolltariffen'],
    columns: [{ column: 'special', types: ['preference'] }],
    padded: false,
    without: [{ family: 'general', reason: 'ordinary duties are not in the open data of Norwegian Customs' }],
  },
  {
    jurisdiction: 'CA',
    sources: ['ca.tariff'],
    // The General Tariff is for countries without most-favoured-nation treatment: what column 2 is in the United States.
    columns: [
      { column: 'general', types: ['mfn'] },
      { column: 'special', types: ['preference'] },
      { column: 'column-2', types: ['general'] },
    ],
    padded: false,
  },
  // The Harmonized System itself: no jurisdiction, no rates.
  { jurisdiction: 'XX', sources: ['wco.hs'], columns: [], padded: false },
];

export const JURISDICTIONS: readonly string[] = TARIFFS.map(({ jurisdiction }) => jurisdiction);

/** The tariff of a jurisdiction and the source that answers for it. Throws a Problem when the jurisdiction is unknown or not loaded. */
export function tariffOf(view: LedgerView, jurisdiction: string): { tariff: Tariff; source: string } {
  const tariff = TARIFFS.find((candidate) => candidate.jurisdiction === jurisdiction);
  if (!tariff) {
    throw new Problem('invalid-request', `There is no tariff of ${jurisdiction} here.`, {
      errors: [{ field: 'jurisdiction', message: `one of ${JURISDICTIONS.join(', ')}` }],
    });
  }
  const source = tariff.sources.find((id) => view.releases.some((release) => release.source_id === id));
  if (source === undefined) {
    throw new Problem(
      'not-loaded',
      `No release of ${tariff.sources.join(' or ')} is loaded, so nothing can be said about ${jurisdiction}.`,
      {
        extra: { sources: tariff.sources },
      },
    );
  }
  return { tariff, source };
}
