import { describe, expect, it } from 'vitest';
import { pdfText } from '../../../transforms/read/pdf-text.ts';

/** A PDF of our own: one page per list of lines, a page of no lines being blank like a scan. */
function pdf(pages: readonly (readonly string[])[]): Buffer {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push('<< /Type /Catalog /Pages 2 0 R >>');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>');
  for (const [index, lines] of pages.entries()) {
    const content = lines
      .map((line, at) => `BT /F1 10 Tf 40 ${700 - at * 14} Td (${line.replace(/[()\\]/g, '\\$&')}) Tj ET`)
      .join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
    );
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = body.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return Buffer.from(body, 'latin1');
}

describe('pdfText', () => {
  const file = pdf([['U.S. Notes', '7601 7604'], [], ['(b) Heading 9903.01.02']]);

  it('gives one string per page, empty for a page without text, and leaves the bytes alone', async () => {
    const before = Buffer.from(file);
    expect(await pdfText(file)).toEqual(['U.S. Notes\n7601 7604', '', '(b) Heading 9903.01.02']);
    expect(file.equals(before)).toBe(true);
  });

  it('stops after the first pages asked for', async () => {
    expect(await pdfText(file, { firstPages: 1 })).toEqual(['U.S. Notes\n7601 7604']);
  });

  it('throws on what is no PDF', async () => {
    await expect(pdfText(Buffer.from('<html>blocked</html>'))).rejects.toThrow();
  });
});
