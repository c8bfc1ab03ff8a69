/** Bytes 80 to 9F, where Windows-1252 differs from ISO 8859-1; five of them mean nothing. */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Windows-1252 as UTF-8 bytes, for readers that know UTF-8. Written out because the TextDecoder of Node 20 decodes the label
 * windows-1252 as ISO 8859-1 and turns quotation marks into control characters.
 */
export function fromWindows1252(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (mark) => C1[mark.charCodeAt(0) - 0x80] ?? mark);
  return Buffer.from(text, 'utf8');
}
