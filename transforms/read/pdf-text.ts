import { PDFParse } from 'pdf-parse';

/**
 * The text of a PDF, one string per page in page order; an image-only page gives an empty string.
 * `firstPages` stops early: a change record's date stands on page one of sometimes many pages.
 * Soft hyphens, which the HTS PDFs print between the ends of a range, are kept: they carry meaning there.
 * Throws what pdf-parse throws on bytes that are no PDF (InvalidPDFException, PasswordException).
 */
export async function pdfText(bytes: Uint8Array, options: { firstPages?: number } = {}): Promise<string[]> {
  // A copy, because pdf.js detaches the buffer it is given and callers hash or keep theirs.
  const parser = new PDFParse({ data: new Uint8Array(bytes), disableFontFace: true, isEvalSupported: false });
  try {
    const result = await parser.getText({
      ...(options.firstPages === undefined ? {} : { first: options.firstPages }),
      // The default writes '-- 1 of 756 --' after every page.
      pageJoiner: '',
    });
    return result.pages.map((page) => page.text);
  } finally {
    await parser.destroy();
  }
}
