/** What is wrong with a question, or why there is no answer to it. `code` is stable; api/errors.ts gives it a status and a title. */
export type ProblemCode =
  'invalid-request' | 'code-not-found' | 'not-loaded' | 'not-covered-at-date' | 'not-known-yet' | 'not-found';

export interface FieldError {
  /** Parameter or JSON path in the body. */
  field: string;
  /** What is accepted instead. */
  message: string;
}

/** Answers throw it; nothing else of theirs is meant for the one who asked. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  /** Further members of the problem document. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: ProblemCode,
    detail: string,
    { errors = [], extra = {} }: { errors?: readonly FieldError[]; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.extra = extra;
  }
}
