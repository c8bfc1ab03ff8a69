import type { Database } from '../db/connect.ts';
import { declarableSpan } from '../db/state-lines.ts';
import { retrieve } from '../transforms/classify/tariff-index.ts';
import { formatCode } from '../transforms/code.ts';
import type { DatedLink } from '../transforms/lineage/line.ts';
import type { Finding, ValidationInput } from '../transforms/validate/finding.ts';
import { validate as judge, type Verdict } from '../transforms/validate/rules.ts';
import { coverageOf } from './coverage.ts';
import type { AnswerDraft } from './draft.ts';
import type { DutyDeps } from './duty/answer-duty.ts';
import { tariffHere } from './duty/question.ts';
import { mergeCoverage } from './merged-coverage.ts';
import { type LedgerView, readAt } from './ledger-view.ts';
import { orMoved } from './ledger-moved.ts';
import { codeLineage, type Lineage } from './lineage.ts';
import { answering, type Moment } from './moment.ts';
import { Problem } from './problem.ts';
import { requirements } from './requirements.ts';
import type { RequirementsData } from './requirements/requirements-data.ts';
import { unlistedCode } from './unlisted-code.ts';
import type { TariffState, TariffStates } from './validate/tariff-state.ts';
import { matchedLine, nearestCodes, typedCode, withLeadingZero } from './validate/typed-code.ts';

export interface ValidateQuestion extends Moment {
  code: string;
  destination: string;
  origin: string | null;
  description: string | null;
  declared_value: { amount: string; currency: string } | null;
}

export interface ValidateData {
  code: string;
  formatted: string | null;
  destination: string;
  origin: string | null;
  verdict: Verdict;
  /** False when a rule could not be evaluated. */
  complete: boolean;
  /** The line of the destination's tariff at the code, or the nearest one above it; null when nothing from the heading on is known. */
  matched: { code: string; formatted: string; declarable: boolean; path: string[] } | null;
  findings: Finding[];
}

export interface ValidateDeps extends DutyDeps {
  database: Database;
  lineage: Lineage;
  tariffStates: TariffStates;
  hotRequirements: HotRequirements;
}

/** Requirements of one code, destination, origin and moment, as the answer of GET /requirements has them. */
export type HotRequirements = (
  deps: DutyDeps,
  view: LedgerView,
  question: Parameters<typeof requirements>[1],
) => Promise<AnswerDraft<RequirementsData>>;

/** Requirements follow from question and version: the newest few thousand are kept, since declarations repeat. */
export function openHotRequirements(): HotRequirements {
  const kept = new Map<string, Promise<AnswerDraft<RequirementsData>>>();
  return (deps, view, question) => {
    const { code, destination, origin, as_of, known_at } = question;
    const key = [view.version, code, destination, origin, as_of, known_at ?? ''].join('|');
    const held = kept.get(key);
    if (held) return held;
    const answering = requirements(deps, question);
    if (kept.size >= 4096) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, answering);
    answering.catch(() => kept.delete(key));
    return answering;
  };
}

/** Parts of the requirements that the two rules about them rest on. */
const TRAP_PARTS = ['duty-programmes', 'antidumping-orders', 'measures', 'regimes', 'forced-labour-sectors'];
const DOCUMENT_PARTS = ['agency-flags', 'measures', 'regimes'];

const NOT_DECLARABLE = 'The code cannot be declared there: measures of the right one may differ.';
const noTariff = ({ destination, as_of }: ValidateQuestion) => `No tariff of ${destination} is held for ${as_of}.`;

const HS = 'wco.hs';
const NO_TARIFF = { source: null, padded: false } as const;

/**
 * Judges a code for a destination on a date, rule by rule. Everything that was asked is an answer, also a text that is no code; what
 * cannot be evaluated says so. The ledger's lines are in memory after the first question of a version and date.
 */
