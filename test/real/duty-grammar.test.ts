import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DutyExpression } from '../../transforms/duty/expression.ts';
import { formatHtsRate, formatTaricDuty } from '../../transforms/duty/format.ts';
import { parseChapter99Rate } from '../../transforms/duty/parse-chapter-99.ts';
import { parseHtsRate } from '../../transforms/duty/parse-hts.ts';
import { parseHtsSpecial } from '../../transforms/duty/parse-hts-special.ts';
import { parseTaricDuty } from '../../transforms/duty/parse-taric.ts';
import { htsUnits } from '../../transforms/units.ts';

const SHARED = new URL('../../../shared/', import.meta.url).pathname;
const HTS = `${SHARED}mirror/us/hts/`;
const present = existsSync(HTS);
if (!present) console.warn('skipped: the official files are not here (../shared)');

const csv = (path: string): Record<string, string>[] => {
  const bytes = readFileSync(SHARED + path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
};

/** What the reader does before the grammar: tags and entities gone, blanks collapsed. */
const plain = (cell: string): string =>
  cell
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&cent;/g, '¢')
    .replace(/²/g, '2')
    .replace(/³/g, '3')
    .replace(/\s+/g, ' ')
    .trim();

const open = (duty: DutyExpression): string | null => (duty.op === 'not_computable' ? duty.reason : null);

/** Reasons a published cell may have; 'unrecognised' is not among them. */
const REASONS = new Set([
  'base_rate_on_value_less_us_content',
  'base_rate_on_value_of_processing',
  'base_rate_on_value_of_repairs',
  'capped_by_duty_of_complete_movement',
  'duty_of_like_articles',
  'preferential_rate_of_subheading',
  'rate_in_absence_of_provision',
  'rate_of_complete_movement',
  'rate_of_each_garment',
  'rate_of_natural_juice',
  'rate_of_other_heading',
  'rate_of_parent_article',
  'rate_of_set_article_with_highest_rate',
  'rate_of_subheading_minus_points',
  'see_heading',
  'see_note',
]);

describe.skipIf(!present)('the rate shapes of 2026 Revision 10', () => {
  it('all parse to components or a reviewed reason', () => {
    const shapes = csv('golden/us/rate_shapes_2026_rev_10.csv');
    expect(shapes).toHaveLength(319);
    const failures = shapes.flatMap(({ column = '', example_value: text = '' }) => {
      const duties = column === 'special' ? parseHtsSpecial(text).terms.map((term) => term.duty) : [parseHtsRate(text)];
      const reasons = duties.map(open).filter((reason) => reason !== null && !REASONS.has(reason));
      return duties.length === 0 || reasons.length > 0 ? [text] : [];
    });
    expect(failures).toEqual([]);
  });
});

describe.skipIf(!present)('every cell of the 44 editions', () => {
  const cells = {
    general: new Set<string>(),
    special: new Set<string>(),
    other: new Set<string>(),
    units: new Set<string>(),
  };
  const chapter99 = new Set<string>();
  let editions = 0;

  beforeAll(() => {
    for (const file of readdirSync(HTS).filter((name) => name.endsWith('.json.gz'))) {
      editions += 1;
      const rows = JSON.parse(gunzipSync(readFileSync(HTS + file)).toString('utf8')) as {
        htsno: string;
        general: string;
        special: string;
        other: string;
        units: string[] | null;
      }[];
      for (const row of rows) {
        cells.general.add(row.general);
        cells.special.add(row.special);
        cells.other.add(row.other);
        for (const unit of row.units ?? []) cells.units.add(unit);
        if (row.htsno.startsWith('99')) chapter99.add(row.general).add(row.other);
      }
    }
  }, 180_000);

  it('is read: general and column 2', () => {
    expect(editions).toBe(44);
    expect(cells.general.size).toBeGreaterThan(800);
    // ':' is printed as the column 2 rate of 9913.95.23.
    const allowed = (text: string): boolean => /^[\s:]*$/.test(text);
    const unknown = [...cells.general, ...cells.other].map(plain).filter((text) => {
      const reason = open(parseHtsRate(text));
      return reason !== null && !REASONS.has(reason) && !allowed(text);
    });
    expect(unknown).toEqual([]);
  });

  it('is read: special, and no character of it is lost', () => {
    const problems = new Set<string>();
    for (const text of [...cells.special].map(plain)) {
      const { terms, issues } = parseHtsSpecial(text);
      expect(terms.map((term) => term.text).join('')).toBe(text);
      for (const { duty } of terms) {
        const reason = open(duty);
        if (reason !== null && !REASONS.has(reason)) problems.add(text);
      }
      for (const issue of issues) problems.add(issue);
    }
    expect([...problems].sort()).toEqual([
      'list_repaired: (A*,AU,BH,CL,CO,D,E IL,JO,KR,MA,OM,P,PA,PE,S,SG)',
      'list_repaired: (AU,BH,CL,CO,IL,JO,KR,MA,.OM,P,PA,PE,S,SG)',
      'list_repaired: (B,C,)',
      'list_repaired: (PA (PA)',
    ]);
  });

  it('is read: units', () => {
    expect([...cells.units].filter((text) => htsUnits(text.replace(/<[^>]+>/g, '')) === null)).toEqual([]);
  });

  it('has a relation in chapter 99', () => {
    const open99 = [...chapter99].map(plain).filter((text) => parseChapter99Rate(text).relation === 'not_computable');
    expect(open99).toEqual([]);
  });

  it('survives formatting', () => {
    for (const text of [...cells.general, ...cells.other].map(plain)) {
      const duty = parseHtsRate(text);
      expect(parseHtsRate(formatHtsRate(duty))).toEqual(duty);
    }
  });
});

