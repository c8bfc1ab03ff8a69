import { readDutyRows } from '../../db/duty-rows.ts';
import type { MeasureRow } from '../../db/line-rows.ts';
import type { ReferenceRow } from '../../db/reference.ts';
import { readTopicRows } from '../../db/topic-rows.ts';
import { formatCode, prefixes, significantDigits } from '../../transforms/code.ts';
import type { MeasureCondition } from '../../transforms/records.ts';
import { type ReleaseNames, requirementOf } from '../../transforms/requirements/from-measure.ts';
import { regimeOf, SURCHARGES } from '../../transforms/requirements/regime.ts';
import type { Exposure } from '../../transforms/risk/assess.ts';
import { coversOrigin } from '../../transforms/stacking/taric/areas.ts';
import { coverageOf } from '../coverage.ts';
import type { AnswerDraft } from '../draft.ts';
import { type EuropeanDutyDeps, europeanTariff } from '../duty/european.ts';
import { areasOf } from '../duty/european-tables.ts';
import { undatedGroups } from '../duty/undated-groups.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import { orMoved } from '../ledger-moved.ts';
import { type LedgerView, readAt } from '../ledger-view.ts';
import { answering, releasesKnown } from '../moment.ts';
import { Problem } from '../problem.ts';
import { type UnlistedCode, unlistedCode } from '../unlisted-code.ts';
import { declaredRegimes } from './declared-regimes.ts';
import type { AnswerPart, RequirementsFound, RequirementsQuestion } from './requirements-data.ts';

/** Who declares what no measure at hand states. */
const REGIMES = { eu: 'eu.regimes', gb: 'gb.regimes' } as const;

/** Requirements of a European tariff on a code from an origin. Throws Problem not-loaded, not-known-yet, not-covered-at-date, code-not-found. */
export async function europeanRequirements(
  deps: EuropeanDutyDeps,
  digits: string,
  question: RequirementsQuestion,
): Promise<AnswerDraft<RequirementsFound>> {
  const { tariff, source, areas: areaSources } = europeanTariff(question.destination);
  const code = digits.length >= 8 ? significantDigits(digits) : digits;
  const { as_of, known_at } = question;
  const read = async (now: LedgerView) => {
    requireLoaded(now, source);
    const { newest } = answering(now, source, question);
    const span = { from: as_of, to: as_of, known: known_at };
    const tables = await deps.european.tables(now, areaSources, known_at);
    const reading = await readDutyRows(deps.database, {
      source,
      code,
      prefixes: prefixes(code),
      below: false,
      ...span,
    });
    const certificates = certificatesOf(reading.measures);
    const documents = await readTopicRows(deps.database, { topics: ['certificate'], subjects: certificates, ...span });
    const scopes = await readTopicRows(deps.database, { topics: ['regime-scope'], codes: prefixes(digits), ...span });
    const names: ReleaseNames = { measureTypes: tables.typeNames, documents: documentNames(documents.rows, source) };
    const declarable = reading.lines.some((line) => line.code === code && line.declarable);
    const asked = { source, code, as_of, known_at };
    const unlisted = declarable ? null : await unlistedCode(deps.database, now, asked);
    const listed = reading.lines.some((line) => line.code === code) || unlisted !== null;
    if (!listed && !(await hasLinesBelow(deps, { ...asked, span }))) {
      // Controls of the lines above are about other goods than a number that does not exist.
      throw new Problem('code-not-found', `${formatCode(digits)} has no line at or below it on ${as_of}.`);
    }
    return {
      version: scopes.version,
      reading,
      declarable: unlisted ? null : declarable,
      unlisted,
      newest,
      names,
      tables,
      scopes: scopes.rows,
    };
  };
  type Read = Awaited<ReturnType<typeof read>>;
  const { view, result } = await readAt<Read | { version: -1 }>(deps.views, (now) => orMoved(() => read(now)));
  if (!('reading' in result)) throw new Error('a reading of another version was accepted');
  const { reading, declarable, unlisted, names, tables, scopes, newest } = result;
  const areas = areasOf(tables, as_of);
  const found: RequirementsFound = { declarable, parts: [], requirements: [], exposures: [] };
  const unsure = new Set<string>();
  for (const row of reading.measures) {
    const verdict = coversOrigin(row, question.origin, areas);
    if (verdict.covers === false) continue;
    // Conditions were written by our own sources and are read back as JSON.
    const measure = { ...row, conditions: row.conditions as MeasureCondition[] };
    const requirement = requirementOf(measure, names);
    const exposure = exposureOf(row, names);
    if (verdict.covers === null && (requirement || exposure)) unsure.add(verdict.unknown);
    const note = verdict.covers === null ? [`whether ${verdict.unknown} includes ${question.origin} is not known`] : [];
    if (requirement) found.requirements.push({ ...requirement, notes: [...requirement.notes, ...note] });
    if (exposure) found.exposures.push(exposure);
  }
  const declarer = REGIMES[tariff];
  // What a measure states about the goods stands; an inference of the same regime would only repeat it with less authority.
  const stated = new Set(found.requirements.flatMap((each) => (each.direction === 'import' ? [each.regime] : [])));
  const regimes = declaredRegimes(scopes, declarer, digits, question.origin).filter(
    ({ regime }) => !stated.has(regime),
  );
  found.requirements.push(...regimes);
  const coverage = mergeCoverage(coverageOf(view, source, question), ['controls']);
  const held = releasesKnown(view, declarer, known_at).length > 0;
  const ofOneDay = undatedGroups(reading.measures, tables.undated, view, { as_of, known_at, facts: {} });
  found.parts = [
    measuresPart({ declarable, unlisted }, unsure, coverage),
    { part: 'regimes', available: held, reason: held ? null : `no release of ${declarer} is loaded` },
  ];
  return {
    view,
    data: found,
    cites: [
      newest.release_id,
      ...reading.measures.map((row) => row.stated_by),
      ...regimes.map(({ release }) => release),
    ],
    coverage: [
      ...coverage,
      ...(ofOneDay ? [ofOneDay.statement] : []),
      ...(held ? coverageOf(view, declarer, question) : []),
    ],
  };
}

