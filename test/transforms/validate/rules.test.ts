import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retrieve, tariffIndex } from '../../../transforms/classify/tariff-index.ts';
import { tokens } from '../../../transforms/classify/tokens.ts';
import type { DatedLink } from '../../../transforms/lineage/line.ts';
import type { Requirement } from '../../../transforms/requirements/requirement.ts';
import type { ValidationInput } from '../../../transforms/validate/finding.ts';
import { RULES, validate } from '../../../transforms/validate/rules.ts';

const index = tariffIndex([
  { code: '6109100012', path: ['T-shirts, singlets, tank tops, knitted or crocheted', 'Of cotton', "Men's or boys'"] },
  { code: '7308200030', path: ['Structures of iron or steel', 'Towers and lattice masts', 'Tubular, wind turbine'] },
  { code: '8471300100', path: ['Automatic data processing machines', 'Portable, weighing not more than 10 kg'] },
  { code: '99030125', path: ['Articles of cotton knitted steel portable'] },
]);
const base: ValidationInput = {
  text: '6109.10.00.12',
  digits: '6109100012',
  national: null,
  leading_zero: null,
  destination: 'US',
  origin: 'CN',
  as_of: '2026-06-10',
  description: null,
  declared_value: null,
  hs6_active: true,
  tariff: {
    line: { code: '6109100012', declarable: true, path: [] },
    below: 0,
    digits: 10,
    span: null,
    unlisted: null,
    replaced_by: [],
    nearest: [],
    behind: null,
  },
  retrieval: null,
  requirements: { available: true, reason: null, list: [], exposures: [], open: { traps: [], documents: [] } },
};
const judge = (more: Partial<ValidationInput>) => {
  const input = { ...base, ...more };
  const retrieval = input.description === null ? null : retrieve(index, input.description);
  const { verdict, complete, findings } = validate({ ...input, retrieval });
  return { verdict, complete, of: (rule: string) => findings.find((each) => each.rule === rule) };
};
const unlisted = {
  message: '9403.20.80.20 is not in the nomenclature at hand',
  nomenclature_as_of: '2026-04-01',
  inherits_from: { code: '94032080', formatted: '9403.20.80' },
};
const link = (to: string, effective_date = '2026-02-01'): DatedLink => ({
  from: '6109100012',
  to,
  kind: 'split',
  from_continues: false,
  to_existed: false,
  score: '0.900',
  authority: 'inferred',
  evidence: [],
  effective_date,
});

