import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreadCondition } from '../../../transforms/duty/condition-codes.ts';
import type { MeasureCondition } from '../../../transforms/records.ts';
import { type ControlMeasure, requirementOf } from '../../../transforms/requirements/from-measure.ts';
import { documentGroups } from '../../../transforms/requirements/groups.ts';
import { pgaRequirements, type FlagOnCode } from '../../../transforms/requirements/pga.ts';
import { regimesOfCode } from '../../../transforms/requirements/regime-scope.ts';
import { assessRisk } from '../../../transforms/risk/assess.ts';
import { regimeScopeData } from '../../../transforms/reference/regime-scope.ts';

const line = (
  condition_code: string,
  sequence: number,
  certificate: string | null,
  action_code: string | null,
): MeasureCondition => ({
  condition_code,
  sequence,
  certificate,
  amount: null,
  currency: null,
  unit: null,
  action_code,
  duty_expression: null,
});
const names = {
  measureTypes: new Map([
    ['105', 'Non preferential duty under authorised use'],
    ['142', 'Tariff preference'],
    ['109', 'Supplementary unit'],
    ['465', 'Restriction on entry into free circulation'],
    ['761', 'Import control on REACH'],
  ]),
  documents: new Map([['L001', 'Import licence']]),
};
const measure = (measure_type: string, effect: string, conditions: MeasureCondition[] = []): ControlMeasure => ({
  code: '0101',
  measure_type,
  geographical_area: '1011',
  effect,
  conditions,
  additional_code: null,
  legal_base: null,
  legal_base_url: null,
  valid_from: '2021-01-01',
  valid_to: null,
  stated_by: 1,
});

describe('requirements of measures', () => {
  it('end use: without the authorisation the subheading may not be declared at all', () => {
    const found = requirementOf(measure('105', 'base', [line('B', 1, 'N990', '27'), line('B', 2, null, '08')]), names);
    expect(found).toMatchObject({ kind: 'document', blocking: true });
    expect(found?.notes).toContain('without it the subheading may not be declared');
  });

  it('a proof of origin is a claim, a supplementary unit nothing', () => {
    const preference = measure('142', 'base', [line('C', 1, 'U088', '27'), line('C', 2, null, '07')]);
    expect(requirementOf(preference, names)).toMatchObject({ kind: 'claim', blocking: false });
    expect(requirementOf(measure('109', 'informational'), names)).toBeNull();
    expect(
      assessRisk(
        [requirementOf(preference, names)].flatMap((each) => each ?? []),
        [],
        [],
      ).level,
    ).toBe('L0');
  });

  it('a licence by its name, a restriction where only waivers open, a document that leads to refusal opens nothing', () => {
    const licence = measure('465', 'informational', [line('B', 1, 'L001', '24'), line('B', 2, null, '04')]);
    expect(requirementOf(licence, names)).toMatchObject({ kind: 'licence', regime: 'sanctions' });
    const reach = measure('761', 'informational', [line('Y', 1, 'Y106', '24'), line('Y', 2, null, '04')]);
    expect(requirementOf(reach, names)).toMatchObject({ kind: 'restriction', blocking: true });
    expect(documentGroups([line('Z', 1, 'C999', '04'), line('Z', 2, null, '24')], new Map())).toMatchObject([
      { alternatives: [], waivers: [], otherwise: 'allowed' },
    ]);
  });

  it('a condition that is not understood is shown, also where it may only choose the rate of a duty', () => {
    const duty = measure('103', 'base', [unreadCondition('B proof C-990 27', 1)]);
    expect(requirementOf(duty, names)).toMatchObject({
      kind: 'control',
      blocking: false,
      notes: expect.arrayContaining(["a condition is not understood: 'B proof C-990 27'"]) as string[],
    });
    expect(requirementOf(measure('103', 'base'), names)).toBeNull();
  });

  it('a certificate that makes the measure not applicable is a waiver, whatever its letter', () => {
    const [group] = documentGroups([line('Q', 1, '9018', '07'), line('Q', 2, null, '01')], new Map());
    expect(group).toMatchObject({ alternatives: [], waivers: [{ code: '9018' }], otherwise: 'another_duty' });
  });

  it('never throws, and what it says blocks has a group that refuses or is a plain prohibition', () => {
    const condition = fc.record({
      condition_code: fc.constantFrom('A', 'B', 'Y', 'Z', 'V'),
      sequence: fc.integer({ min: 0, max: 20 }),
      certificate: fc.option(fc.constantFrom('C640', 'Y900', 'L001', '9018')),
      amount: fc.option(fc.constantFrom('10', '0.5')),
      currency: fc.option(fc.constant('EUR')),
      unit: fc.option(fc.constant('DTN')),
      action_code: fc.option(fc.constantFrom('01', '04', '05', '07', '08', '24', '25', '27', '29', '36', '')),
      duty_expression: fc.constant(null),
    });
    const effects = fc.constantFrom('base', 'additive', 'informational', 'prohibition', 'quota_in');
    fc.assert(
      fc.property(
        fc.array(condition, { maxLength: 8 }),
        effects,
        fc.constantFrom('105', '465', '999'),
        (conditions, effect, type) => {
          const found = requirementOf(measure(type, effect, conditions), names);
          if (found?.blocking !== true) return;
          const refuses = found.groups.some(({ otherwise }) => otherwise === 'not_allowed');
          expect(refuses || (found.kind === 'prohibition' && found.groups.length === 0)).toBe(true);
          for (const { alternatives } of found.groups)
            expect(alternatives.every(({ code }) => !code.startsWith('Y'))).toBe(true);
        },
      ),
    );
  });
});

