import { describe, expect, it } from 'vitest';
import { childText, xmlElements, xmlScan } from '../../../transforms/read/xml.ts';
import { collect } from '../../support/source-run.ts';

const document =
  '<e:env xmlns:e="urn:x"><e:rec id="1"><t:a xmlns:t="urn:t"> é&amp; </t:a></e:rec><e:rec id="2"/></e:env>';

/** The document in pieces of `size` bytes, so that a chunk ends inside a tag, an entity and a character. */
function* pieces(size: number): Generator<Buffer> {
  const bytes = Buffer.from(document);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('XML', () => {
  it.each([1, 3, 1000])('gives the same elements in pieces of %d bytes', async (size) => {
    const elements = await collect(xmlElements(pieces(size), 'rec'));
    expect(elements.map((element) => [element.attributes['id'], childText(element, 'a')])).toEqual([
      ['1', 'é&'],
      ['2', null],
    ]);
  });

  it('refuses a document that ends early', async () => {
    const scan = xmlScan<string>([document.slice(0, -4)], (emit) => ({ open: (name) => emit(name) }));
    await expect(collect(scan)).rejects.toThrow(/unclosed|tag/);
  });

  it('resolves no entity of its own', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>';
    await expect(collect(xmlElements([bomb], 'a'))).rejects.toThrow(/entity/);
  });
});