describe.skipIf(!present)('the general rates of the 2025 Basic edition', () => {
  it('equal an independent list', () => {
    const rows = csv('golden/us/mfn_rates_2025.csv.gz');
    expect(rows).toHaveLength(13_073);
    const differences = rows.filter(({ rate_type: type, rate_raw: raw = '', mfn_rate: rate }) => {
      const duty = parseHtsRate(raw);
      if (type === 'ad_valorem') return duty.op !== 'ad_valorem' || Math.abs(Number(duty.rate) - Number(rate)) > 1e-9;
      if (type === 'free') return duty.op !== 'free';
      return false;
    });
    expect(differences).toEqual([]);
  });
});

describe.skipIf(!present)('the catalogue of TARIC duty strings', () => {
  const rows = present ? csv('golden/eu-uk/duty_expressions_362.csv') : [];

  it('is read without an issue and survives formatting', () => {
    expect(rows).toHaveLength(362);
    for (const { expression = '' } of rows) {
      const { duty, conditions, issues } = parseTaricDuty(expression);
      expect([expression, issues]).toEqual([expression, []]);
      expect(duty !== null || conditions.length > 0).toBe(true);
      if (duty !== null) expect(parseTaricDuty(formatTaricDuty(duty)).duty).toEqual(duty);
      for (const { duty_expression: line } of conditions) {
        if (line !== null) expect([line, parseTaricDuty(line).issues]).toEqual([line, []]);
      }
    }
  });

  it('falls into the kinds it is sorted by', () => {
    const leaves = (duty: DutyExpression): string[] =>
      'terms' in duty
        ? duty.terms.flatMap(leaves)
        : duty.op === 'difference'
          ? [duty.from, duty.less].flatMap(leaves)
          : [duty.op];
    const kind = (text: string): string => {
      const { duty, conditions } = parseTaricDuty(text);
      if (conditions.length > 0) return 'condition';
      if (duty === null) return 'none';
      if (leaves(duty).includes('meursing')) return 'meursing';
      if (duty.op === 'smaller_of' || duty.op === 'larger_of') return 'min_max';
      return duty.op === 'sum' ? 'compound' : duty.op === 'free' ? 'nihil' : duty.op;
    };
    expect(rows.filter((row) => kind(row['expression'] ?? '') !== row['kind'])).toEqual([]);
  });
});

describe.skipIf(!present)('the published comparison of the EU and UK tariffs, December 2020', () => {
  it('is read but for texts that are broken in print', () => {
    const rows = csv('mirror/uk/global-uk-tariff/global-uk-tariff_2020-12-02.csv.gz');
    const texts = new Set(rows.flatMap((row) => [row['cet_duty_rate'] ?? '', row['ukgt_duty_rate'] ?? '']));
    expect(texts.size).toBeGreaterThan(800);
    const unread = [...texts].filter((text) => parseTaricDuty(text).issues.length > 0);
    // Percent signs left out, and a second season without dates.
    expect(unread.map(plain).sort()).toEqual([
      '24 + 4.2 EUR/100 kg',
      '6.4 + 24.6 EUR/100 kg',
      '7.2 MIN 0.36 EUR/100 kg',
      '8.3 + 3.8 EUR/100 kg eda',
      '9.60% MIN 1.1 €/100 kg/net (01 JAN-14 APR, 1 DEC-31 DEC), 13.60% MIN 1.6€/100kg/net',
    ]);
  });
});

describe.skipIf(!present)('duty texts of the British service', () => {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'base' && typeof inner === 'string' && inner !== '') texts.add(inner);
      else collect(inner);
    }
  };

  it('are all read', () => {
    for (const folder of ['mirror/uk/api-v2/', 'mirror/uk/api-client-shaped/', 'mirror/eu/xi-api/']) {
      for (const file of readdirSync(SHARED + folder).filter((name) => /\.json(\.gz)?$/.test(name))) {
        const bytes = readFileSync(SHARED + folder + file);
        collect(JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')));
      }
    }
    expect(texts.size).toBeGreaterThan(30);
    expect([...texts].filter((text) => parseTaricDuty(text).issues.length > 0)).toEqual([]);
  });
});
