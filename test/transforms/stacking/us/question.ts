import { programmesKnownOn } from '../../../../ingest/sources/us-programmes.ts';
import type { DutyExpression } from '../../../../transforms/duty/expression.ts';
import type { DutyComponent, DutyQuestion } from '../../../../transforms/stacking/component.ts';
import type { ProgrammeRow } from '../../../../transforms/stacking/programme.ts';
import type { ListHit, UsStackingInput, UsStackingResult } from '../../../../transforms/stacking/us/input.ts';
import { stackUs } from '../../../../transforms/stacking/us/stack-us.ts';

/** Hand-written goods: a line with its rates, its footnotes and the lists it is on. */
export interface Goods {
  code: string;
  general?: string | DutyExpression;
  column2?: string;
  /** Symbols of a free special rate. */
  special?: string[];
  footnotes?: string[];
  /** List ids, or hits with data. */
  on?: (string | { list: string; data: Record<string, unknown>; code?: string })[];
  /** Lists the ledger does not hold. */
  missing?: string[];
}

export interface Entry {
  origin: string;
  as_of: string;
  known?: string;
  facts?: DutyQuestion['facts'];
  value?: string;
  quantities?: DutyQuestion['quantities'];
}

const percent = (rate: string | DutyExpression): DutyExpression =>
  typeof rate !== 'string' ? rate : rate === '0' ? { op: 'free' } : { op: 'ad_valorem', rate };

function inputFor(goods: Goods, entry: Entry): UsStackingInput {
  const cell = (duty: DutyExpression, programmes: string[] = []) => ({
    code: goods.code,
    expression: 'as printed',
    duty,
    programmes,
    legal_base: null,
    valid_from: '2025-01-01',
    valid_to: null,
    source: null,
  });
  const hits: ListHit[] = (goods.on ?? []).map((hit) =>
    typeof hit === 'string' ? { list: hit, code: goods.code, data: {} } : { code: goods.code, ...hit },
  );
  const programmes: ProgrammeRow[] = programmesKnownOn(entry.known ?? '2026-11-20')
    .filter((row) => row.valid_from <= entry.as_of && (row.valid_to === null || entry.as_of < row.valid_to))
    .map((row) => ({ ...row.data, valid_from: row.valid_from, valid_to: row.valid_to, source: null }));
  return {
    question: {
      code: goods.code,
      destination: 'US',
      origin: entry.origin,
      as_of: entry.as_of,
      known_at: null,
      customs_value: entry.value === undefined ? null : { amount: entry.value, currency: 'USD' },
      quantities: entry.quantities ?? [],
      transport_mode: null,
      facts: entry.facts ?? {},
    },
    base: {
      code: goods.code,
      general: cell(percent(goods.general ?? '0')),
      special: goods.special ? [cell({ op: 'free' }, goods.special)] : [],
      column2: cell(percent(goods.column2 ?? '0.35')),
    },
    footnotes: (goods.footnotes ?? []).map((heading) => ({
      heading: heading.replaceAll('.', ''),
      columns: ['general'],
      code: goods.code,
    })),
    programmes,
    lists: { hits, loaded: loadedBut(goods.missing ?? []) },
  };
}

/** A ledger that holds every list but some. */
function loadedBut(missing: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  return Object.assign(all, { has: (list: string) => !missing.includes(list) });
}

export const answer = (goods: Goods, entry: Entry): UsStackingResult => stackUs(inputFor(goods, entry));

/** Applied headings with their rates: { '9903.88.15': '0.075' }; the base under 'base'. */
export function applied(result: UsStackingResult): Record<string, string | null> {
  return Object.fromEntries(
    result.components
      .filter((part) => part.status === 'applied')
      .map((part) => [
        part.effect === 'base' && part.heading === null ? 'base' : (part.heading ?? part.program),
        part.rate,
      ]),
  );
}

export function find(result: UsStackingResult, heading: string): DutyComponent {
  const part = result.components.find((candidate) => candidate.heading === heading);
  if (!part)
    throw new Error(
      `no component ${heading}: ${result.components.map((one) => one.heading ?? one.program).join(', ')}`,
    );
  return part;
}
