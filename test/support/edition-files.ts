import type { EditionFiles } from '../../ingest/source.ts';

/** An edition's files from memory. */
export function editionFiles(parts: Record<string, Buffer>): EditionFiles {
  return {
    names: () => Object.keys(parts),
    has: (part) => part in parts,
    read: (part) => {
      const bytes = parts[part];
      return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no part ${part}`));
    },
  };
}
