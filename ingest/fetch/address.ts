/**
 * One spelling per address, for looking up what a mirror has. Two spellings that every server must treat alike become the same:
 * - scheme and host in lower case, default port and dot segments removed (WHATWG URL);
 * - a percent-encoded character and the character itself, within its own place: `%7E` = `~`, but `%2F` stays apart from `/` in a path
 *   and `%26` from `&` in a query, as both are split before they are decoded;
 * - in a query `+`, `%20` and a space (form encoding); in a path `+` is a plus.
 * Everything else distinguishes: http and https, a trailing slash, the order of parameters, `a` and `a=`, the fragment
 * (`address#name` is an item of its own). Addresses that are not http(s), as `mirror:us/lists/x.csv`, are compared decoded.
 */
export function canonicalAddress(address: string): string {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return encodeURI(decode(address.trim()));
  const url = new URL(address);
  const path = url.pathname.split('/').map(recode).join('/');
  const query = url.search
    .slice(1)
    .split('&')
    .map((pair) => pair.replaceAll('+', '%20').split(/=(.*)/s, 2).map(recode).join('='))
    .join('&');
  const user = url.username === '' ? '' : `${url.username}:${url.password}@`;
  return `${url.protocol}//${user}${url.host}${path}${query === '' ? '' : `?${query}`}${url.hash === '' ? '' : `#${recode(url.hash.slice(1))}`}`;
}

/** The `count` known addresses that share most with the wanted one: host first, then the longest common beginning. */
export function nearestAddresses(wanted: string, known: Iterable<string>, count: number): string[] {
  const target = canonicalAddress(wanted);
  return [...known]
    .map((address) => ({ address, shared: commonStart(target, canonicalAddress(address)) }))
    .filter(({ address, shared }) => shared > hostEnd(address))
    .sort((a, b) => b.shared - a.shared || a.address.length - b.address.length || (a.address < b.address ? -1 : 1))
    .slice(0, count)
    .map(({ address }) => address);
}

function recode(part: string): string {
  return encodeURIComponent(decode(part));
}

/** A malformed sequence (`100%`) is left as it is: it is part of the address then. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where scheme and half of the host end: below that two addresses have nothing to do with each other. */
function hostEnd(address: string): number {
  const scheme = address.indexOf(':') + 1;
  const host = URL.canParse(address) ? new URL(address).host.length : 0;
  return host === 0 ? scheme : scheme + 2 + Math.floor(host / 2);
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
