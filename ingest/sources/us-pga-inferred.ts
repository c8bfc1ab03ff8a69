import type { PlainDate } from '../../transforms/dates.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { pgaFlagData } from '../../transforms/reference/pga-flag.ts';
import { declaredBytes, declaredEditions, declaredRecords, type DeclaredFact } from '../declaration.ts';
import { codes } from '../regime-scope.ts';
import { defineSource } from '../source.ts';

const ID = 'us.pga-inferred';

interface InferredFlag {
  agency: string;
  flag: string;
  program: string;
  goods: string;
  codes: readonly string[];
  from: PlainDate;
}

/** The Automated Commercial Environment became the only system for entries with partner agency data on this day. */
const ACE = '2016-12-29';
const flag = (agency: string, name: string, program: string, goods: string, of: string, from = ACE): InferredFlag => ({
  agency,
  flag: name,
  program,
  goods,
  codes: codes(of),
  from,
});

/**
 * Headings whose goods an agency regulates although it publishes no flags by tariff number. The codes are ours, by the goods that the
 * regulations name: always 'may be required' and 'inferred', and never instead of what an agency's list states.
 */
const FLAGS: readonly InferredFlag[] = [
  flag('FDA', 'FD3', 'FOO', 'food for humans and animals, prior notice',
    '0301-0308 0401-0410 0504 0701-0714 0801-0814 0901-0910 1001-1008 1101-1109 1201 1202 1204 1206 1207 1208 1211 1212 1302 1501-1518 1601-1605 1701-1704 1801-1806 1901-1905 2001-2009 2101-2106 2201-2209 2301-2309 2501'),
  flag('FDA', 'FD1', 'DRU', 'medicines and their active substances', '2936 2937 2939 2941 3001-3004 300660'),
  flag('FDA', 'FD1', 'DEV', 'medical devices', '3005 300610 300640 300670 300691 401512 871310 871390 900130 900140 900150 9018-9022 940210 940290 650500 630790'),
  flag('FDA', 'FD1', 'COS', 'cosmetics', '3303-3307'),
  flag('FDA', 'FD1', 'RAD', 'electronic products that emit radiation', '8516 8519 8521 8525 8528 8543 854140 854141 854149 901320 9022'),
  flag('FDA', 'FD1', 'TOB', 'tobacco products', '2402 2403 2404 854340'),
  flag('FDA', 'FD1', 'FOO', 'ware that touches food', '691110 6912 732393'),
  flag('FSI', 'FS3', 'FSI', 'meat, poultry and egg products', '0201-0210 040811 040819 040891 040899 1601 1602'),
  flag('AMS', 'AM1', 'EG', 'shell eggs', '0407'),
  flag('EPA', 'EP1', 'ODS', 'substances that deplete the ozone layer', '290319 290371-290379 382711-382719'),
  flag('EPA', 'EH1', 'HFC', 'hydrofluorocarbons and mixtures', '290341-290349 382751-382769'),
  flag('EPA', 'EP3', 'VNE', 'vehicles, engines and machines with engines', '8407 8408 8427 8429 8430 8432 8433 8502 8701-8705 8711'),
  flag('EPA', 'EP5', 'PS1', 'pesticides and devices', '3808'),
  flag('EPA', 'EP7', 'TS1', 'chemical substances and mixtures', '28 29 2707 2710 32 35 3701-3707 3801-3807 3809-3826 3901-3914'),
  flag('NHT', 'DT1', 'MVS', 'motor vehicles and their equipment', '4009 4011-4013 650610 700711 700721 8512 8701-8708 8711 8714 8716 940120'),
  flag('TTB', 'TB1', 'BER', 'beer', '2203'),
  flag('TTB', 'TB1', 'WIN', 'wine', '2204-2206'),
  flag('TTB', 'TB1', 'DSP', 'distilled spirits and alcohol', '2207 2208'),
  flag('TTB', 'TB1', 'TOB', 'tobacco products', '2401-2404'),
  flag('FWS', 'FW1', 'FWS', 'wildlife and products of it', '0106 0208 030111 030119 0505-0508 0511 3001 4101-4103 4106 4113 4114 420221 420231 420291 4301-4303 6701 9601 9705'),
  flag('OMC', 'OM1', 'OMC', 'shrimp', '030616 030617 030635 030636 030695 160521 160529'),
  flag('CPSC', 'CP1', 'CPS', "consumer products with a certificate: children's goods and others",
    '360410 611120 611130 611190 620920 620930 620990 650610 8712 871500 940161 940169 940171 940179 940180 9404 9503 961310 961320', '2026-07-08'),
]; // prettier-ignore

export const US_PGA_INFERRED: readonly DeclaredFact[] = FLAGS.flatMap(
  ({ agency, flag: name, program, goods, codes: of, from }) =>
    of.map((code) => ({
      record: {
        kind: 'reference' as const,
        natural_key: `inferred:${name}:${program}:${code}`,
        topic: 'pga-flag',
        code,
        subject: agency,
        data: pgaFlagData.parse({
          agency,
          flag: name,
          programs: [program],
          requirement: 'may_be_required',
          authority: 'inferred',
          flag_source: 'inferred',
          description: goods,
          disclaim: null,
          notes: [
            'The agency publishes no list by tariff number: the heading is inferred from the goods it regulates.',
          ],
        }),
        valid_from: from,
        valid_to: null,
      },
      known_from: from,
      known_to: null,
    })),
);

/** The bytes behind 'declared:us.pga-inferred/<day>'. */
export function usPgaInferredBytes(day: PlainDate): Buffer {
  return declaredBytes(US_PGA_INFERRED, day);
}

export default defineSource<ReferenceRecord>({
  id: ID,
  jurisdiction: 'US',
  title: 'Agency flags by heading where no list is published (inferred)',
  publisher: {
    name: 'Tariff Ledger, from the regulations',
    acronym: 'TL',
    url: 'https://www.cbp.gov/document/guidance/agency-tariff-code-agency-program-cross-reference',
  },
  licence: { name: 'Apache-2.0', attribution: 'Tariff Ledger' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '25 3 * * *', timezone: 'UTC', staleAfter: 'P400D' },
  covers: {
    families: ['pga-inferred'],
    partial: { 'pga-inferred': 'headings are inferred: no official list of numbers is public' },
  },
  async *discover() {
    yield* declaredEditions(ID, US_PGA_INFERRED);
  },
  async *parse(files) {
    yield* declaredRecords(await files.read('declaration'));
  },
  async *normalise(rows) {
    yield* rows;
  },
  // A declaration grows when an agency takes up goods.
  expect: { min: { 'reference.pga-flag': 300 }, sizeShare: 100 },
});
