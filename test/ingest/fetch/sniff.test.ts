import { describe, expect, it } from 'vitest';
import { checkContent, type Expected, sampleOf } from '../../../ingest/fetch/sniff.ts';

const check = (expected: Expected, body: string | Buffer): string | null =>
  checkContent(expected, sampleOf(Buffer.isBuffer(body) ? body : Buffer.from(body)))?.fault ?? null;

function zip(comment = ''): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(3_000), end, Buffer.from(comment)]);
}

describe('content checks', () => {
  it.each<[Expected, string | Buffer, string | null]>([
    ['json', '\ufeff {"a":1}\r\n', null],
    ['json', '[]', null],
    ['json', '[{"a":1}', 'truncated'],
    ['json', '', 'truncated'],
    ['json', 'Service unavailable', 'unexpected'],
    ['json', '<HTML><BODY>oops</BODY></HTML>', 'unexpected'],
    ['csv', 'code,duty\n0101,Free\n', null],
    ['csv', '\ufeff"code";"duty"\n', null],
    ['csv', '{"errors":[{"detail":"no such version"}]}', 'unexpected'],
    ['csv', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'unexpected'],
    ['csv', '<!-- generated --><!doctype html><html></html>', 'unexpected'],
    ['xml', '<?xml version="1.0"?>\n<!-- x --><env:envelope xmlns:env="u"><a/></env:envelope>\n', null],
    ['xml', '<?xml version="1.0"?><empty date="2026-11-20"/>', null],
    ['xml', '<envelope><record></record>', 'truncated'],
    ['xml', '<envelope><record/>', 'truncated'],
    ['xml', '<envelope></envelope', 'truncated'],
    ['xml', '<?xml version="1.0"?><!DOCTYPE html><html></html>', 'unexpected'],
    ['xml', '{"a":1}', 'unexpected'],
    ['pdf', '%PDF-1.7\n...\n%%EOF\n', null],
    ['pdf', '%PDF-1.7\n...', 'truncated'],
    ['pdf', 'not here', 'unexpected'],
    ['zip', zip(), null],
    ['xlsx', zip('made by a publisher'), null],
    ['zip', Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]), null],
    ['zip', zip().subarray(0, -1), 'truncated'],
    ['xlsx', zip().subarray(0, 2_000), 'truncated'],
    ['xlsx', 'code,duty', 'unexpected'],
    ['html', '<!doctype html><title>Rulings</title>', null],
    ['html', '<html><head><title>Access Denied</title>', 'blocked'],
    ['json', '<html><head><title>Attention Required! | x</title>', 'blocked'],
    ['text', 'anything', null],
    ['text', '<!doctype html><p>', 'unexpected'],
    ['binary', Buffer.from([0, 1]), null],
    ['binary', '', 'truncated'],
  ])('%s: %j → %s', (expected, body, fault) => {
    expect(check(expected, body)).toBe(fault);
  });

  it('a PDF whose only end mark is that of its first part is truncated', () => {
    const linearized = `%PDF-1.7\n%%EOF\n${'x'.repeat(5_000)}`;
    expect(check('pdf', linearized)).toBe('truncated');
    expect(check('pdf', `${linearized}\n%%EOF`)).toBeNull();
  });
});
