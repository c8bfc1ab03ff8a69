import { describe, expect, test } from 'vitest';
import ace from '../../../ingest/sources/us-pga-ace.ts';
import aphis from '../../../ingest/sources/us-pga-aphis.ts';
import dea from '../../../ingest/sources/us-pga-dea.ts';
import definitions from '../../../ingest/sources/us-pga-definitions.ts';
import lacey from '../../../ingest/sources/us-pga-lacey.ts';
import nmfs from '../../../ingest/sources/us-pga-nmfs.ts';
import { flagDefinitions } from '../../../ingest/sources/us-pga/dictionary.ts';
import type { FlagItem } from '../../../ingest/sources/us-pga/flags.ts';
import type { Issue, Source } from '../../../ingest/source.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { disclaimLimits, staleCodes } from '../../../transforms/reference/pga-flag.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const definition = (flagCode: string, agencyCode: string, requirement: string, programCodes: string[], text = 'x') => ({
  flagCode,
  agencyCode,
  requirement,
  programCodes,
  definition: text,
});
const dictionary = Buffer.from(
  JSON.stringify({
    definitions: [
      definition('AQ1', 'APH', 'may_be_required', ['APQ', 'AVS']),
      definition('AQX', 'APH', 'may_be_required', ['APQ'], 'Data May be required (no disclaim required)'),
      definition('AL1', 'APH', 'may_be_required', ['APL']),
      definition('NM1', 'NMF', 'may_be_required', ['370']),
      definition('NM8', 'NMF', 'required', ['SIM']),
      definition('DE1', 'DEA', 'may_be_required', ['DEA']),
      definition('FD1', 'FDA', 'may_be_required', ['COS', 'DRU']),
    ],
  }),
);

async function load(source: Source<FlagItem>, list: Buffer | string, checked = true) {
  const parts = { list: Buffer.from(list), ...(checked ? { dictionary } : {}) };
  const issues: Issue[] = [];
  const rows = source.parse(editionFiles(parts), edition('x'));
  const all = (await collect(source.normalise(rows, contextFor('x', issues)))).map((r) => tariffRecord.parse(r));
  return { issues, records: all.flatMap((record) => (record.kind === 'reference' ? [record] : [])) };
}

describe('the dictionary', () => {
  test('becomes one record per flag', async () => {
    const rows = definitions.parse(editionFiles({ dictionary }), edition('x'));
    const records = await collect(definitions.normalise(rows, contextFor('x')));
    expect(records).toHaveLength(7);
    expect(records[0]).toMatchObject({ topic: 'pga-flag-definition', subject: 'AQ1', code: null });
  });

  test('a PDF is refused, not misread', () => {
    expect(() => flagDefinitions(Buffer.from('%PDF-1.7 …'))).toThrow(/not read/);
  });

  test.each([
    ['EPA Hydrofluorocarbons data may be required. Only disclaim A allowed', ['A']],
    ['TTB data may be required, which can only be disclaimed using codes A or C', ['A', 'C']],
    ['data may be required, which can only be disclaimed using codes C, D or E', ['C', 'D', 'E']],
    ['data may be required, which can only be disclaimed using code C or D', ['C', 'D']],
    ['APHIS Data May be required (no disclaim required)', []],
    ['FDA data may be required 801(a)', null],
  ])('disclaim limits of "%s"', (text, limits) => {
    expect(disclaimLimits(text)).toEqual(limits);
  });
});

