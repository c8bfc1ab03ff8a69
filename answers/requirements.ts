import { formatCode } from '../transforms/code.ts';
import { assessRisk } from '../transforms/risk/assess.ts';
import type { AnswerDraft } from './draft.ts';
import { checkDutyDate, checkOrigin, dutyCode, tariffHere } from './duty/question.ts';
import type { DutyDeps } from './duty/answer-duty.ts';
import { Problem } from './problem.ts';
import { europeanRequirements } from './requirements/european.ts';
import { regimeFlags } from './requirements/regime-flags.ts';
import type { RequirementsData, RequirementsFound, RequirementsQuestion } from './requirements/requirements-data.ts';
import { usRequirements } from './requirements/us.ts';

/**
 * Prohibitions, licences, documents and controls on goods of a code from an origin, the regimes they are under, and a risk level with its
 * reasons. What cannot be told is `available: false` with the reason, in parts and as a whole: unknown is not none.
 *
 * Throws Problem invalid-request for what is no code, no country code or no origin of that destination; a destination without a tariff here is an answer.
 */
export async function requirements(
  deps: DutyDeps,
  question: RequirementsQuestion,
): Promise<AnswerDraft<RequirementsData>> {
  const code = dutyCode(question.code);
  const { destination, origin } = question;
  checkOrigin(question);
  const asked = { code, formatted: formatCode(code), destination, origin };
  const cannotBeTold = async (reason: string): Promise<AnswerDraft<RequirementsData>> => {
    const view = await deps.views.current();
    return { view, data: { ...asked, ...unavailable(reason) }, cites: [], coverage: [] };
  };
  const tariff = tariffHere(destination);
  if (tariff === null) return cannotBeTold(`Duties and controls of ${destination} cannot be told here.`);
  try {
    checkDutyDate(question);
    const draft =
      tariff === 'US' ? await usRequirements(deps, code, question) : await europeanRequirements(deps, code, question);
    return { ...draft, data: { ...asked, ...answered(draft.data) } };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'invalid-request') throw error;
    return cannotBeTold(error.message);
  }
}

type Answered = Omit<RequirementsData, 'code' | 'formatted' | 'destination' | 'origin'>;

/** What is declared beside the tariff: that it names nothing does not tell what the tariff asks for. */
const DECLARED: ReadonlySet<string> = new Set(['regimes', 'forced-labour-sectors']);

function answered(found: RequirementsFound): Answered {
  const { declarable, parts, requirements, exposures } = found;
  const told = parts.some(({ part, available }) => available && !DECLARED.has(part)) || requirements.length > 0;
  if (!told) {
    return unavailable(parts.map(({ part, reason }) => `${part}: ${reason ?? 'names nothing'}`).join('; '), parts);
  }
  const gaps = parts.filter(({ available, reason }) => !available || reason !== null).map(({ part }) => part);
  return {
    declarable,
    available: true,
    reason: null,
    parts,
    requirements,
    regimes: regimeFlags(requirements, exposures),
    exposures,
    risk: assessRisk(requirements, exposures, gaps),
  };
}

function unavailable(reason: string, parts: RequirementsData['parts'] = []): Answered {
  return {
    declarable: null,
    available: false,
    reason,
    parts,
    requirements: [],
    regimes: [],
    exposures: [],
    risk: { ...assessRisk([], [], ['everything']), reason },
  };
}
