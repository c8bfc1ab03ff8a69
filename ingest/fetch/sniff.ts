export type Expected = 'json' | 'csv' | 'xml' | 'pdf' | 'xlsx' | 'zip' | 'text' | 'html' | 'binary';

/** The ends of a body: enough to tell kind and completeness without reading it all. */
export type Sample = { head: Buffer; tail: Buffer; bytes: number };

export type Fault = { fault: 'unexpected' | 'truncated' | 'blocked'; detail: string };

export const HEAD_BYTES = 4096;
/** A zip's end record (22 bytes) may be followed by a comment of up to 65,535 bytes. */
export const TAIL_BYTES = 22 + 65_535;

export function sampleOf(body: Buffer): Sample {
  return { head: body.subarray(0, HEAD_BYTES), tail: body.subarray(-TAIL_BYTES), bytes: body.length };
}

/** What is wrong with a body of which `expected` was asked for; null when nothing shows. Cheap on purpose: it parses nothing. */
export function checkContent(expected: Expected, sample: Sample): Fault | null {
  const head = textOf(sample.head);
  // A fault page served with status 200 is the usual way a publisher's site goes wrong.
  if (expected !== 'html' && looksLikeHtml(head)) {
    const blocked = challengeIn(head);
    if (blocked !== null) return { fault: 'blocked', detail: blocked };
    return { fault: 'unexpected', detail: `an HTML page instead of ${expected}: ${excerpt(head)}` };
  }
  if (sample.bytes === 0) return { fault: 'truncated', detail: 'empty body' };
  switch (expected) {
    case 'json':
      return checkJson(head, textOf(sample.tail));
    case 'csv':
      // An error document in place of a table: {"errors": …} of an API, <Error> of an object store.
      return /^(\{\s*["}]|<)/.test(head) ? unexpected('csv', head) : null;
    case 'xml':
      return checkXml(head, textOf(sample.tail));
    case 'pdf':
      return checkPdf(sample);
    case 'xlsx':
    case 'zip':
      return checkZip(expected, sample);
    case 'html': {
      const blocked = challengeIn(head);
      return blocked === null ? null : { fault: 'blocked', detail: blocked };
    }
    case 'text':
    case 'binary':
      return null;
  }
}

/** The name of the challenge page that this is, or null. Only marks that no tariff page carries. */
export function challengeIn(page: string): string | null {
  const marks: readonly [RegExp, string][] = [
    [/<title>\s*Just a moment\.\.\./i, 'a browser challenge'],
    [/<title>\s*Attention Required!/i, 'a browser challenge'],
    [/_Incapsula_Resource/i, 'a browser challenge'],
    [/<title>\s*(Access Denied|Request Rejected|403 Forbidden)/i, 'an access-denied page'],
    [/<title>[^<]*captcha/i, 'a captcha page'],
    [/(class|id|src)=["'][^"']*(g-recaptcha|h-captcha|cf-challenge)/i, 'a captcha page'],
  ];
  return marks.find(([mark]) => mark.test(page))?.[1] ?? null;
}

function checkJson(head: string, tail: string): Fault | null {
  const first = head[0];
  if (first !== '[' && first !== '{') return unexpected('json', head);
  const close = first === '[' ? ']' : '}';
  return tail.trimEnd().endsWith(close) ? null : { fault: 'truncated', detail: `JSON does not end with ${close}` };
}

function checkXml(head: string, tail: string): Fault | null {
  if (!head.startsWith('<')) return unexpected('xml', head);
  const end = tail.trimEnd();
  const root = /<([A-Za-z_][\w.:-]*)/.exec(head.replace(/<!--.*?(-->|$)/gs, ''))?.[1];
  if (root === undefined) return unexpected('xml', head);
  const closed = end.includes(`</${root}`) || new RegExp(`<${escapeDots(root)}[^<>]*/>$`).test(end);
  return closed && end.endsWith('>') ? null : { fault: 'truncated', detail: `XML ends without </${root}>` };
}

function checkPdf(sample: Sample): Fault | null {
  // Both marks may be up to 1,024 bytes away from the ends (ISO 32000-1, annex H, notes 13 and 18).
  if (!sample.head.subarray(0, 1024).includes('%PDF-')) return unexpected('pdf', textOf(sample.head));
  if (sample.tail.subarray(-1024).includes('%%EOF')) return null;
  return { fault: 'truncated', detail: 'PDF ends without %%EOF' };
}

function checkZip(expected: 'zip' | 'xlsx', sample: Sample): Fault | null {
  const empty = sample.head.subarray(0, 4).equals(Buffer.from('PK\x05\x06', 'latin1'));
  if (!empty && !sample.head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) {
    return unexpected(expected, textOf(sample.head));
  }
  // Backwards: the mark may occur by chance in data, the real record is the last whose comment ends with the file.
  for (let at = sample.tail.length - 22; at >= 0; at--) {
    if (sample.tail.readUInt32LE(at) !== 0x06054b50) continue;
    if (at + 22 + sample.tail.readUInt16LE(at + 20) === sample.tail.length) return null;
  }
  return { fault: 'truncated', detail: `${expected} ends without its end-of-central-directory record` };
}

function looksLikeHtml(head: string): boolean {
  const start = head.replace(/^(\s*<!--.*?-->)+/s, '').trimStart();
  return /^(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)\b/i.test(start);
}

function unexpected(expected: Expected, head: string): Fault {
  return { fault: 'unexpected', detail: `not ${expected}: ${excerpt(head)}` };
}

function escapeDots(name: string): string {
  return name.replaceAll('.', '\\.');
}

function excerpt(head: string): string {
  return JSON.stringify(head.slice(0, 120));
}

function textOf(bytes: Buffer): string {
  // latin1 keeps one character per byte whatever the charset; the marks looked for are ASCII. Byte order mark dropped.
  const start = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  return bytes.toString('latin1', start).trimStart();
}
