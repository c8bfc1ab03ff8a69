import type { DutyExpression } from '../../duty/expression.ts';
import { roundMoney } from '../../duty/evaluate.ts';
import { Exact } from '../../exact.ts';
import type { DutyComponent } from '../component.ts';
import type { HeadingRow } from '../programme.ts';
import type { ChosenBase } from './base-duty.ts';
import type { Offer } from './decide.ts';
import type { UsStackingInput } from './input.ts';
import type { Settled } from './suppression.ts';

/** A settled heading as components of the answer: itself, then the reliefs that could be claimed for it. */
export function headingComponents(
  settled: Settled,
  base: ChosenBase,
  input: UsStackingInput,
): { components: DutyComponent[]; blocked: string[] } {
  const own = ownComponent(settled, base, input);
  const offers = settled.status === 'applied' || settled.status === 'undetermined' ? settled.offers : [];
  return { components: [own.component, ...offers.map((offer) => offered(settled, offer))], blocked: own.blocked };
}

function ownComponent(
  settled: Settled,
  base: ChosenBase,
  input: UsStackingInput,
): { component: DutyComponent; blocked: string[] } {
  const component = shell(settled);
  if (settled.status !== 'applied') return { component, blocked: [] };
  const { rate } = settled.row;
  const needs = settled.row.presumption?.facts ?? [];
  switch (rate.kind) {
    case 'adds':
      return priced({ ...component, needs }, rate.rate, settled, input);
    case 'floor_total':
      return floored({ ...component, needs }, rate, settled, base, input);
    case 'none':
      return {
        component: { ...component, rate: '0', amount: input.question.customs_value ? '0.00' : null },
        blocked: [],
      };
    case 'prohibition':
      return { component, blocked: [] };
    case 'in_lieu_of_column_2':
      return priced({ ...component, needs, reason: 'in lieu of the column 2 rate' }, rate.rate, settled, input);
    case 'unknown':
      return {
        component: {
          ...component,
          status: 'undetermined',
          needs: ['law'],
          reason: settled.row.review ?? 'rate not at hand',
        },
        blocked: [],
      };
  }
}

function priced(
  component: DutyComponent,
  rate: string,
  settled: Settled,
  input: UsStackingInput,
): { component: DutyComponent; blocked: string[] } {
  const { share, missing } = settled.value;
  const effective = share === null ? new Exact(rate) : new Exact(rate).times(share);
  const value = input.question.customs_value;
  const amount = value && missing.length === 0 ? roundMoney(effective.times(value.amount).toFixed()) : null;
  const needs = [...new Set([...component.needs, ...missing])];
  return { component: { ...component, rate: effective.toFixed(), amount, needs }, blocked: missing };
}

/** max(0, total - equivalent of the base). Specific base rates need the value and the quantities first (notes 2(v)(xix), 33(m)). */
function floored(
  component: DutyComponent,
  rate: Extract<HeadingRow['rate'], { kind: 'floor_total' }>,
  settled: Settled,
  base: ChosenBase,
  input: UsStackingInput,
): { component: DutyComponent; blocked: string[] } {
  if (base.equivalent === null) {
    const reason = `raises the total to ${percent(rate.total)}: needs the ad valorem equivalent of the base duty`;
    return { component: { ...component, status: 'undetermined', reason, needs: base.missing }, blocked: [] };
  }
  const gap = Exact.max(new Exact(rate.total).minus(base.equivalent), 0);
  const reached = gap.isZero();
  const heading = reached && rate.at_or_above !== null ? rate.at_or_above : component.heading;
  const reason = reached
    ? `the base duty is at or above ${percent(rate.total)}: adds nothing`
    : `raises the total to ${percent(rate.total)}`;
  const said = component.reason === null ? reason : `${reason}; ${component.reason}`;
  return priced({ ...component, heading, reason: said }, gap.toFixed(), settled, input);
}

const percent = (fraction: string): string => `${new Exact(fraction).times(100).toFixed()} %`;

function offered(settled: Settled, offer: Offer): DutyComponent {
  return {
    ...shell(settled),
    heading: offer.heading,
    effect: 'relief',
    status: 'available',
    expression: null,
    duty: null,
    reason: `takes the goods out of ${settled.row.heading ?? settled.row.program}: ${offer.reason}`,
    needs: offer.needs,
    suppressed_by: null,
  };
}

function shell(settled: Settled): DutyComponent {
  const { row } = settled;
  const act = row.acts[0];
  return {
    program: row.program,
    family: row.family,
    measure_type: row.measure_type,
    heading: row.heading,
    code: settled.code,
    effect: row.effect,
    status: settled.status,
    expression: row.expression,
    duty: dutyOf(row),
    rate: null,
    amount: null,
    reason: settled.reason,
    suppressed_by: settled.suppressed_by,
    needs: settled.needs,
    legal_base: act
      ? { citation: row.note === null ? act.citation : `${act.citation}; U.S. note ${row.note}`, url: act.url }
      : null,
    valid_from: row.valid_from,
    valid_to: row.valid_to,
    needs_review: row.needs_review,
    source: row.source,
  };
}

function dutyOf(row: HeadingRow): DutyExpression | null {
  switch (row.rate.kind) {
    case 'adds':
    case 'in_lieu_of_column_2':
      return {
        op: 'ad_valorem',
        rate: row.rate.rate,
        ...(row.value === 'content'
          ? { basis: 'metal_content' }
          : row.value === 'non_us_content'
            ? { basis: 'non_us_content' }
            : {}),
      };
    case 'floor_total':
      return {
        op: 'larger_of',
        terms: [
          { op: 'free' },
          { op: 'difference', from: { op: 'ad_valorem', rate: row.rate.total }, less: { op: 'base_duty' } },
        ],
      };
    case 'none':
      return { op: 'free' };
    case 'prohibition':
    case 'unknown':
      return null;
  }
}