function requireLoaded(view: LedgerView, source: string): void {
  if (view.releases.some((release) => release.source_id === source)) return;
  throw new Problem('not-loaded', `No release of ${source} is loaded: nothing can be said about its requirements.`);
}

async function hasLinesBelow(
  deps: EuropeanDutyDeps,
  { source, code, span }: { source: string; code: string; span: { from: string; to: string; known: string | null } },
): Promise<boolean> {
  const { lines } = await readDutyRows(deps.database, { source, code, prefixes: [], below: true, ...span });
  return lines.some((line) => line.code?.startsWith(code) === true);
}

function certificatesOf(measures: readonly MeasureRow[]): string[] {
  const codes = measures.flatMap((row) =>
    (row.conditions as MeasureCondition[]).flatMap(({ certificate }) => certificate ?? []),
  );
  return [...new Set(codes)];
}

/** Names in English where there is one: what the rest of an answer is in. */
function documentNames(rows: readonly ReferenceRow[], source: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const row of rows) {
    if (row.source_id !== source || row.subject === null) continue;
    if (row.data['language'] === 'EN' || !names.has(row.subject))
      names.set(row.subject, String(row.data['description'] ?? ''));
  }
  return names;
}

function measuresPart(
  { declarable, unlisted }: { declarable: boolean | null; unlisted: UnlistedCode | null },
  unsure: ReadonlySet<string>,
  coverage: AnswerDraft<unknown>['coverage'],
): AnswerPart {
  const controls = coverage.find(({ family }) => family === 'controls');
  const reasons = [
    ...(controls === undefined ? ['no release that covers controls is loaded'] : []),
    ...(controls !== undefined && controls.status !== 'covered'
      ? [controls.reason ?? 'controls are covered in part']
      : []),
    ...(unlisted ? [unlisted.message] : []),
    ...(declarable !== false ? [] : ['the code is not declarable: what stands on lines below it is not listed']),
    ...[...unsure].map((area) => `the members of ${area} are not known`),
  ];
  return {
    part: 'measures',
    available: controls !== undefined,
    reason: reasons.length === 0 ? null : reasons.join('; '),
  };
}

/** An additional duty or a quota on the goods: cost or a thing to watch. */
function exposureOf(
  row: {
    measure_type: string;
    code: string;
    duty_expression: string | null;
    quota_order_number: string | null;
    stated_by: number;
  },
  names: ReleaseNames,
): Exposure | null {
  const name = names.measureTypes.get(row.measure_type) ?? null;
  const regime = regimeOf(name);
  const title = name ?? `Measure type ${row.measure_type}`;
  const common = { regime, code: row.code, authority: 'authoritative' as const, release: row.stated_by };
  if (SURCHARGES.has(regime)) {
    return {
      ...common,
      kind: 'surcharge',
      text: [title, row.duty_expression].filter((part) => part !== null).join(': '),
    };
  }
  if (row.quota_order_number === null) return null;
  return { ...common, kind: 'quota', regime: 'quota', text: `${title} ${row.quota_order_number}` };
}
