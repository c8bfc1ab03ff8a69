import { isValidAt } from '../../dates.ts';
import { Exact } from '../../exact.ts';
import { contentShare, type Decision, type DecisionContext } from './decide.ts';

/** A decision after the other headings have been looked at. */
export interface Settled extends Omit<Decision, 'status'> {
  status: 'applied' | 'suppressed' | 'available' | 'undetermined' | 'excluded';
  suppressed_by: { program: string; heading: string | null; note: string } | null;
  /** Loser of a group whose text excepts the winner: not reported. */
  quiet: boolean;
}

/**
 * Applies the explicit "shall not be subject to" texts and the groups of which at most one heading applies.
 * Follows the relations wherever they lead (each has its own dates: EO 14289 turned Canada/Mexico and metals round), so the order
 * in which programmes are declared does not matter; a circle would leave both applied and is refused by the tests.
 */
export function settle(decisions: readonly Decision[], context: DecisionContext): Settled[] {
  const date = context.input.question.as_of;
  const settled = new Map<Decision, Settled>();
  const underway = new Set<Decision>();

  const decide = (decision: Decision): Settled => {
    const done = settled.get(decision);
    if (done) return done;
    underway.add(decision);
    const result = inGroup(decision, afterYielding(decision));
    underway.delete(decision);
    settled.set(decision, result);
    return result;
  };

  const afterYielding = (decision: Decision): Settled => {
    const plain: Settled = {
      ...decision,
      status: decision.status === 'applies' ? 'applied' : decision.status,
      suppressed_by: null,
      quiet: false,
    };
    if (plain.status !== 'applied' && plain.status !== 'undetermined') return plain;
    let open: Settled | null = null;
    let partly: Settled | null = null;
    for (const relation of decision.row.yields_to) {
      if (!isValidAt(relation, date)) continue;
      for (const other of decisions) {
        if (other === decision || underway.has(other) || !relation.programs.includes(other.row.program)) continue;
        const winner = decide(other);
        if (winner.status === 'applied') {
          const yielded = yields(plain, winner, relation, context);
          if (yielded?.status === 'suppressed') return yielded;
          partly ??= yielded;
        } else if (winner.status === 'undetermined' && plain.status === 'applied') {
          // Counted, it would make the total more than what is due where the other duty turns out to apply: no lower bound.
          open ??= undeterminedBy(plain, winner, relation);
        }
      }
    }
    return open ?? partly ?? plain;
  };

  const inGroup = (decision: Decision, state: Settled): Settled => {
    const group = decision.row.exclusive;
    if (!group) return state;
    let open: Settled | null = null;
    const rivals = decisions.filter(
      (other) =>
        other !== decision &&
        other.row.exclusive?.group === group.group &&
        other.row.exclusive.rank < group.rank &&
        !underway.has(other),
    );
    for (const other of rivals) {
      const winner = decide(other);
      if (group.quiet && sameFate(state, winner)) return { ...state, quiet: true };
      if (winner.status === 'undetermined' && state.status === 'applied') {
        open ??= undeterminedBy(state, winner, { note: group.note, portion: 'whole' });
        continue;
      }
      if (winner.status !== 'applied' || (state.status !== 'applied' && state.status !== 'undetermined')) continue;
      return { ...suppressed(state, winner, group.note), quiet: group.quiet };
    }
    return open ?? state;
  };

  return decisions.map(decide);
}

/** All open, offered or put aside alike: the group is reported once, by its first heading. */
function sameFate(state: Settled, rival: Settled): boolean {
  if (state.status !== rival.status || state.status === 'applied') return false;
  return state.status === 'suppressed' || (state.status !== 'excluded' && state.needs.join() === rival.needs.join());
}

function yields(
  state: Settled,
  winner: Settled,
  relation: { note: string; portion: 'whole' | 'content' },
  context: DecisionContext,
): Settled | null {
  if (relation.portion === 'whole') return suppressed(state, winner, relation.note);
  const content = winner.row.value === 'content' ? contentShare(winner.row, context) : null;
  if (content?.share == null) return suppressed(state, winner, relation.note);
  const rest = new Exact(1).minus(content.share);
  if (rest.isZero()) return suppressed(state, winner, relation.note);
  const share = new Exact(state.value.share ?? 1).times(rest).toFixed();
  const reason = `on the value that is not metal content (${relation.note})`;
  return { ...state, value: { ...state.value, share }, reason: joined(state.reason, reason) };
}

function suppressed(state: Settled, winner: Settled, note: string): Settled {
  const { program, heading } = winner.row;
  return {
    ...state,
    status: 'suppressed',
    suppressed_by: { program, heading, note },
    reason: `not subject where ${heading ?? program} applies (${note})`,
    needs: [],
    offers: [],
  };
}

function undeterminedBy(
  state: Settled,
  winner: Settled,
  relation: { note: string; portion: 'whole' | 'content' },
): Settled {
  const number = winner.row.heading ?? winner.row.program;
  const reason =
    relation.portion === 'content'
      ? `applies to the value that is not metal content only (${relation.note}); ${number} is open`
      : `not subject where ${number} applies (${relation.note}), which is open`;
  return { ...state, status: 'undetermined', reason, needs: winner.needs };
}

const joined = (...reasons: (string | null)[]): string => reasons.filter((reason) => reason !== null).join('; ');