export async function validateCode(deps: ValidateDeps, question: ValidateQuestion): Promise<AnswerDraft<ValidateData>> {
  const { view, result } = await readAt<Read | { version: -1 }>(deps.views, (now) =>
    orMoved(() => input(deps, now, question)),
  );
  if (!('input' in result)) throw new Error('a reading of another version was accepted');
  const { input: given, cites, coverage } = result;
  const judged = judge(given);
  return {
    view,
    data: {
      code: given.digits ?? question.code,
      formatted: given.digits === null ? null : formatCode(given.digits),
      destination: question.destination,
      origin: question.origin,
      ...judged,
      matched: result.matched,
    },
    cites,
    coverage,
  };
}

interface Read {
  version: number;
  matched: ValidateData['matched'];
  input: ValidationInput;
  cites: number[];
  coverage: Statements;
}

async function input(deps: ValidateDeps, view: LedgerView, question: ValidateQuestion): Promise<Read> {
  const { source, padded } = tariffSource(view, question);
  const { digits, national, key: code } = typedCode(question.code, question.destination, padded);
  const cites: number[] = [];
  const known = { known: question.known_at };

  const state = source === null ? null : await deps.tariffStates(view, source, question);
  const behind = source === null ? null : reasonOf(coverageOf(view, source, question));
  let tariff: ValidationInput['tariff'] = null;
  if (state !== null && source !== null && code !== null) {
    const line = state.lines.get(code) ?? null;
    const below = state.below.get(code) ?? { count: 0, digits: 0 };
    if (line !== null) cites.push(line.release);
    const ended = line?.declarable !== true && below.count === 0;
    const span = ended ? await declarableSpan(deps.database, { source, code, ...known }) : null;
    const lineage = await codeLineage(deps.lineage, { view, source, code, knownAt: question.known_at });
    if (lineage.replaced_by.length > 0) cites.push(...lineage.cites);
    const asked = { source, code, as_of: question.as_of, known_at: question.known_at };
    const unlisted = padded && ended && span === null ? await unlistedCode(deps.database, view, asked) : null;
    const digitsNeeded = padded ? 10 : below.digits;
    // As they are declared: '0810.50' is no code that a declaration takes.
    const replaced_by = inForce(lineage.replaced_by, state).map((link) =>
      padded ? { ...link, to: link.to.padEnd(10, '0') } : link,
    );
    tariff = { line, below: below.count, digits: digitsNeeded, span, unlisted, replaced_by, nearest: [], behind };
    if (ended && unlisted === null && replaced_by.length === 0) tariff.nearest = nearestCodes(state, code, padded);
  }
  const mayBeDeclared = tariff !== null && (tariff.line?.declarable === true || tariff.unlisted !== null);
  const asked = await requirementsOf(deps, view, question, {
    code,
    closed: state === null ? noTariff(question) : mayBeDeclared ? null : NOT_DECLARABLE,
  });
  return {
    // The parts that are kept in memory were read at this version; the draft of the requirements may be of a later one.
    version: asked.version,
    matched: state === null || code === null ? null : matchedLine(state, code),
    input: {
      text: question.code,
      digits,
      national,
      leading_zero: state === null || digits === null ? null : withLeadingZero(state, digits, padded),
      destination: question.destination,
      origin: question.origin,
      as_of: question.as_of,
      description: question.description,
      declared_value: question.declared_value,
      hs6_active: await hs6Active(deps, view, question, digits),
      tariff:
        state === null
          ? null
          : (tariff ?? {
              line: null,
              below: 0,
              digits: 0,
              span: null,
              unlisted: null,
              replaced_by: [],
              nearest: [],
              behind,
            }),
      retrieval: state === null || question.description === null ? null : retrieve(state.index, question.description),
      requirements: asked.found,
    },
    cites: [...cites, ...asked.cites],
    coverage: coverageOfBoth(source === null ? NONE : coverageOf(view, source, question), asked.coverage),
  };
}

type Statements = AnswerDraft<unknown>['coverage'];

/** The schedule of the United States states its lines with their general rates. */
const LINES: ReadonlySet<string> = new Set(['nomenclature', 'general']);

