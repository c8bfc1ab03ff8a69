import type { LineRow } from '../../db/line-rows.ts';
import { formatCode } from '../../transforms/code.ts';
import { canonicalJson } from '../../transforms/hash.ts';
import type { DutyComponent, DutyQuestion, DutyTotal } from '../../transforms/stacking/component.ts';
import { Problem } from '../problem.ts';
import type { DutyData } from './duty-data.ts';

/** More lines than this below a code and the answer is asked for with more digits instead. */
const MAX_LINES = 250;

/** The answer for one declarable line, or for the code itself where it is none. */
export interface LineAnswer {
  code: string;
  line: Pick<LineRow, 'description'> | null;
  components: DutyComponent[];
  total: DutyTotal;
}

/**
 * The lines below a code that is not declarable, as one answer: that of any of them when `comparable` is the same for all, else that of
 * the code itself, not computable, with the lines that differ. A declarable code is its only line.
 */
export function oneOfLines<Answer extends LineAnswer>(
  answers: readonly Answer[],
  own: Answer,
  comparable: (component: DutyComponent) => unknown,
): { stack: Answer; total: DutyTotal; differing: DutyData['differing_lines'] } {
  const [first] = answers;
  const alike = new Set(answers.map((answer) => canonicalJson(answer.components.map(comparable)))).size === 1;
  if (first && alike) return { stack: first, total: first.total, differing: [] };
  return {
    stack: own,
    total: {
      ...own.total,
      status: 'not_computable',
      ad_valorem_rate: null,
      amount: null,
      currency: null,
      missing: [...new Set(['code', ...own.total.missing])],
    },
    differing: answers.map((answer) => ({
      code: answer.code,
      formatted: formatCode(answer.code),
      description: answer.line?.description ?? '',
      ad_valorem_rate: answer.total.ad_valorem_rate,
      status: answer.total.status,
    })),
  };
}

/**
 * Throws the Problems of a code without a declarable line, or with more of them than one answer compares. `nearest`: the longest line
 * above the code that exists on the date.
 */
export function checkTargets(question: DutyQuestion, targets: readonly string[], nearest: string | null = null): void {
  if (targets.length === 0) {
    throw new Problem(
      'code-not-found',
      `${formatCode(question.code)} has no declarable line at or below it on ${question.as_of}.`,
      {
        errors: [
          { field: 'code', message: 'a code of the tariff in force on that date (GET /lookup shows what exists)' },
        ],
        ...(nearest === null ? {} : { extra: { nearest } }),
      },
    );
  }
  if (targets.length > MAX_LINES) {
    throw new Problem(
      'invalid-request',
      `${formatCode(question.code)} has ${targets.length} declarable lines below it.`,
      {
        errors: [
          { field: 'code', message: `a code with at most ${MAX_LINES} declarable lines below it: give more digits` },
        ],
      },
    );
  }
}
