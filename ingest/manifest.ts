import type { Source } from './source.ts';

/** What a source declares about itself, as stored with it and shown by GET /sources. */
export interface SourceManifest {
  publisher: Source['publisher'];
  licence: Source['licence'];
  records: readonly string[];
  validity: Source['validity'];
  cadence: Source['cadence'];
  covers: Source['covers'];
}

export function manifestOf(source: Source): SourceManifest {
  const { publisher, licence, records, validity, cadence, covers } = source;
  return { publisher, licence, records, validity, cadence, covers };
}
