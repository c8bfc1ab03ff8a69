import type { Command } from 'commander';
import { type CommonOptions, define, perform } from '../perform.ts';

export function migrateCommand(program: Command): void {
  define(program, 'migrate', 'bring the schema of the database up to date').action((options: CommonOptions) =>
    perform(options, async ({ open, result }) => {
      const { migrated } = await open();
      result(
        { migrated },
        migrated.length === 0 ? 'the schema is up to date' : migrated.map((name) => `ran ${name}`).join('\n'),
      );
      return undefined;
    }),
  );
}
