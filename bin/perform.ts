import type { Command } from 'commander';
import { openContext, type Context } from './context.ts';
import { type Env, EnvError, readEnv } from './env.ts';
import { CommandFailure, EXIT, type ExitCode } from './exit-codes.ts';
import { createProgress, type Progress } from './progress.ts';
import { listenForStop } from './stopping.ts';

/** What a command's code is given. */
export interface Performance {
  env: Env;
  progress: Progress;
  stop: AbortSignal;
  json: boolean;
  /** Opens database, snapshots and fetchers; closed when the command ends. */
  open(): Promise<Context>;
  /** The command's result: `value` with --json, else `text`. */
  result(value: unknown, text: string): void;
}

export interface CommonOptions {
  json?: boolean;
}

/** A subcommand with what all have in common. */
export function define(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).option('--json', 'print one JSON document and nothing else');
}

/** Runs a command's code with its resources, and turns what happens into output and exit code. */
export async function perform(
  options: CommonOptions,
  fn: (performance: Performance) => Promise<ExitCode | undefined>,
): Promise<void> {
  const json = options.json === true;
  const progress = createProgress(process.stderr, json);
  const { stop, dispose } = listenForStop(progress.note);
  let context: Context | null = null;
  try {
    const env = readEnv();
    const code = await fn({
      env,
      progress,
      stop,
      json,
      open: async () => (context ??= await openContext(env, progress, stop)),
      result: (value, text) => process.stdout.write(`${json ? JSON.stringify(value) : text}\n`),
    });
    process.exitCode = code ?? EXIT.ok;
  } catch (error) {
    progress.close();
    process.exitCode = report(error, json);
  } finally {
    // TypeScript does not see the assignment inside `open`.
    await (context as Context | null)?.close();
    progress.close();
    dispose();
  }
}

function report(error: unknown, json: boolean): ExitCode {
  const expected = error instanceof CommandFailure || error instanceof EnvError;
  const code = error instanceof CommandFailure ? error.exitCode : error instanceof EnvError ? EXIT.usage : EXIT.failure;
  const message = error instanceof Error ? error.message : String(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { exit_code: code, message } })}\n`);
  process.stderr.write(`tariff: ${message}\n`);
  // Where a fault of ours comes from must be seen; what the user can mend needs no stack.
  if (!expected && error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`);
  return code;
}
