import type { DeclaredFact } from '../../declaration.ts';
import { codes, scopeFacts } from '../../regime-scope.ts';

const common = { period: 'main', to: null, known_to: null, inScope: [] } as const;
const ecfr = (title: number, section: string) => `https://www.ecfr.gov/current/title-${title}/section-${section}`;

/** Licences and declarations on goods. The acts name goods, not codes: every code is our inference. */
export const GOODS: readonly DeclaredFact[] = [
  ...scopeFacts({
    ...common,
    regime: 'textile-origin',
    title: 'Country of origin of textiles and apparel',
    inScope: codes('50-63'),
    partly: ['940490', '420212', '420222', '420232', '420292'],
    obligations: [
      'origin by the textile rules (19 CFR 102.21)',
      'identification of the manufacturer (MID) on the entry (19 CFR 102.23)',
      'fibre content, country and importer on the label (16 CFR part 303)',
    ],
    citation: '19 CFR 102.21 and 102.23',
    url: ecfr(19, '102.21'),
    from: '2005-10-05',
    known_from: '2005-10-05',
  }),
  ...scopeFacts({
    ...common,
    regime: 'steel-licence',
    title: 'Steel import licence',
    inScope: codes('7206-7229 7301 7302 7304-7307'),
    partly: codes('7308 7312 7313 7317'),
    obligations: [
      'licence of the Steel Import Monitoring and Analysis system before entry, with country of melt and pour',
    ],
    citation: '19 CFR 360.101',
    url: ecfr(19, '360.101'),
    from: '2020-10-13',
    known_from: '2020-10-13',
  }),
  ...scopeFacts({
    ...common,
    regime: 'aluminium-licence',
    title: 'Aluminium import licence',
    inScope: codes('7601 7604-7609'),
    partly: ['761699'],
    obligations: ['licence of the Aluminum Import Monitoring system before entry, with countries of smelt and cast'],
    citation: '19 CFR 361.101',
    url: ecfr(19, '361.101'),
    from: '2021-06-28',
    known_from: '2021-06-28',
  }),
  ...scopeFacts({
    ...common,
    regime: 'softwood-lumber',
    title: 'Softwood lumber declaration',
    partly: ['440711', '440712', '440713', '440714', '440719', '440910', '441899'],
    obligations: ['export price, estimated export charges and importer declaration on the entry summary'],
    citation: '19 CFR 12.142',
    url: ecfr(19, '12.142'),
    from: '2008-09-18',
    known_from: '2008-08-25',
  }),
  ...scopeFacts({
    ...common,
    regime: 'radio-equipment',
    title: 'FCC: devices that emit radio frequency',
    partly: codes('8443 8471 8517 8518 8525-8529 8531 8543 950450 851650 852351'),
    obligations: [
      'certification or supplier declaration of conformity before import, or one of the other import conditions (47 CFR 2.1204)',
      'no equipment of the Covered List (47 CFR 2.903)',
    ],
    citation: '47 CFR 2.1201 to 2.1207',
    url: ecfr(47, '2.1204'),
    from: '2017-11-02',
    known_from: '2017-11-02',
  }),
  ...scopeFacts({
    ...common,
    regime: 'arms',
    title: 'ATF: firearms, ammunition, explosives',
    partly: codes('3601-3603 8710 9301-9307'),
    obligations: [
      'approved import permit (ATF Form 6) before release (27 CFR 447.41, 478.112)',
      'explosives: import licence or permit (27 CFR 555.108)',
    ],
    citation: '27 CFR 447.41, 478.112 and 555.108; 22 U.S.C. 2778',
    url: ecfr(27, '447.41'),
    from: '1969-08-01',
    known_from: '1969-08-01',
  }),
  ...scopeFacts({
    ...common,
    regime: 'cultural-goods',
    title: 'Archaeological and ethnological material',
    partly: codes('9701-9706'),
    obligations: [
      'for designated material of the countries listed in 19 CFR 12.104g: export permit of that country or proof of lawful export',
    ],
    citation: '19 U.S.C. 2606; 19 CFR 12.104',
    url: ecfr(19, '12.104'),
    from: '1986-02-27',
    known_from: '1986-02-27',
  }),
  ...scopeFacts({
    ...common,
    regime: 'rough-diamonds',
    title: 'Rough diamonds: Kimberley Process',
    inScope: ['710210', '710221', '710231'],
    obligations: ['Kimberley Process certificate from a participant; tamper-resistant container'],
    citation: '19 CFR 12.152; 31 CFR part 592',
    url: ecfr(19, '12.152'),
    from: '2003-07-30',
    known_from: '2003-07-30',
  }),
];
