import type { Requirement } from '../../transforms/requirements/requirement.ts';
import type { Exposure } from '../../transforms/risk/assess.ts';
import type { RegimeFlag } from './requirements-data.ts';

/** Regimes of requirements and exposures, each once: what a measure states before what was inferred. */
export function regimeFlags(requirements: readonly Requirement[], exposures: readonly Exposure[]): RegimeFlag[] {
  const flags = new Map<string, RegimeFlag>();
  for (const requirement of requirements) {
    if (requirement.regime === 'other' || requirement.kind === 'claim') continue;
    const { regime, title, authority, direction, legal_base } = requirement;
    const obligations =
      authority === 'inferred'
        ? requirement.notes
        : requirement.groups.flatMap(({ alternatives }) => alternatives.map(named));
    add(flags, { regime, title, authority, direction, obligations, legal_base });
  }
  for (const { regime, text, authority } of exposures) {
    add(flags, { regime, title: text, authority, direction: 'import', obligations: [], legal_base: null });
  }
  return [...flags.values()].sort((a, b) => (a.regime < b.regime ? -1 : a.regime > b.regime ? 1 : 0));
}

function add(flags: Map<string, RegimeFlag>, flag: RegimeFlag): void {
  const key = `${flag.regime}/${flag.direction}`;
  const held = flags.get(key);
  if (!held || (held.authority === 'inferred' && flag.authority === 'authoritative')) {
    flags.set(key, { ...flag, obligations: [...new Set([...flag.obligations, ...(held?.obligations ?? [])])] });
  } else held.obligations = [...new Set([...held.obligations, ...flag.obligations])];
}

const named = ({ code, name }: { code: string; name: string | null }): string =>
  name === null ? code : `${code} ${name}`;
