import { readTopicRows } from '../../db/topic-rows.ts';
import { prefixes } from '../../transforms/code.ts';
import type { DutyComponent } from '../../transforms/stacking/component.ts';
import { riskSectorData } from '../../transforms/reference/uflpa.ts';
import { pgaRequirements } from '../../transforms/requirements/pga.ts';
import type { Requirement } from '../../transforms/requirements/requirement.ts';
import type { Exposure } from '../../transforms/risk/assess.ts';
import { coverageOf } from '../coverage.ts';
import type { AnswerDraft } from '../draft.ts';
import type { DutyData } from '../duty/duty-data.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import { SECTORS } from '../duty/forced-labour-sectors.ts';
import { type UsDutyDeps, usDutyAnswer } from '../duty/us-answer.ts';
import { releasesKnown } from '../moment.ts';
import { Problem } from '../problem.ts';
import { ordersAnswer } from '../reference/orders.ts';
import { pgaFlagsAnswer } from '../reference/pga-flags.ts';
import { declaredRegimes } from './declared-regimes.ts';
import type { AnswerPart, RequirementsFound, RequirementsQuestion } from './requirements-data.ts';

const REGIMES = 'us.regimes';

/**
 * Requirements of the United States: flags of the agencies, bans and programmes of the duty answer, candidate orders, sectors of the
 * UFLPA strategy, embargoes and declared regimes. A part that cannot be told is named with its reason and does not keep the others back.
 * Throws Problem code-not-found.
 */
export async function usRequirements(
  deps: UsDutyDeps,
  code: string,
  question: RequirementsQuestion,
): Promise<AnswerDraft<RequirementsFound>> {
  const { as_of, known_at, origin } = question;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const view = await deps.views.current();
    const duty = await part('duty-programmes', () =>
      usDutyAnswer(deps, {
        code,
        destination: 'US',
        origin,
        as_of,
        known_at,
        customs_value: null,
        quantities: [],
        transport_mode: null,
        facts: {},
      }),
    );
    const flags = await part('agency-flags', () => pgaFlagsAnswer(deps, { code, as_of, known_at }));
    const orders = await part('antidumping-orders', () => ordersAnswer(deps, { code, origin, as_of, known_at }));
    const span = { from: as_of, to: as_of, known: known_at };
    const sectors = await readTopicRows(deps.database, {
      topics: ['risk-sector'],
      codes: prefixes(code),
      subjects: [origin],
      ...span,
    });
    const scopes = await readTopicRows(deps.database, { topics: ['regime-scope'], codes: prefixes(code), ...span });
    const versions = [duty.draft, flags.draft, orders.draft].flatMap((draft) => draft?.view.version ?? []);
    // Parts of one answer are of one version of the ledger.
    versions.push(sectors.version ?? 0, scopes.version ?? 0);
    if (versions.some((version) => version !== view.version)) {
      await deps.views.refresh();
      continue;
    }
    const held = releasesKnown(view, SECTORS, known_at).length > 0;
    const sectorRequirements = sectors.rows.map((row): Requirement => {
      const data = riskSectorData.parse(row.data);
      return sectorRequirement(data, row.code ?? '', row.stated_by, row.valid_from, row.valid_to);
    });
    const regimes = declaredRegimes(scopes.rows, REGIMES, code, origin);
    const regimesHeld = releasesKnown(view, REGIMES, known_at).length > 0;
    const requirements = [
      ...pgaRequirements(flags.draft?.data.flags ?? []),
      ...(duty.draft ? bans(duty.draft.data) : []),
      ...sectorRequirements,
      ...regimes,
    ];
    const data: RequirementsFound = {
      declarable: duty.draft?.data.declarable ?? false,
      parts: [
        duty.part,
        flags.draft ? { part: 'agency-flags', available: true, reason: flags.draft.data.absence_reason } : flags.part,
        orders.draft && orders.draft.data.absence_means === 'unknown'
          ? {
              ...orders.part,
              reason: unknownOrders(orders.draft.data.unchecked_orders_for_country, orders.draft.coverage),
            }
          : orders.part,
        {
          part: 'forced-labour-sectors',
          available: held,
          reason: held ? null : 'no release of us.uflpa-sectors is loaded',
        },
        {
          part: 'regimes',
          available: regimesHeld,
          reason: regimesHeld ? null : 'no release of us.regimes is loaded',
        },
      ],
      requirements,
      exposures: [
        ...(duty.draft ? duty.draft.data.components.flatMap(surcharge) : []),
        ...(orders.draft?.data.candidates ?? []).map((order): Exposure => ({
          kind: 'surcharge',
          text: `${order.kind} ${order.case_number} may cover the goods: ${order.product ?? ''}`,
          regime: order.kind === 'CVD' ? 'countervailing' : 'antidumping',
          code: order.matched_codes[0] ?? code,
          // The scope text decides, the number is for convenience.
          authority: 'inferred',
          release: order.release,
        })),
      ],
    };
    const drafts = [duty.draft, flags.draft, orders.draft].filter((draft) => draft !== null);
    return {
      view,
      data,
      cites: [
        ...drafts.flatMap(({ cites }) => [...cites]),
        ...sectors.rows.map((row) => row.stated_by),
        ...regimes.map(({ release }) => release),
      ],
      coverage: mergeCoverage(
        [
          ...drafts.flatMap(({ coverage }) => coverage),
          ...(held ? coverageOf(view, SECTORS, question) : []),
          ...(regimesHeld ? coverageOf(view, REGIMES, question) : []),
        ],
        [],
      ),
    };
  }
  throw new Error('the ledger changed under three readings in a row');
}

