import { heading, type Declaration } from './declare.ts';
import {
  adds,
  all,
  baggage,
  civilAircraft,
  donation,
  exception,
  IEEPA_END,
  inTransit,
  informational,
  list,
  not,
  PARTICULAR,
  particularArticle,
  S232,
  yieldsTo,
} from './terms.ts';

/** IEEPA duties on Brazil (40 %, U.S. note 2(x)) and India (25 %, note 2(z)). Goods under section 232 are exempt whole. */

const brazilYields = (subdivision: string) => [
  yieldsTo([S232.steel, S232.aluminum, S232.autos, S232.autoParts], `U.S. note ${subdivision}`),
  yieldsTo([S232.copper], `U.S. note ${subdivision}`, { from: '2025-08-01' }),
  yieldsTo([S232.wood], `U.S. note ${subdivision}`, { from: '2025-10-14', known_by: 'proc-10976' as const }),
  yieldsTo([S232.mhdv, S232.mhdvParts], `U.S. note ${subdivision}`, {
    from: '2025-11-01',
    known_by: 'proc-10984' as const,
  }),
  yieldsTo([S232.semiconductors], `U.S. note ${subdivision}`, { from: '2026-01-15', known_by: 'proc-11002' as const }),
];

const BRAZIL_AIRCRAFT = list('fr:EO-2025-11-20/annex-i', { condition: 'civil-aircraft-use' });

export const IEEPA_COUNTRIES: Declaration[] = [
  heading({
    program: 'us.ieepa.brazil',
    family: 'ieepa',
    title: 'IEEPA duty on products of Brazil',
    heading: '9903.01.77',
    note: '2(x)',
    rate: adds('0.4'),
    countries: ['BR'],
    from: '2025-08-06',
    begun_by: 'eo-14323',
    ...IEEPA_END,
    exceptions: [
      inTransit('9903.01.78', '2025-08-06', '2025-10-05'),
      donation('9903.01.79'),
      informational('9903.01.80'),
      baggage('2(x)'),
      // The list holds civil aircraft articles (2(x)(iv), 565 numbers) and described articles (2(x)(iii)(b)) beside whole lines.
      exception('9903.01.81', {
        when: all(list('us.ieepa.brazil-exempt'), not(BRAZIL_AIRCRAFT), not(PARTICULAR)),
        reason: 'on the list of excepted products (EO 14323 Annex I as amended)',
        note: '2(x)(iii)(a)',
      }),
      civilAircraft('9903.01.82', BRAZIL_AIRCRAFT, '2(x)(iv)'),
      { ...particularArticle('9903.01.90', '2(x)(iii)(b)', { from: '2025-11-13' }), known_by: 'eo-brazil-2025-11' },
    ],
    yields_to: brazilYields('2(x)(v)-(xv)'),
  }),
  heading({
    program: 'us.ieepa.india',
    family: 'ieepa',
    title: 'IEEPA duty on products of India (Russian oil)',
    heading: '9903.01.84',
    note: '2(z)',
    rate: adds('0.25'),
    countries: ['IN'],
    from: '2025-08-27',
    begun_by: 'eo-14329',
    to: '2026-02-07',
    ended_by: 'eo-india-end',
    exceptions: [
      inTransit('9903.01.85', '2025-08-27', '2025-09-17'),
      exception('9903.01.86', {
        when: list('us.ieepa.annex-ii'),
        reason: 'on the list of excepted products',
        note: '2(v)(iii)',
      }),
      donation('9903.01.88'),
      informational('9903.01.89'),
      baggage('2(z)'),
    ],
    yields_to: brazilYields('2(z)(iii)-(xiii)'),
  }),
];
