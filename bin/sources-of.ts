import { SOURCES, sourceById } from '../ingest/registry.ts';
import type { Source } from '../ingest/source.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';

/** The named source. Throws a CommandFailure that lists near names. */
export function sourceNamed(id: string): Source {
  const source = sourceById(id);
  if (source) return source;
  const near = SOURCES.map((known) => known.id).filter(
    (known) => known.includes(id) || id.includes(known.split('.').at(-1) ?? known),
  );
  throw new CommandFailure(
    EXIT.notFound,
    `no source '${id}'${near.length > 0 ? `; did you mean ${near.slice(0, 5).join(', ')}?` : ''} (tariff sources lists them)`,
  );
}

/** Named sources, or all with --all. Throws when neither or both are given. */
export function chosenSources(ids: readonly string[], all: boolean): readonly Source[] {
  if (all === ids.length > 0)
    throw new CommandFailure(EXIT.usage, all ? 'name sources or say --all, not both' : 'name a source, or say --all');
  return all ? SOURCES : ids.map(sourceNamed);
}
