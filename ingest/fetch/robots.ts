import { Gone, NotMirrored, PermanentFetch } from './errors.ts';
import type { Fetcher } from './fetcher.ts';

type Rule = { allow: boolean; pattern: string };

/**
 * Asks the robots.txt of the addresses' host once and throws PermanentFetch for the first address that it closes to `agent`
 * (RFC 9309): before a crawl, and not page by page, because a crawl that loses some of its pages is not the site. A host without the
 * file closes nothing; a mirror has none, as nobody is asked there.
 */
export async function assertCrawlable(fetcher: Fetcher, agent: string, addresses: readonly string[]): Promise<void> {
  const [first] = addresses;
  if (first === undefined) return;
  const rules = robotsRules(await robotsText(fetcher, new URL('/robots.txt', first).href), agent);
  for (const url of addresses)
    if (!isAllowed(rules, url))
      throw new PermanentFetch({ url, detail: `closed to ${agent} by robots.txt of the host` });
}

async function robotsText(fetcher: Fetcher, url: string): Promise<string> {
  try {
    const answer = await fetcher.get(url);
    return answer.outcome === 'ok' ? answer.body.toString('utf8') : '';
  } catch (error) {
    if (error instanceof Gone || error instanceof NotMirrored) return '';
    throw error;
  }
}

/** The rules of every group that names `agent` (product token, any case), else of the groups for '*'. */
export function robotsRules(text: string, agent: string): Rule[] {
  const groups = new Map<string, Rule[]>();
  let agents: string[] = [];
  let naming = false;
  for (const line of text.split(/\r\n?|\n/)) {
    const [, field = '', value = ''] = /^\s*([A-Za-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/.exec(line) ?? [];
    const name = field.toLowerCase();
    if (name === 'user-agent') {
      if (!naming) agents = [];
      naming = true;
      agents.push(value.toLowerCase());
      for (const each of agents) if (!groups.has(each)) groups.set(each, []);
    } else if (name === 'allow' || name === 'disallow') {
      naming = false;
      // 'Disallow:' without a value closes nothing.
      if (value !== '') for (const each of agents) groups.get(each)?.push({ allow: name === 'allow', pattern: value });
    }
  }
  return groups.get(agent.toLowerCase()) ?? groups.get('*') ?? [];
}

/** The longest pattern that fits decides; of two as long, the one that allows. */
export function isAllowed(rules: readonly Rule[], url: string): boolean {
  const { pathname, search } = new URL(url);
  const fitting = rules.filter(({ pattern }) => matcherOf(pattern).test(pathname + search));
  const longest = Math.max(...fitting.map(({ pattern }) => pattern.length));
  return fitting.length === 0 || fitting.some(({ allow, pattern }) => allow && pattern.length === longest);
}

/** '*' is any text, '$' at the end the end of the address. */
function matcherOf(pattern: string): RegExp {
  const open = pattern.endsWith('$') ? pattern.slice(0, -1) : pattern;
  const parts = open.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}${open === pattern ? '' : '$'}`);
}
