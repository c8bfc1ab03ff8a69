import type { DataSource } from '../env.ts';

/** What a new user does next; every line can be pasted. Codes are lines of the bundled sample, which every real edition has too. */
export function thingsToTry(url: string, source: DataSource): string {
  const about =
    source === 'sample'
      ? 'This is the bundled sample: a few lines of the tariffs of the US, the EU, Great Britain and Norway. Set TARIFF_MIRROR to a mirror, or TARIFF_SOURCE=live, for all of them.'
      : `Answers from the ${source} data; while loading goes on, /api/v1/status says how far it is.`;
  return `
Tariff Ledger is answering on ${url}
${about}

  a line, its rates and where they are printed   curl '${url}/api/v1/lookup?code=6109.10.00.12'
  a specific rate                                curl '${url}/api/v1/lookup?code=0805.10.00'
  what a T-shirt from China pays in Germany      curl '${url}/api/v1/duties?code=6109.10.00.10&destination=DE&origin=CN'
  an e-bike, with its anti-dumping duty          curl '${url}/api/v1/duties?code=8711.60.10.00&destination=FR&origin=CN'
  the carbon border adjustment on steel tubes    curl '${url}/api/v1/requirements?code=7306.30.77.80&destination=DE&origin=TR'
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
