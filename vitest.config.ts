import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts', 'test/support/compiled.ts', 'test/support/postgres.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Real files, real databases, real processes: slow machines must not turn into failures.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The default of one second is an assertion about how fast the machine is.
    expect: { poll: { timeout: 30_000 } },
  },
});