describe('rules of validation', () => {
  it('an ended code names when it ended and all candidates of a split', () => {
    const tariff = {
      line: null,
      below: 0,
      digits: 10,
      span: { from: '2020-01-01', to: '2026-02-01' },
      unlisted: null,
      replaced_by: [link('6109100014'), link('6109100016')],
      nearest: [],
      behind: null,
    };
    const { verdict, of } = judge({ tariff });
    expect(verdict).toBe('fail');
    expect(of('active')?.message).toContain('ended on 2026-02-01. Its goods were divided among 2 codes');
    expect(of('active')?.details['replacements']).toMatchObject([{ to: '6109100014' }, { to: '6109100016' }]);
  });

  it('a likely candidate is named, an unlikely one only as possible', () => {
    const ended = { line: null, below: 0, digits: 10, span: { from: '2020-01-01', to: '2026-02-01' }, unlisted: null };
    const message = (...scores: string[]) => {
      const replaced_by = scores.map((score, index) => ({ ...link(`610910001${index}`), score }));
      return judge({ tariff: { ...ended, replaced_by, nearest: [], behind: null } }).of('active')?.message;
    };
    expect(message('0.930')).toContain('Candidate: 6109.10.00.10.');
    expect(message('0.930', '0.620')).toContain('Candidate: 6109.10.00.10. Possible as well: 1 more.');
    expect(message('0.620')).toContain('What took over is not certain; possible: 6109.10.00.10.');
  });

  it('a line with nothing but uncoded lines below it is not said to be out of force', () => {
    const line = { code: '22082014', declarable: false, path: ['Spirits', 'Armagnac'] };
    const rest = { below: 0, digits: 10, span: null, unlisted: null, replaced_by: [], nearest: [], behind: null };
    expect(judge({ tariff: { line, ...rest } }).of('declarable')).toMatchObject({
      status: 'not_evaluated',
      message: expect.stringContaining('whether it can be declared itself is not known') as string,
    });
  });

  it('a code that may exist although no line lists it is warned of, neither passed nor failed', () => {
    const tariff = {
      line: null,
      below: 0,
      digits: 10,
      span: null,
      unlisted,
      replaced_by: [],
      nearest: [],
      behind: null,
    };
    const { verdict, complete, of } = judge({ tariff });
    expect([verdict, complete]).toEqual(['warn', false]);
    expect(of('active')).toMatchObject({
      status: 'warn',
      message: unlisted.message,
      details: { issue: 'code-not-in-nomenclature', inherits_from: { code: '94032080' } },
    });
    expect(of('declarable')?.status).toBe('not_evaluated');
    expect(judge({ tariff: { ...tariff, unlisted: null } }).verdict).toBe('fail');
  });

  it('a code whose goods moved away within a year is warned of, an older move is history', () => {
    const moved = (date: string) =>
      judge({
        tariff: {
          line: { code: '6109100012', declarable: true, path: [] },
          below: 0,
          digits: 10,
          span: null,
          unlisted: null,
          replaced_by: [link('6109100014', date)],
          nearest: [],
          behind: null,
        },
      });
    expect(moved('2026-02-01')).toMatchObject({ verdict: 'warn' });
    expect(moved('2026-12-01').of('reused')?.status).toBe('pass');
    expect(moved('2024-02-01').of('reused')?.status).toBe('pass');
  });

  it('the description is compared by retrieval; few known words decide nothing', () => {
    expect(judge({ description: "men's cotton T-shirts, knitted" }).of('description')?.status).toBe('pass');
    const odd = judge({ description: 'steel towers for wind turbines' }).of('description');
    expect(odd).toMatchObject({ status: 'warn', details: { best: [{ heading: '7308' }] } });
    expect(judge({ description: 'qwertz cotton' }).of('description')?.status).toBe('not_evaluated');
    // Chapter 99 describes provisions and is never offered.
    expect(retrieve(index, 'articles of cotton knitted').headings.of('9903')).toBeNull();
  });

  it('a value of zero is a fail, no value is not evaluated', () => {
    expect(judge({ declared_value: { amount: '0.00', currency: 'USD' } })).toMatchObject({ verdict: 'fail' });
    expect(judge({ declared_value: { amount: '-1', currency: 'USD' } })).toMatchObject({ verdict: 'fail' });
    expect(judge({ declared_value: { amount: '1', currency: 'usd' } })).toMatchObject({ verdict: 'fail' });
    expect(judge({ declared_value: { amount: '1', currency: 'EEK' } })).toMatchObject({ verdict: 'warn' });
    expect(judge({}).of('declared-value')?.status).toBe('not_evaluated');
  });

  it('a value says what is wrong with it, and what no shipment is worth is asked about', () => {
    const value = (amount: string, currency = 'USD') =>
      judge({ declared_value: { amount, currency } }).of('declared-value');
    expect(value('-5')).toMatchObject({ status: 'fail', message: 'The value is negative.' });
    expect(value('1,000.00')?.message).toContain('no separators');
    expect(value('12,50')?.message).toContain('no separators');
    expect(value('1e9')?.message).toBe('The value is no decimal amount.');
    expect(value(' 12.50 ')?.status).toBe('pass');
    expect(value('12', 'XXX')?.status).toBe('fail');
    expect(value('12', 'QQQ')?.status).toBe('fail');
    expect(value('0.01')?.status).toBe('warn');
    expect(value('99999999999999999999')?.status).toBe('warn');
    expect(value('99999999999', 'IDR')?.status).toBe('pass');
  });

  it('a description of no goods is warned of, one in another language is not judged', () => {
    const of = (description: string) => judge({ description }).of('description');
    expect(of('gift')).toMatchObject({ status: 'warn', message: expect.stringContaining('too little') as string });
    expect(of('samples of no commercial value')?.status).toBe('warn');
    // 'für' without its dots is fur.
    expect(of('Baumwoll T-Shirt für Herren')?.status).toBe('not_evaluated');
    // The only word there is, in one heading: it speaks for that one and against none.
    expect(of('masts')?.status).toBe('not_evaluated');
    // A size of a tyre and of a screen.
    expect(of('macbook pro 16 inch')?.status).toBe('not_evaluated');
  });

  it('a code that is short for a tariff of ten digits, one of chapter 99, one that lost its zero, one with a national digit', () => {
    const line = { code: '847130', declarable: true, path: [] };
    const tariff = {
      line,
      below: 0,
      digits: 10,
      span: null,
      unlisted: null,
      replaced_by: [],
      nearest: [],
      behind: null,
    };
    const short = judge({ text: '847130', digits: '847130', destination: 'DE', tariff });
    expect(short.of('declarable')).toMatchObject({ status: 'warn', details: { declare_as: '8471.30.00.00' } });
    const provision = judge({ text: '9903.88.15', digits: '99038815', tariff: { ...tariff, digits: 0 } });
    expect(provision.of('declarable')).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('chapter 99') as string,
    });
    const cut = judge({ text: '101210010', digits: '101210010', leading_zero: '0101210010' });
    expect(cut.of('well-formed')).toMatchObject({
      status: 'fail',
      details: { candidate: { formatted: '0101.21.00.10' } },
    });
    const german = judge({ text: '84713000009', digits: '8471300000', national: '9', destination: 'DE', tariff });
    expect(german.of('well-formed')).toMatchObject({ status: 'pass', details: { national_digit_not_judged: '9' } });
    expect(german.of('declarable')?.status).toBe('pass');
  });

  it('a code that never was names what can be declared below the part that exists; lines of an old release leave it open', () => {
    const tariff = {
      line: null,
      below: 0,
      digits: 10,
      span: null,
      unlisted: null,
      replaced_by: [],
      nearest: ['8471300100'],
      behind: 'stale',
    };
    const { verdict, of } = judge({ text: '8471300000', digits: '8471300000', tariff });
    expect(verdict).toBe('fail');
    expect(of('active')?.message).toContain('Below the part of it that exists: 8471.30.01.00.');
    const span = { from: '2020-01-01', to: '2026-01-01' };
    const ended = judge({ text: '8471300000', digits: '8471300000', tariff: { ...tariff, span } }).of('active');
    expect(ended?.message).toContain('What took over is not known. Below the part of it that exists: 8471.30.01.00.');
    const old = judge({ tariff: { ...tariff, line: { code: '6109100012', declarable: true, path: [] } } });
    expect(old).toMatchObject({ verdict: 'pass', complete: false });
    expect(old.of('up-to-date')?.status).toBe('not_evaluated');
  });

  it('documents of a measure are required, those of an inference are listed apart and decide nothing', () => {
    const flag: Requirement = {
      kind: 'document',
      regime: 'food',
      title: 'FDA FD3',
      direction: 'import',
      blocking: true,
      groups: [{ condition_code: 'FD3', alternatives: [], waivers: [], thresholds: [], otherwise: 'not_allowed' }],
      measure_type: 'FD3',
      code: '0406',
      area: null,
      authority: 'inferred',
      notes: ['prior notice'],
      legal_base: { citation: '21 CFR 1.281', url: null },
      valid_from: null,
      valid_to: null,
      release: 1,
    };
    const held = { available: true, reason: null, exposures: [], open: { traps: [], documents: [] } };
    const inferred = judge({ requirements: { ...held, list: [flag] } });
    expect(inferred).toMatchObject({ verdict: 'pass', complete: false });
    expect(inferred.of('documents')?.details).toMatchObject({
      may_be_required: [{ title: 'FDA FD3', obligations: ['prior notice'], legal_base: { citation: '21 CFR 1.281' } }],
    });
    const stated = judge({ requirements: { ...held, list: [{ ...flag, authority: 'authoritative' }] } });
    expect(stated).toMatchObject({ verdict: 'warn' });
    expect(stated.of('documents')?.details['required_documents']).toMatchObject([
      { legal_base: { citation: '21 CFR 1.281' } },
    ]);
  });

  it('a sector under suspicion of forced labour is a trap of its origin', () => {
    const sector: Requirement = {
      kind: 'control',
      regime: 'forced-labour',
      title: 'UFLPA priority sector: apparel',
      direction: 'import',
      blocking: false,
      groups: [],
      measure_type: null,
      code: '61',
      area: null,
      authority: 'inferred',
      notes: [],
      legal_base: null,
      valid_from: '2022-06-17',
      valid_to: null,
      release: 1,
    };
    const open = { traps: [], documents: [] };
    const requirements = { available: true, reason: null, list: [sector], exposures: [], open };
    expect(judge({ requirements }).of('traps')).toMatchObject({
      status: 'warn',
      details: { restrictions: [{ title: sector.title, authority: 'inferred' }] },
    });
  });

  it('nothing found passes only when everything is covered, and no tariff never passes', () => {
    expect(judge({}).of('traps')?.status).toBe('pass');
    const open = {
      available: true,
      reason: null,
      list: [],
      exposures: [],
      open: { traps: ['measures: an extract'], documents: ['agency-flags'] },
    };
    expect(judge({ requirements: open }).of('traps')?.status).toBe('not_evaluated');
    expect(judge({ requirements: open }).of('documents')?.status).toBe('not_evaluated');
    expect(judge({ tariff: null, hs6_active: null })).toMatchObject({ verdict: 'warn', complete: false });
  });

  it('no text makes a rule throw, each rule reports once, and a fail finding means fail', () => {
    const input = fc.record({
      text: fc.string({ maxLength: 40 }),
      digits: fc.option(fc.stringMatching(/^\d{2,14}$/)),
      national: fc.option(fc.constant('0')),
      leading_zero: fc.option(fc.constant('0610910001')),
      destination: fc.string({ maxLength: 4 }),
      origin: fc.option(fc.string({ maxLength: 4 })),
      as_of: fc.constantFrom('2026-06-10', '2020-01-01'),
      description: fc.option(fc.string({ maxLength: 200, unit: 'binary' })),
      declared_value: fc.option(
        fc.record({ amount: fc.string({ maxLength: 10 }), currency: fc.string({ maxLength: 4 }) }),
      ),
      hs6_active: fc.option(fc.boolean()),
      tariff: fc.option(
        fc.record({
          line: fc.option(fc.record({ code: fc.constant('61'), declarable: fc.boolean(), path: fc.constant([]) })),
          below: fc.nat({ max: 3 }),
          digits: fc.constant(10),
          span: fc.option(
            fc.record({ from: fc.constantFrom('2019-01-01', '2027-01-01'), to: fc.option(fc.constant('2025-01-01')) }),
          ),
          unlisted: fc.constantFrom(null, unlisted),
          replaced_by: fc.constantFrom([], [link('6109100014')]),
          nearest: fc.constantFrom([], ['6109100014']),
          behind: fc.option(fc.constant('stale')),
        }),
      ),
      requirements: fc.option(fc.constant(base.requirements).map((each) => each)),
    });
    fc.assert(
      fc.property(input, (made) => {
        const retrieval = made.description === null ? null : retrieve(index, made.description);
        const { verdict, findings } = validate({ ...made, retrieval });
        expect(findings.length).toBe(RULES.length);
        expect(new Set(findings.map(({ rule }) => rule)).size).toBe(RULES.length);
        const statuses = findings.map(({ status }) => status);
        if (statuses.includes('fail')) expect(verdict).toBe('fail');
        else if (statuses.includes('warn')) expect(verdict).toBe('warn');
        if (verdict === 'pass') expect(made.tariff).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});

describe('tokens', () => {
  it('plurals, possessives, accents and numbers of goods; no numbers of the tariff', () => {
    const text = "Men's or boys' shirts of cotton, not over 0.30 kg (heading 6109.10)";
    expect(tokens(text)).toEqual(['men', 'boy', 'shirt', 'cotton', '0.30', 'kg']);
    expect(tokens('Gruyère, boxes, batteries, glass')).toEqual(['gruyere', 'box', 'battery', 'glass']);
    expect(tokens('8471 6109.10.00')).toEqual([]);
  });
});
