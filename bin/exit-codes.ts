/** What the process ends with; the one list, printed by `tariff --help`. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  quarantined: 3,
  busy: 4,
  notFound: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `Exit codes:
  0  done (also: nothing was new)
  1  failed: the message on standard error says what
  2  usage: an unknown command or option, or an environment variable that cannot be used
  3  quarantined: an edition was held back by its source's expectations
  4  busy: another process is working on the source
  5  not found: no such source, edition or code`;

/** An error for people: printed as one line without a stack, and the code the process ends with. */
export class CommandFailure extends Error {
  override name = 'CommandFailure';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
