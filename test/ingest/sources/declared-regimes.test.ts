import { describe, expect, it } from 'vitest';
import { EU_REGIMES } from '../../../ingest/sources/eu-regimes.ts';
import { GB_REGIMES } from '../../../ingest/sources/gb-regimes.ts';
import { US_PGA_INFERRED } from '../../../ingest/sources/us-pga-inferred.ts';
import { US_REGIMES } from '../../../ingest/sources/us-regimes.ts';
import type { DeclaredFact } from '../../../ingest/declaration.ts';
import { pgaFlagData } from '../../../transforms/reference/pga-flag.ts';
import { regimeScopeData } from '../../../transforms/reference/regime-scope.ts';
import { flagLaw } from '../../../transforms/requirements/flag-law.ts';
import { regimesOfCode } from '../../../transforms/requirements/regime-scope.ts';
import { assessRisk } from '../../../transforms/risk/assess.ts';

/** Regimes of a code as the facts of a declaration state them on a date. */
function regimes(facts: readonly DeclaredFact[], code: string, origin: string, date = '2026-06-10') {
  const rows = facts
    .filter(({ known_to }) => known_to === null)
    .map(({ record }) => ({
      code: record.code ?? '',
      data: regimeScopeData.parse(record.data),
      valid_from: record.valid_from ?? '',
      valid_to: record.valid_to ?? null,
      release: 1,
    }))
    .filter(({ valid_from, valid_to }) => valid_from <= date && (valid_to === null || valid_to > date));
  return regimesOfCode(code, origin, rows);
}
const names = (facts: readonly DeclaredFact[], code: string, origin: string, date?: string) =>
  regimes(facts, code, origin, date).map(({ regime }) => regime);

describe.each([
  ['eu.regimes', EU_REGIMES],
  ['gb.regimes', GB_REGIMES],
  ['us.regimes', US_REGIMES],
  ['us.pga-inferred', US_PGA_INFERRED],
])('%s', (_, facts) => {
  it('states every fact once on any day', () => {
    const days = new Set(facts.map(({ known_from }) => known_from));
    for (const day of days) {
      const keys = facts
        .filter(({ known_from, known_to }) => known_from <= day && (known_to === null || day < known_to))
        .map(({ record }) => record.natural_key);
      expect(keys.length).toBe(new Set(keys).size);
    }
    for (const { record } of facts) expect(record.code).toMatch(/^\d{2,8}$/);
  });
});

describe('regimes of the United States', () => {
  it('an embargo reaches every code of its origin, by the act itself, and is a conditional block', () => {
    const cuban = regimes(US_REGIMES, '2402103070', 'CU');
    expect(cuban).toMatchObject([
      { regime: 'embargo', kind: 'restriction', authority: 'authoritative', blocking: true },
    ]);
    expect(assessRisk(cuban, [], []).level).toBe('L5');
    expect(names(US_REGIMES, '8542310001', 'KP')).toContain('embargo');
    expect(names(US_REGIMES, '8542310001', 'KR')).not.toContain('embargo');
  });

  it('bans on Russian goods are inferred from the sector, and those on others do not exist', () => {
    const oil = regimes(US_REGIMES, '2709002010', 'RU');
    expect(oil).toMatchObject([{ regime: 'sanctions', authority: 'inferred' }]);
    expect(assessRisk(oil, [], []).level).toBe('L3');
    expect(names(US_REGIMES, '2709002010', 'SA')).toEqual([]);
    expect(names(US_REGIMES, '2709002010', 'RU', '2022-03-01')).toEqual([]);
  });

  it.each([
    ['6109100012', 'textile-origin'],
    ['7208100000', 'steel-licence'],
    ['7606113060', 'aluminium-licence'],
    ['8517130000', 'radio-equipment'],
    ['9303304030', 'arms'],
    ['9705310030', 'cultural-goods'],
    ['7102310000', 'rough-diamonds'],
  ])('%s: %s', (code, regime) => expect(names(US_REGIMES, code, 'IN')).toContain(regime));
});

