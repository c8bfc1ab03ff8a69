import type { Command } from 'commander';
import { manifestOf } from '../../ingest/manifest.ts';
import { SOURCES } from '../../ingest/registry.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { textTable } from '../tables.ts';

export function sourcesCommand(program: Command): void {
  define(program, 'sources', 'list the sources this version knows, with publisher, cadence and licence').action(
    (options: CommonOptions) =>
      perform(options, ({ result }) => {
        const value = SOURCES.map((source) => ({
          id: source.id,
          jurisdiction: source.jurisdiction,
          title: source.title,
          ...manifestOf(source),
        }));
        const rows = SOURCES.map((source) => [
          source.id,
          source.jurisdiction,
          source.publisher.acronym,
          `${source.cadence.cron} ${source.cadence.timezone}`,
          source.cadence.staleAfter,
          source.title,
        ]);
        result(value, textTable(['source', 'of', 'publisher', 'asked at', 'promise', 'title'], rows));
        return Promise.resolve(undefined);
      }),
  );
}