describe('agency lists', () => {
  test('APHIS: line breaks in cells, two programs in one cell, "flag not enforced" is a statement', async () => {
    const { records, issues } = await load(
      aphis,
      [
        '10 digit HTS,10 digit HTS Description,APHIS Flag,APHIS Flag Description,APHIS Primary Category Type,Category Code,APHIS Operational Program,Category Code Description,APHIS Secondary Category Type',
        '0101.21.00.10,"HORSES,\nPUREBRED",AQ1,APHIS Data May Be Required,AP0100 Live Animal,101,VS/PPQ,x,N/A',
        '0101.29.00.10,HORSES,flag not enforced,flag not enforced,AP0100 Live Animal,101,VS,x,N/A',
        '0101.30.00,ASSES,AQ3,made up,AP0100 Live Animal,101,VS,x,N/A',
      ].join('\n'),
    );
    expect(records.map((r) => [r.natural_key, r.data['flag'], r.data['requirement'], r.data['description']])).toEqual([
      ['0101210010:AQ1:VS', 'AQ1', 'may_be_required', 'HORSES, PUREBRED'],
      ['0101210010:AQ1:PPQ', 'AQ1', 'may_be_required', 'HORSES, PUREBRED'],
      ['0101290010:none:VS', null, 'not_enforced', 'HORSES'],
    ]);
    expect(issues.map(({ code, message }) => [code, message])).toEqual([
      ['unknown-flag', 'flag AQ3 is not in the dictionary'],
    ]);
  });

  test('Lacey: Windows-1252 and the date of the phase', async () => {
    const line = Buffer.from(
      '3307410000,33,\x93Agarbatti\x94 preparations,12/1/2024\r\n4401,44,Fuel wood,4/1/2009\r\n',
      'latin1',
    );
    const header = Buffer.from('Heading,Chapter,Article/Component of Article,Effective Date\r\n');
    const { records } = await load(lacey, Buffer.concat([header, line]));
    expect(records.map((r) => [r.code, r.data['flag'], r.data['description'], r.valid_from])).toEqual([
      ['3307410000', 'AL1', '“Agarbatti” preparations', '2024-12-01'],
      ['4401', 'AL1', 'Fuel wood', '2009-04-01'],
    ]);
  });

  test('NMFS: several programs in one cell; an unknown one is reported', async () => {
    const { records, issues } = await load(
      nmfs,
      'htsCode,description,species,program\n0302.31.0000,"Albacore ",Tuna,"SIMP, TTVP"\n0302.32.0000,Yellowfin,Tuna,NEWP\n',
    );
    expect(records.map((r) => [r.natural_key, r.data['requirement']])).toEqual([
      ['0302310000:NM8:SIM', 'required'],
      ['0302310000:NM1:370', 'may_be_required'],
    ]);
    expect(issues.map(({ code }) => code)).toEqual(['unknown-flag']);
  });

  test('DEA: a line printed twice is one record', async () => {
    const { records } = await load(dea, 'htsCode,description,program\n2933321000,A,DEA\n2933321000,A,DEA\n');
    expect(records.map((r) => r.natural_key)).toEqual(['2933321000:DE1:DEA']);
  });

  test('ACE: 2039-12-31 is open, another end is inclusive, key is number, flag and program', async () => {
    const { records, issues } = await load(
      ace,
      [
        'PGA Name Code,PGA Flag Code,PGA Flag,PGA Program Code,HTS Number - Full,HTS Long Description,Effective Begin Date,Effective End Date,HTS Update Date,Change Pending Status Code,Change Pending Status',
        'FDA,FD1,FDA DATA MAYBE REQ,COS,3401111000,SOAP,2022-01-27 00:00:00,2039-12-31 00:00:00,2023-05-07 12:55:33,N,No operation',
        'FDA,FD1,FDA DATA MAYBE REQ,DRU,3401111000,SOAP,2022-01-27 00:00:00,2025-12-31 00:00:00,2023-05-07 12:55:33,N,No operation',
        'FDA,FD1,FDA DATA MAYBE REQ,ZZZ,3401111000,SOAP,2022-01-27 00:00:00,2025-12-31 00:00:00,2023-05-07 12:55:33,N,No operation',
      ].join('\n'),
    );
    expect(records.map((r) => [r.natural_key, r.valid_to, r.data['flag_source']])).toEqual([
      ['3401111000:FD1:COS', null, 'ace_extract'],
      ['3401111000:FD1:DRU', '2026-01-01', 'ace_extract'],
      ['3401111000:FD1:ZZZ', '2026-01-01', 'ace_extract'],
    ]);
    expect(issues.map(({ code }) => code)).toEqual(['unknown-program']);
  });

  test('without a dictionary the list stands, and says that it was not checked', async () => {
    const { records, issues } = await load(dea, 'htsCode,description,program\n2933321000,A,DEA\n', false);
    expect(records).toHaveLength(1);
    expect(issues.map(({ code }) => code)).toEqual(['no-dictionary']);
  });
});

test('stale codes: neither a line nor above one', () => {
  expect(staleCodes(['2933330000', '4401', '44012100', '4401'], ['4401210000', '2933'])).toEqual(['2933330000']);
});