describe('regimes of the Union', () => {
  it('sanctions by origin: Russian goods of any chapter, Iraqi cultural goods, nothing for others', () => {
    expect(names(EU_REGIMES, '2710124500', 'RU')).toContain('sanctions');
    expect(names(EU_REGIMES, '7202110000', 'BY')).toContain('sanctions');
    expect(names(EU_REGIMES, '9705310000', 'IQ')).toContain('sanctions');
    expect(names(EU_REGIMES, '2710124500', 'US')).toEqual([]);
    for (const list of [EU_REGIMES, GB_REGIMES]) {
      expect(names(list, '7318158290', 'CN')).toContain('russian-steel-inputs');
      expect(names(list, '7318158290', 'CN', '2023-09-29')).not.toContain('russian-steel-inputs');
      expect(names(list, '7318158290', 'RU')).not.toContain('russian-steel-inputs');
    }
    // Before the first package nothing was restricted.
    expect(names(EU_REGIMES, '2710124500', 'RU', '2022-01-01')).not.toContain('sanctions');
  });

  it.each([
    ['0303141000', 'fishing'],
    ['0303141000', 'veterinary'],
    ['0507100000', 'cites'],
    ['2903410000', 'f-gas'],
    ['8507600000', 'batteries'],
    ['9303300000', 'arms'],
    ['7108120000', 'conflict-minerals'],
    ['3304990000', 'cosmetics'],
    ['6109100010', 'textile-labelling'],
  ])('%s: %s', (code, regime) => expect(names(EU_REGIMES, code, 'CN')).toContain(regime));

  it('animals of Switzerland enter without the control, and the rules on timber end where those on deforestation begin', () => {
    expect(names(EU_REGIMES, '0101210000', 'CH')).not.toContain('veterinary');
    expect(names(EU_REGIMES, '4407110000', 'BR', '2026-12-29')).toContain('timber');
    expect(names(EU_REGIMES, '4407110000', 'BR', '2026-12-29')).not.toContain('deforestation');
    expect(names(EU_REGIMES, '4407110000', 'BR', '2026-12-30')).toContain('deforestation');
    expect(names(EU_REGIMES, '4407110000', 'BR', '2026-12-30')).not.toContain('timber');
  });
});

describe('scopes that a public list has wrong', () => {
  it('carbon border: what the annex excludes is out, and chapter 72, electricity and cement are in', () => {
    const out = '7202210000 7202300000 7202500000 7202700000 7202800000 7202910000 7202991000 7202993000 7202998000';
    for (const code of [...out.split(' '), '7204100000', '3105600000'])
      expect([code, names(EU_REGIMES, code, 'CN')]).toEqual([code, expect.not.arrayContaining(['cbam'])]);
    for (const code of [
      '7202110000',
      '7202600000',
      '7206100000',
      '2716000000',
      '3105200000',
      '2523100000',
      '7601100000',
    ])
      expect([code, names(EU_REGIMES, code, 'CN')]).toEqual([code, expect.arrayContaining(['cbam'])]);
  });

  it('deforestation: printed matter was taken out of the annex, small operators have half a year more', () => {
    expect(names(EU_REGIMES, '4901990000', 'US', '2026-12-30')).not.toContain('deforestation');
    expect(names(EU_REGIMES, '4801000000', 'US', '2026-12-30')).toContain('deforestation');
    const [coffee] = regimes(EU_REGIMES, '0901210000', 'BR', '2026-12-30').filter(
      ({ regime }) => regime === 'deforestation',
    );
    expect(coffee?.notes.join()).toContain('2027-06-30');
  });
});

describe('regimes of Great Britain', () => {
  it('sanctions by origin, never a level above what an inference carries', () => {
    const gold = regimes(GB_REGIMES, '7108120000', 'RU');
    expect(gold).toMatchObject([{ regime: 'sanctions', authority: 'inferred' }]);
    expect(assessRisk(gold, [], []).level).toBe('L3');
    expect(names(GB_REGIMES, '7108120000', 'ZA')).toEqual([]);
  });
});

describe('flags of agencies that publish no list', () => {
  const flags = (code: string) =>
    US_PGA_INFERRED.filter(({ record }) => code.startsWith(record.code ?? '-')).map(({ record }) =>
      pgaFlagData.parse(record.data),
    );

  it('are inferred, may be required, and rest on a law that is named', () => {
    for (const { agency, flag, authority, requirement } of US_PGA_INFERRED.map(({ record }) =>
      pgaFlagData.parse(record.data),
    )) {
      expect([authority, requirement]).toEqual(['inferred', 'may_be_required']);
      expect(flagLaw(agency, flag).legal_base?.citation, `${agency} ${flag ?? ''}`).toMatch(/\d/);
    }
  });

  it.each([
    ['0406905700', 'FDA FD3'],
    ['8703230190', 'NHT DT1'],
    ['8703230190', 'EPA EP3'],
    ['3808911000', 'EPA EP5'],
    ['2204215005', 'TTB TB1'],
    ['9503000073', 'CPSC CP1'],
    ['0306170004', 'OMC OM1'],
    ['0201100510', 'FSI FS3'],
  ])('%s: %s', (code, flag) =>
    expect(flags(code).map(({ agency, flag: name }) => `${agency} ${name ?? ''}`)).toContain(flag),
  );

  it('laws differ by flag where an agency applies several', () => {
    expect(flagLaw('FDA', 'FD3')).toMatchObject({ regime: 'food' });
    expect(flagLaw('FDA', 'FD1')).toMatchObject({ regime: 'food-drugs-devices' });
    expect(flagLaw('EPA', 'EP5')).toMatchObject({ regime: 'pesticides' });
    expect(flagLaw('APH', 'AL1')).toMatchObject({
      regime: 'timber',
      legal_base: { citation: '16 U.S.C. 3372(f); 7 CFR 357.3' },
    });
    expect(flagLaw('APH', null)).toMatchObject({ regime: 'plant-and-animal-health' });
    expect(flagLaw('QQQ', null)).toEqual({ regime: 'other', legal_base: null });
  });
});
