import type { DataSource } from '../env.ts';

/** What a new user does next; every line can be pasted. Codes are lines of the bundled sample, which every real edition has too. */
export function thingsToTry(url: string, source: DataSource): string {
  const about =
    source === 'sample'
      ? 'This is the bundled sample: about a hundred lines of the US tariff. Set TARIFF_MIRROR to a mirror, or TARIFF_SOURCE=live, for all of it.'
      : `Answers from the ${source} data; while loading goes on, /api/v1/status says how far it is.`;
  return `
Tariff Ledger is answering on ${url}
${about}

  a line, its rates and where they are printed   curl '${url}/api/v1/lookup?code=6109.10.00.12'
  a specific rate                                curl '${url}/api/v1/lookup?code=0805.10.00'
  lines by words                                 curl '${url}/api/v1/search?q=soccer+balls'
  what changed                                   curl '${url}/api/v1/changes'
  how every source stands                        curl '${url}/api/v1/status'
  documentation                                  ${url}/docs

  in another terminal                            npx tariff status
                                                 npx tariff lookup 6109.10.00.12
                                                 npx tariff diff us.htsus 2026HTSRev9 2026HTSRev10
                                                 npx tariff --help
`;
}
