/** One row of the Meursing tables: EUR per 100 kg net for an additional code of type 7 (EU Regulation 510/2014, annexes). */
export interface MeursingRow {
  /** 672 sugar (ADSZ), 673 flour (ADFM), 674 agricultural component (EA). */
  measure_type: '672' | '673' | '674';
  /** Three digits; a declared '7476' is additional code type 7, code 476. */
  additional_code: string;
  /** '1011', a country or a group. */
  geographical_area: string;
  /** 1 to 3; several rows of one area differ by it. */
  reduction_indicator: number;
  amount: string;
}

export interface MeursingQuery {
  /** '476' or '7476'. */
  additionalCode: string;
  /** Areas the origin belongs to, the country itself first, then its groups; '1011' need not be named. */
  areas: readonly string[];
  /** Which of an area's reductions the measure names; null when it names none. */
  reductionIndicator: number | null;
}

const TABLES = { EA: '674', ADSZ: '672', ADFM: '673' } as const;

/**
 * The amount of one Meursing component, EUR per 100 kg, or null. The plain forms (EA) are the erga omnes amounts; the R forms take
 * the first of `areas` with rows. An area with several reductions and none named gives null, not a guess; neither does a reduced
 * component fall back to the full one.
 */
export function meursingAmount(
  rows: readonly MeursingRow[],
  table: keyof typeof TABLES,
  reduced: boolean,
  query: MeursingQuery,
): string | null {
  const code = query.additionalCode.length === 4 ? query.additionalCode.slice(1) : query.additionalCode;
  const ofCode = rows.filter((row) => row.measure_type === TABLES[table] && row.additional_code === code);
  for (const area of reduced ? query.areas : ['1011']) {
    const ofArea = ofCode.filter((row) => row.geographical_area === area);
    if (ofArea.length === 0) continue;
    const chosen =
      reduced && query.reductionIndicator !== null
        ? ofArea.filter((row) => row.reduction_indicator === query.reductionIndicator)
        : ofArea;
    const amounts = [...new Set(chosen.map((row) => row.amount))];
    return amounts.length === 1 ? (amounts[0] ?? null) : null;
  }
  return null;
}

/** The lookup in the form evaluateDuty takes. */
export function meursingLookup(
  rows: readonly MeursingRow[],
  query: MeursingQuery,
): (table: keyof typeof TABLES, reduced: boolean) => string | null {
  return (table, reduced) => meursingAmount(rows, table, reduced, query);
}