/** Why the lines of a tariff may not be those of the date; null when they are. */
const reasonOf = (coverage: Statements): string | null =>
  coverage.find(({ family }) => LINES.has(family))?.reason ?? null;

const NONE: Statements = [];
const merged = new WeakMap<Statements, WeakMap<Statements, Statements>>();

/** The same array for the same two: what is rendered from it is kept with it (meta.ts). */
function coverageOfBoth(tariff: Statements, asked: Statements): Statements {
  const held = merged.get(tariff) ?? new WeakMap<Statements, Statements>();
  merged.set(tariff, held);
  const found = held.get(asked) ?? mergeCoverage([...tariff, ...asked], []);
  held.set(asked, found);
  return found;
}

/** Links to codes that can be declared on the date; all of them where none can: what took over may have ended in its turn. */
function inForce(links: readonly DatedLink[], state: TariffState): readonly DatedLink[] {
  const standing = links.filter(({ to }) => state.lines.get(to)?.declarable === true);
  return standing.length === 0 ? links : standing;
}

/** The source of the destination's lines; null when there is none or it does not speak of the date: rules then say so. */
function tariffSource(view: LedgerView, question: ValidateQuestion): { source: string | null; padded: boolean } {
  const { destination } = question;
  const tariff = destination === 'NO' || destination === 'CA' ? destination : tariffHere(destination);
  if (tariff === null) return NO_TARIFF;
  const source = SOURCE_OF[tariff];
  if (!speaksOf(view, source, question)) return NO_TARIFF;
  return { source, padded: tariff === 'EU' || tariff === 'GB' || tariff === 'XI' };
}

/** Whether a source is loaded and has published about the moment. */
function speaksOf(view: LedgerView, source: string, moment: Moment): boolean {
  if (!view.releases.some((release) => release.source_id === source)) return false;
  try {
    answering(view, source, moment);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

const SOURCE_OF = {
  US: 'us.htsus',
  EU: 'eu.taric',
  XI: 'eu.taric',
  GB: 'gb.tariff',
  NO: 'no.tolltariffen',
  CA: 'ca.tariff',
} as const;

async function hs6Active(
  deps: ValidateDeps,
  view: LedgerView,
  question: ValidateQuestion,
  digits: string | null,
): Promise<boolean | null> {
  if (digits === null || digits.length < 6) return null;
  if (!speaksOf(view, HS, question)) return null;
  // Past the day on which the next edition enters into force the one at hand says nothing: subheadings end with it.
  if (reasonOf(coverageOf(view, HS, question)) !== null) return null;
  const state = await deps.tariffStates(view, HS, question);
  return state.lines.has(digits.slice(0, 6));
}

async function requirementsOf(
  deps: ValidateDeps,
  view: LedgerView,
  question: ValidateQuestion,
  { code, closed }: { code: string | null; closed: string | null },
): Promise<{
  version: number;
  found: ValidationInput['requirements'];
  cites: number[];
  coverage: Statements;
}> {
  const { destination, origin, as_of, known_at } = question;
  if (origin === null) return { version: view.version, found: null, cites: [], coverage: NONE };
  const noCode = code === null || code.length < 4 || code.length > 10;
  if (noCode || closed !== null) {
    const reason = noCode ? 'There is no code that measures could be looked for.' : (closed ?? '');
    return {
      version: view.version,
      found: { available: false, reason, list: [], exposures: [], open: { traps: [], documents: [] } },
      cites: [],
      coverage: NONE,
    };
  }
  const draft = await deps.hotRequirements(deps, view, { code, destination, origin, as_of, known_at });
  const { available, reason, requirements: list, exposures, parts } = draft.data;
  const openIn = (names: readonly string[]) =>
    parts.flatMap((part) =>
      names.includes(part.part) && part.reason !== null ? [`${part.part}: ${part.reason}`] : [],
    );
  const open = { traps: openIn(TRAP_PARTS), documents: openIn(DOCUMENT_PARTS) };
  return {
    version: draft.view.version,
    found: { available, reason, list, exposures, open },
    cites: [...draft.cites],
    coverage: draft.coverage,
  };
}