describe('flags of US agencies', () => {
  const flag = (more: Partial<FlagOnCode>): FlagOnCode => ({
    agency: 'DEA',
    flag: 'DE1',
    program: 'DEA',
    requirement: 'may_be_required',
    authority: 'authoritative',
    flag_source: 'published_agency_list',
    code: '2933',
    definition: null,
    disclaim: null,
    notes: [],
    stale: false,
    release: 1,
    ...more,
  });
  it('the longest number of an agency and flag decides; odd may be disclaimed, even may not', () => {
    const found = pgaRequirements([
      flag({}),
      flag({ code: '293333', disclaim: ['A'] }),
      flag({ agency: 'NMFS', flag: 'NM8', program: 'SIM', requirement: 'required', code: '0302' }),
    ]);
    expect(found.map(({ measure_type, code, kind, blocking }) => [measure_type, code, kind, blocking])).toEqual([
      ['DE1', '293333', 'document', true],
      ['NM8', '0302', 'licence', true],
    ]);
    expect(found[0]?.groups[0]?.waivers).toEqual([{ code: 'disclaim A', name: null }]);
    expect(found[1]?.groups[0]?.waivers).toEqual([]);
  });
  it('no disclaim needed (AQX) blocks nothing, not enforced asks for nothing', () => {
    expect(pgaRequirements([flag({ flag: 'AQX', disclaim: [] })])[0]).toMatchObject({
      kind: 'document',
      blocking: false,
    });
    const quiet = pgaRequirements([flag({ flag: null, requirement: 'not_enforced' })])[0];
    expect(quiet).toMatchObject({ kind: 'control', blocking: false, groups: [] });
  });
});

describe('declared scopes', () => {
  const row = (code: string, effect: 'in_scope' | 'excluded') => ({
    code,
    valid_from: '2026-01-01',
    valid_to: null,
    release: 1,
    data: regimeScopeData.parse({
      regime: 'cbam',
      title: 'CBAM',
      effect,
      partly: false,
      obligations: [],
      excluded_origins: ['NO'],
      citation: 'x',
      url: 'x',
      authority: 'inferred',
      unverified: true,
    }),
  });
  it('the longest prefix decides, five digits included', () => {
    const rows = [row('72', 'in_scope'), row('72022', 'excluded'), row('7204', 'excluded')];
    const found = (code: string, origin = 'CN') => regimesOfCode(code, origin, rows).length;
    expect([found('72021900'), found('72022100'), found('72041000'), found('72083900'), found('76011000')]).toEqual([
      1, 0, 0, 1, 0,
    ]);
    expect(found('72083900', 'NO')).toBe(0);
  });
});

describe('risk', () => {
  const exposure = {
    kind: 'surcharge',
    text: 'Section 301',
    regime: 'section-301',
    code: '61',
    authority: 'authoritative',
    release: 1,
  } as const;
  it('nothing found is no level while something is not covered', () => {
    expect(assessRisk([], [], [])).toMatchObject({ available: true, level: 'L0', at_least: false });
    expect(assessRisk([], [], ['orders'])).toMatchObject({ available: false, level: null });
    expect(assessRisk([], [exposure], ['orders'])).toMatchObject({ available: true, level: 'L2', at_least: true });
  });
  it('more reasons never lower the level, and an inferred one never lifts it above L3', () => {
    const kinds = fc.constantFrom('prohibition', 'restriction', 'licence', 'document', 'control', 'claim');
    const requirement = fc
      .record({ kind: kinds, authority: fc.constantFrom('authoritative', 'inferred'), blocking: fc.boolean() })
      .map(({ kind, authority, blocking }) => {
        const base = requirementOf(measure('465', 'prohibition'), names);
        if (base === null) throw new Error('a prohibition is a requirement');
        return { ...base, kind, authority, blocking };
      });
    const rank = (level: string | null) => Number(level?.slice(1) ?? -1);
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 6 }), requirement, (some, one) => {
        const before = assessRisk(some, [], []);
        const after = assessRisk([...some, one], [], []);
        expect(rank(after.level)).toBeGreaterThanOrEqual(rank(before.level));
        for (const reason of after.reasons)
          if (reason.authority === 'inferred') expect(rank(reason.level)).toBeLessThanOrEqual(3);
      }),
    );
  });
});
