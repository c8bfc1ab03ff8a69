import type { ChangeItem } from '../../answers/changes.ts';

/** One change in a line: '6109.10.00 · rate · us.htsus 2026HTSRev5'. */
export function changeTitle({ formatted, key, op, kinds, source, label }: ChangeItem): string {
  const what = op === 'add' ? 'new' : op === 'remove' ? 'ended' : kinds.join(', ');
  return `${formatted ?? key} · ${what} · ${source} ${label}`;
}

/** What it says, a field per line: 'duty_expression: 16.5% → 15%'. */
export function changeLines({ op, fields, before, after }: ChangeItem): string[] {
  const names = op === 'modify' ? fields : Object.keys(after ?? before ?? {}).filter((name) => TOLD.has(name));
  return names.map((name) => {
    const [from, to] = [shown(before?.[name]), shown(after?.[name])];
    return op === 'modify' ? `${name}: ${from} → ${to}` : `${name}: ${op === 'add' ? to : from}`;
  });
}

/** A new record is told by what it says, not by all its columns. */
const TOLD: ReadonlySet<string> = new Set([
  'description',
  'measure_type',
  'geographical_area',
  'duty_expression',
  'programmes',
  'topic',
  'subject',
  'data',
]);

const LONGEST = 300;

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
