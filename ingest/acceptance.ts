import type { Finding } from './expect.ts';

/** Which violated expectations of which edition are published all the same, and why: kept with the run. */
export interface Acceptance {
  /** Label of the one edition meant. */
  edition: string;
  /** Codes of findings ('mass-change'); whatever else it violates holds the edition back. */
  expectations: readonly string[];
  reason: string;
}

/** A bare reason covers every edition of the run: for who loads a history with holes on purpose. Commands always name one. */
export type Accept = Acceptance | string | null;

/** What was accepted and why, as it stands in `run.accepted`. */
export function acceptanceText(accept: Accept): string | null {
  if (accept === null || typeof accept === 'string') return accept;
  return `${accept.edition}=${accept.expectations.join(',')}: ${accept.reason}`;
}

/** Findings that hold the edition back, those that are accepted, and expectations that were accepted without having been violated. */
export function judged(
  accept: Accept,
  edition: string,
  found: readonly Finding[],
): { held: Finding[]; accepted: Finding[]; unused: string[] } {
  if (typeof accept === 'string') return { held: [], accepted: [...found], unused: [] };
  const codes = accept?.edition === edition ? accept.expectations : [];
  return {
    held: found.filter(({ code }) => !codes.includes(code)),
    accepted: found.filter(({ code }) => codes.includes(code)),
    unused: codes.filter((code) => !found.some((finding) => finding.code === code)),
  };
}

/** The acceptance names an edition that the run does not take: nothing was done. */
export class EditionNotOfRun extends Error {
  override name = 'EditionNotOfRun';

  constructor(edition: string, labels: readonly string[]) {
    const taken = labels.length === 0 ? 'it takes none' : `it takes ${labels.join(', ')}`;
    super(`--accept names edition '${edition}', which this run does not take: ${taken}`);
  }
}

/** Throws EditionNotOfRun. */
export function assertOfRun(accept: Accept, labels: readonly string[]): void {
  if (accept !== null && typeof accept !== 'string' && !labels.includes(accept.edition))
    throw new EditionNotOfRun(accept.edition, labels);
}
