import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/compiled.ts', 'test/support/postgres.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Real files, real databases, real processes: slow machines must not turn into failures.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
