import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface TariffChild {
  process: ChildProcess;
  output: { stdout: string; stderr: string };
  ended: Promise<Ended>;
  /** Resolves with the text so far once standard output or error matches; rejects when the process ends before that. */
  until(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The command as a process of its own, compiled when the tests started. Nothing of the caller's TARIFF_* and DATABASE_URL reaches it. */
export function tariff(args: readonly string[], env: Readonly<Record<string, string>>): TariffChild {
  const { broken } = inject('command');
  if (broken !== null) throw new Error(`The command cannot be compiled:\n${broken}`);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(TARIFF_|DATABASE_URL$|PORT$|HOST$|VITEST|NODE_ENV$)/.test(name),
  );
  const child = spawn(process.execPath, ['dist/bin/tariff.js', ...args], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  const until = (stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output[stream]);
        if (!match) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      void ended.then(({ code, stderr }) =>
        reject(new Error(`ended with ${String(code)} before ${String(pattern)}:\n${stderr}`)),
      );
    });
  return { process: child, output, ended, until };
}
