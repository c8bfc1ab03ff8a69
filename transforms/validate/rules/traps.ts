import { finding, type Rule } from '../finding.ts';

/** Regimes that an origin is under, also where only a sector or a heading speaks for it: goods are held for them. */
const OF_ORIGIN: ReadonlySet<string> = new Set(['forced-labour', 'sanctions', 'embargo']);

/** What waits for goods of this origin at this destination: bans, additional duties, candidate orders, quotas, from measures in force. */
export const traps: Rule = ({ origin, requirements }) => {
  if (origin === null) return finding('traps', 'not_evaluated', 'No origin was given.');
  if (requirements === null || !requirements.available) {
    return finding('traps', 'not_evaluated', requirements?.reason ?? 'Measures of the destination are not held.');
  }
  const imports = requirements.list.filter(({ direction }) => direction === 'import');
  const banned = imports.filter(({ kind, authority }) => kind === 'prohibition' && authority === 'authoritative');
  if (banned.length > 0) {
    return finding('traps', 'fail', `Prohibited: ${banned.map(({ title }) => title).join('; ')}.`, {
      prohibitions: banned.map(({ title, code, release }) => ({ title, code, release })),
    });
  }
  const restricted = imports.filter(({ kind, regime }) => kind === 'restriction' || OF_ORIGIN.has(regime));
  const { exposures } = requirements;
  const count = restricted.length + exposures.length;
  if (count === 0) {
    const { traps: open } = requirements.open;
    if (open.length === 0)
      return finding('traps', 'pass', 'No ban, additional duty, order or quota waits for this origin.');
    return finding('traps', 'not_evaluated', 'Nothing was found, but not everything is covered.', {
      not_covered: open,
    });
  }
  const first = [...restricted.map(({ title }) => title), ...exposures.map(({ text }) => text)];
  return finding('traps', 'warn', `${first.slice(0, 3).join('; ')}${count > 3 ? ` and ${count - 3} more` : ''}.`, {
    restrictions: restricted.map(({ title, code, authority, release }) => ({ title, code, authority, release })),
    exposures,
  });
};
