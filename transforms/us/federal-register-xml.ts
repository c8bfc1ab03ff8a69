import { xmlScan, type XmlChunks } from '../read/xml.ts';

/** What a Federal Register document holds for lists: rows of its tables, and pages that are only pictures. */
export type RegisterItem = { of: 'row'; cells: string[] } | { of: 'image'; id: string } | { of: 'title'; text: string };

/**
 * Streams a document of `https://www.federalregister.gov/documents/full_text/xml/…`: GPOTABLE rows, GPH images (printed pages
 * that the XML does not spell out) and headings, in order.
 */
export function registerItems(chunks: XmlChunks): AsyncGenerator<RegisterItem> {
  return xmlScan<RegisterItem>(chunks, (emit) => {
    let cells: string[] | null = null;
    let text: string | null = null;
    return {
      open(name) {
        if (name === 'ROW') cells = [];
        if (name === 'ENT' || name === 'GID' || name === 'HD') text = '';
      },
      text(piece) {
        if (text !== null) text += piece;
      },
      close(name) {
        const said = (text ?? '').replace(/\s+/g, ' ').trim();
        if (name === 'ENT') cells?.push(said);
        if (name === 'GID') emit({ of: 'image', id: said });
        if (name === 'HD') emit({ of: 'title', text: said });
        if (name === 'ROW' && cells) {
          emit({ of: 'row', cells });
          cells = null;
        }
        if (name === 'ENT' || name === 'GID' || name === 'HD') text = null;
      },
    };
  });
}
