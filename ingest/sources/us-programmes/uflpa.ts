import { declaration, type Declaration } from './declare.ts';
import { codes } from './terms.ts';

/**
 * Uyghur Forced Labor Prevention Act: high-priority sectors as a risk on goods of China. No list of tariff numbers is official:
 * the prefixes are ours, so the level is 'inferred'; and it is never a duty. Entities: https://www.dhs.gov/uflpa-entity-list
 */
const SECTORS: [sector: string, from: string, prefixes: string[]][] = [
  ['cotton', '2022-06-21', ['52', '5601']],
  ['apparel', '2022-06-21', ['61', '62', '63']],
  ['tomatoes', '2022-06-21', ['0702', '2002', '200950']],
  [
    'polysilicon and silica-based products',
    '2022-06-21',
    ['280461', '280469', '281122', '285000', '381800', '854142', '854143'],
  ],
  ['polyvinyl chloride', '2024-07-09', ['3904', '391810']],
  ['aluminum', '2024-07-09', ['76']],
  ['seafood', '2024-07-09', ['0302', '0303', '0304', '0305', '0306', '0307', '1604', '1605']],
  ['steel', '2025-08-19', ['72', '73']],
  ['copper', '2025-08-19', ['74']],
  ['lithium', '2025-08-19', ['282520', '283691', '850650', '850760']],
  ['caustic soda', '2025-08-19', ['281511', '281512']],
  ['red dates (jujubes)', '2025-08-19', ['081340', '081090']],
];

export const UFLPA: Declaration[] = SECTORS.map(([sector, from, prefixes]) =>
  declaration(
    {
      kind: 'risk',
      program: 'us.uflpa',
      family: 'uflpa',
      measure_type: 'risk',
      title: `UFLPA high-priority sector: ${sector}`,
      origins: ['CN'],
      scope: codes(...prefixes),
      level: 'inferred',
      text: `UFLPA high-priority sector (${sector}): goods made wholly or in part in Xinjiang, or by a listed entity, are presumed barred (19 U.S.C. 1307). Inferred from the tariff number.`,
      url: 'https://www.dhs.gov/uflpa-entity-list',
    },
    { key: sector.replaceAll(/[^a-z]+/g, '-'), from, begun_by: 'uflpa' },
  ),
);
