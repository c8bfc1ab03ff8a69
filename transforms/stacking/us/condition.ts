import { Exact } from '../../exact.ts';
import type { DutyQuestion } from '../component.ts';
import type { Condition } from '../programme.ts';
import type { FootnoteRef, ListHit } from './input.ts';

export type Truth = 'yes' | 'no' | 'unknown';

/** The truth of a condition, what would settle an unknown, and the prefix of the code it rests on. */
export interface Finding {
  truth: Truth;
  /** Fact names, or 'list:<id>' for a list that is not loaded. */
  needs: string[];
  code: string | null;
}

export interface ConditionContext {
  question: DutyQuestion;
  footnotes: readonly FootnoteRef[];
  hits: readonly ListHit[];
  loaded: ReadonlySet<string>;
  /** Whether the base duty chosen is free; null while it is not chosen or not computable. */
  baseFree: boolean | null;
  /** Take undeclared facts as declared in favour: what could still be claimed. */
  hopeful: boolean;
}

const yes = (code: string | null = null, needs: string[] = []): Finding => ({ truth: 'yes', needs, code });
const no = (): Finding => ({ truth: 'no', needs: [], code: null });
const unknown = (...needs: string[]): Finding => ({ truth: 'unknown', needs, code: null });

/** Three-valued evaluation (Kleene): a "no" decides an "all" and a "yes" an "any" whatever is unknown beside it. */
export function evaluateCondition(condition: Condition, context: ConditionContext): Finding {
  const { question } = context;
  switch (condition.op) {
    case 'always':
      return yes();
    case 'code':
      return onCodes(condition.prefixes, question.code);
    case 'list':
      return onList(condition, context);
    case 'footnote': {
      const ref = context.footnotes.find((footnote) => footnote.heading.startsWith(condition.heading));
      return ref ? yes(ref.code) : no();
    }
    case 'fact': {
      const value = question.facts[condition.name];
      if (value === undefined) return undeclared(condition, context);
      return condition.is.some((accepted) => accepted === value || String(accepted) === value) ? yes() : no();
    }
    case 'fact_below':
    case 'fact_at_least': {
      const value = decimalFact(question, condition.name);
      if (value === null) return undeclared(condition, context);
      const below = value.lessThan(condition.limit);
      return below === (condition.op === 'fact_below') ? yes() : no();
    }
    case 'in_transit':
      return inTransit(condition, context);
    case 'origin':
      return condition.countries.includes(question.origin) ? yes() : no();
    case 'preference':
      return claimed(condition.symbols, context);
    case 'entered_free': {
      const claim = claimed(condition.symbols, context);
      if (claim.truth !== 'yes' || claim.needs.length > 0) return claim;
      return context.baseFree === null ? unknown('base_duty') : context.baseFree ? claim : no();
    }
    case 'declared': {
      const declared = question.facts['declared_heading'];
      if (declared === undefined) return context.hopeful ? yes(null, ['declared_heading']) : no();
      return declared === condition.heading ? yes() : no();
    }
    case 'all':
      return every(condition.of.map((part) => evaluateCondition(part, context)));
    case 'any':
      return some(condition.of.map((part) => evaluateCondition(part, context)));
    case 'not': {
      // Hope is about claims in the importer's favour; it does not reach under a negation.
      const inner = evaluateCondition(condition.of, { ...context, hopeful: false });
      if (inner.truth === 'unknown') return inner;
      return inner.truth === 'yes' ? no() : yes();
    }
  }
}

function every(parts: Finding[]): Finding {
  if (parts.some((part) => part.truth === 'no')) return no();
  const open = parts.filter((part) => part.truth === 'unknown');
  if (open.length > 0) return unknown(...open.flatMap((part) => part.needs));
  return yes(longest(parts), [...new Set(parts.flatMap((part) => part.needs))]);
}

function some(parts: Finding[]): Finding {
  const [met] = [...parts].filter((part) => part.truth === 'yes').sort((a, b) => a.needs.length - b.needs.length);
  if (met) return met;
  const open = parts.filter((part) => part.truth === 'unknown');
  return open.length > 0 ? unknown(...open.flatMap((part) => part.needs)) : no();
}

function longest(parts: readonly Finding[]): string | null {
  return parts.reduce<string | null>(
    (best, part) => (part.code !== null && part.code.length > (best?.length ?? 0) ? part.code : best),
    null,
  );
}

function onCodes(prefixes: readonly string[], code: string): Finding {
  const match = prefixes.find((prefix) => code.startsWith(prefix));
  if (match !== undefined) return yes(match);
  // Asked at eight digits where the law names ten: part of the line only.
  return prefixes.some((prefix) => prefix.startsWith(code)) ? unknown('code') : no();
}

function onList(condition: Extract<Condition, { op: 'list' }>, context: ConditionContext): Finding {
  const hit = context.hits.find(
    (candidate) =>
      candidate.list === condition.list &&
      context.question.code.startsWith(candidate.code) &&
      Object.entries(condition.where ?? {}).every(([field, value]) => candidate.data[field] === value),
  );
  if (hit) return yes(hit.code);
  return context.loaded.has(condition.list) || condition.absent === 'no' ? no() : unknown(`list:${condition.list}`);
}

function undeclared(condition: { name: string; undeclared: 'no' | 'unknown' }, context: ConditionContext): Finding {
  if (context.hopeful) return yes(null, [condition.name]);
  return condition.undeclared === 'unknown' ? unknown(condition.name) : no();
}

function claimed(symbols: readonly string[], context: ConditionContext): Finding {
  const claim = context.question.facts['preference'];
  if (claim === undefined) return context.hopeful ? yes(null, ['preference']) : no();
  return typeof claim === 'string' && symbols.includes(claim) ? yes() : no();
}

/**
 * "Loaded onto a vessel at the port of loading and in transit on the final mode of transit before …": a declared final mode other
 * than vessel does not qualify; an undeclared one is taken as the vessel that a loading date implies.
 */
function inTransit(condition: Extract<Condition, { op: 'in_transit' }>, context: ConditionContext): Finding {
  const { facts, as_of } = context.question;
  const loaded = facts['loaded_on'];
  const mode = facts['final_mode'];
  if (condition.entered_before !== null && as_of >= condition.entered_before) return no();
  if (typeof loaded !== 'string') return no();
  if (loaded >= condition.loaded_before) return no();
  if (typeof mode === 'string' && !['vessel', 'ocean', 'sea'].includes(mode)) return no();
  return condition.entered_before === null ? unknown('law:in_transit_deadline') : yes();
}

/** A decimal fact as declared ("0.6", 0.6); null when undeclared or not a number. */
export function decimalFact(question: DutyQuestion, name: string): Exact | null {
  const value = question.facts[name];
  if (typeof value === 'number' && Number.isFinite(value)) return new Exact(value);
  return typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? new Exact(value) : null;
}
