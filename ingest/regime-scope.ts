import type { PlainDate } from '../transforms/dates.ts';
import { regimeScopeData, type RegimeScopeData } from '../transforms/reference/regime-scope.ts';
import type { DeclaredFact } from './declaration.ts';

export interface Scope {
  regime: string;
  title: string;
  /** Distinguishes periods of one regime in the natural key. */
  period: string;
  inScope: readonly string[];
  /** Codes that the annex prints with 'ex'. */
  partly?: readonly string[];
  excluded?: readonly string[];
  obligations: readonly string[];
  excludedOrigins?: readonly string[];
  /** Only goods of these origins. */
  origins?: readonly string[];
  /** 'restriction': the goods enter only under a licence. */
  kind?: RegimeScopeData['kind'];
  /** 'authoritative' where the act speaks of all goods of the origins. */
  authority?: RegimeScopeData['authority'];
  citation: string;
  url: string;
  from: PlainDate;
  to: PlainDate | null;
  /** Publication of the act that says so, and of the one that says otherwise. */
  known_from: PlainDate;
  known_to: PlainDate | null;
}

/** One fact per prefix of the scope. Lists of goods were taken from summaries of the acts: `unverified`. */
export function scopeFacts(scope: Scope): DeclaredFact[] {
  const entries: [string, RegimeScopeData['effect'], boolean][] = [
    ...scope.inScope.map((code): [string, 'in_scope', boolean] => [code, 'in_scope', false]),
    ...(scope.partly ?? []).map((code): [string, 'in_scope', boolean] => [code, 'in_scope', true]),
    ...(scope.excluded ?? []).map((code): [string, 'excluded', boolean] => [code, 'excluded', false]),
  ];
  return entries.map(([code, effect, partly]) => ({
    record: {
      kind: 'reference' as const,
      natural_key: `${scope.regime}:${scope.period}:${code}`,
      topic: 'regime-scope',
      code,
      subject: scope.regime,
      data: regimeScopeData.parse({
        regime: scope.regime,
        title: scope.title,
        effect,
        partly,
        obligations: scope.obligations,
        excluded_origins: scope.excludedOrigins ?? [],
        origins: scope.origins ?? null,
        kind: scope.kind ?? 'control',
        citation: scope.citation,
        url: scope.url,
        authority: scope.authority ?? 'inferred',
        unverified: scope.authority !== 'authoritative',
      }),
      valid_from: scope.from,
      valid_to: scope.to,
    },
    known_from: scope.known_from,
    known_to: scope.known_to,
  }));
}

/** '7601 7603-7614' as single headings. */
export function codes(text: string): string[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((part) => {
      const [first = '', last] = part.split('-');
      if (last === undefined) return [first];
      return Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) =>
        String(Number(first) + step).padStart(first.length, '0'),
      );
    });
}

/** Every chapter of the Harmonized System: the scope of an act that speaks of all goods. */
export const ALL_CHAPTERS: readonly string[] = Array.from({ length: 97 }, (_, at) =>
  String(at + 1).padStart(2, '0'),
).filter((chapter) => chapter !== '77');