async function part<Data>(
  name: string,
  ask: () => Promise<AnswerDraft<Data>>,
): Promise<{ part: AnswerPart; draft: AnswerDraft<Data> | null }> {
  try {
    return { part: { part: name, available: true, reason: null }, draft: await ask() };
  } catch (error) {
    // A code that does not exist is no question for the other parts either.
    if (!(error instanceof Problem) || error.code === 'code-not-found') throw error;
    return { part: { part: name, available: false, reason: error.message }, draft: null };
  }
}

function unknownOrders(unchecked: number, coverage: AnswerDraft<unknown>['coverage']): string {
  const reasons = coverage.flatMap(({ reason }) => reason ?? []);
  const open = unchecked > 0 ? [`${unchecked} orders on goods of this origin have no tariff number to compare`] : [];
  return [...new Set([...open, ...reasons])].join('; ') || 'the orders are not all held';
}

function sectorRequirement(
  data: ReturnType<typeof riskSectorData.parse>,
  code: string,
  release: number,
  valid_from: string,
  valid_to: string | null,
): Requirement {
  return {
    kind: 'control',
    regime: 'forced-labour',
    title: `UFLPA priority sector: ${data.sector}`,
    direction: 'import',
    blocking: false,
    groups: [],
    measure_type: null,
    code,
    area: null,
    authority: 'inferred',
    notes: [
      data.note,
      'goods made wholly or in part in Xinjiang or by a listed entity are presumed barred: keep evidence of the supply chain',
    ],
    legal_base: { citation: `19 U.S.C. 1307; ${data.citation}`, url: 'https://www.dhs.gov/uflpa-strategy' },
    valid_from,
    valid_to,
    release,
  };
}

/** Bans of the duty answer; the sectors it mentions are requirements of their own. */
function bans({ requirements, components, code }: DutyData): Requirement[] {
  const release = components.find((component) => component.source !== null)?.source?.release;
  return requirements.flatMap((note): Requirement[] => {
    if (release === undefined || note.kind === 'risk') return [];
    const source = components.find(({ program, effect }) => program === note.program && effect === 'prohibition');
    return [
      {
        kind: note.kind === 'prohibition' ? 'prohibition' : note.kind === 'document' ? 'document' : 'control',
        regime: note.kind === 'prohibition' ? 'prohibition' : 'other',
        title: note.text,
        direction: 'import',
        blocking: note.kind === 'prohibition',
        groups: [],
        measure_type: note.program,
        code: note.code || code,
        area: null,
        authority: note.level,
        notes: note.needs_review ? ['the published law at hand does not settle this'] : [],
        legal_base: note.url === null ? null : { citation: note.program, url: note.url },
        valid_from: source?.valid_from ?? null,
        valid_to: source?.valid_to ?? null,
        release: source?.source?.release ?? release,
      },
    ];
  });
}

/** Additional duties that apply or may apply. The ordinary duty and preferences are no exposure. */
function surcharge(component: DutyComponent): Exposure[] {
  const { status, effect, program, heading, expression, code, source, family, needs_review } = component;
  if (effect !== 'additive' && effect !== 'floor_total' && effect !== 'content') return [];
  if (status !== 'applied' && status !== 'undetermined') return [];
  const open = status === 'undetermined' || needs_review;
  return [
    {
      kind: 'surcharge',
      text: `${program}${heading === null ? '' : ` ${heading}`}${expression === null ? '' : `: ${expression}`}${open ? ' (to be settled)' : ''}`,
      regime: family,
      code,
      authority: 'authoritative',
      release: source?.release ?? null,
    },
  ];
}
