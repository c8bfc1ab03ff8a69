import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../../ingest/fetch/address.ts';
import { type Mirror, openMirror } from '../../../ingest/fetch/mirror.ts';
import { writeMirror } from '../../support/mirror-folder.ts';

const SCHEDULE = '[{"htsno":"0101.21.00"}]';
const LIST = 'code,list\n0101,one\n';
const CHAPTER = 'https://hts.example.org/file?release=2026HTSRev6&filename=Chapter%2099';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function folder(...args: Parameters<typeof writeMirror>): Promise<string> {
  const made = await writeMirror(...args);
  folders.push(made);
  return made;
}

const smallMirror = (): Promise<string> =>
  folder({
    '': [
      { url: 'https://hts.example.org/rev6.json', file: 'hts/rev6.json.gz', body: SCHEDULE, gzip: true },
      { url: CHAPTER, file: 'ch99.pdf', body: '%PDF-1.7\n%%EOF', media_type: 'application/pdf', published_at: null },
      { url: `${CHAPTER}#text`, file: 'ch99.txt', body: 'Subchapter III', media_type: 'text/plain; charset=utf-8' },
    ],
    'us/lists': [{ url: 'mirror:us/lists/list 1.csv', file: 'one.csv', body: LIST, media_type: 'text/csv' }],
    'eu/deep/er': [{ url: 'https://eu.example.org/page', file: 'page', body: '<!doctype html><p>x</p>' }],
  });

async function open(): Promise<{ mirror: Mirror; root: string }> {
  const root = await smallMirror();
  return { mirror: await openMirror(root), root };
}

describe('mirror', () => {
  it('answers from its manifests, nested ones too, with the official bytes', async () => {
    const { mirror, root } = await open();
    const stored = readFileSync(join(root, 'hts/rev6.json.gz'));
    expect(await mirror.get('https://hts.example.org/rev6.json', { expect: 'json' })).toEqual({
      outcome: 'ok',
      status: 200,
      url: 'https://hts.example.org/rev6.json',
      mediaType: 'application/json',
      etag: `"${createHash('sha256').update(stored).digest('hex')}"`,
      lastModified: 'Mon, 08 Jun 2026 00:00:00 GMT',
      body: Buffer.from(SCHEDULE),
    });
    expect(await mirror.get('mirror:us/lists/list 1.csv')).toMatchObject({ body: Buffer.from(LIST) });
    expect(await mirror.get(CHAPTER, { expect: 'pdf' })).toMatchObject({ lastModified: null });
    expect(await mirror.get(`${CHAPTER}#text`)).toMatchObject({ body: Buffer.from('Subchapter III') });
  });

  it('downloads to a file', async () => {
    const { mirror, root } = await open();
    const file = join(root, 'out.json');
    expect(await mirror.download('https://hts.example.org/rev6.json', file)).toMatchObject({
      file,
      bytes: SCHEDULE.length,
    });
    expect(readFileSync(file, 'utf8')).toBe(SCHEDULE);
    await expect(mirror.download(CHAPTER, join(root, 'x'), { expect: 'zip' })).rejects.toMatchObject({
      code: 'fetch_unexpected_content',
    });
    expect(readdirSync(root).filter((name) => name === 'x' || name.endsWith('.part'))).toEqual([]);
  });

  it('not-modified by ETag without reading the file; by date only when no ETag is given', async () => {
    const { mirror, root } = await open();
    const url = 'https://hts.example.org/rev6.json';
    const first = await mirror.get(url);
    if (first.outcome !== 'ok') throw new Error('expected an answer');
    const { etag, lastModified } = first;
    expect(await mirror.get(url, { validators: { etag: '"older"', lastModified } })).toMatchObject({ outcome: 'ok' });
    rmSync(join(root, 'hts/rev6.json.gz'));
    expect(await mirror.get(url, { validators: { etag } })).toEqual({ outcome: 'not-modified', status: 304 });
    expect(await mirror.get(url, { validators: { lastModified } })).toMatchObject({ outcome: 'not-modified' });
    expect(await mirror.download(url, join(root, 'x'), { validators: { etag } })).toMatchObject({ status: 304 });
    await expect(mirror.get(url)).rejects.toMatchObject({ code: 'fetch_mirror_fault' });
  });

  it('refuses everything else by name, with the nearest addresses', async () => {
    const { mirror } = await open();
    const url = 'https://hts.example.org/rev7.json';
    await expect(mirror.get(url)).rejects.toMatchObject({ code: 'fetch_not_mirrored', url });
    await expect(mirror.get(url)).rejects.toThrow(/rev7\.json.*nearest: https:\/\/hts\.example\.org\/rev6\.json/);
    await expect(mirror.get('https://nowhere.test/')).rejects.toThrow(/nowhere\.test.*nothing near it/);
    await expect(mirror.get(`${CHAPTER}#other`)).rejects.toMatchObject({ code: 'fetch_not_mirrored' });
    await expect(mirror.get('mirror:us/lists/list 2.csv')).rejects.toThrow(/nearest: mirror:us\/lists\/list 1\.csv/);
  });

  it('a stored file that is not the one of its entry is a fault, never an answer', async () => {
    const { mirror, root } = await open();
    const file = join(root, 'us/lists/one.csv');
    for (const damaged of [LIST.replace('one', 'two'), LIST.slice(0, -1), `${LIST}x`]) {
      writeFileSync(file, damaged);
      await expect(mirror.get('mirror:us/lists/list 1.csv'), damaged).rejects.toMatchObject({
        code: 'fetch_mirror_fault',
      });
    }
    writeFileSync(join(root, 'hts/rev6.json.gz'), readFileSync(join(root, 'hts/rev6.json.gz')).subarray(0, -9));
    await expect(mirror.get('https://hts.example.org/rev6.json')).rejects.toMatchObject({ code: 'fetch_mirror_fault' });
  });

  it('applies limits and content checks as live HTTP does', async () => {
    const { mirror } = await open();
    const unpacked = mirror.get('https://hts.example.org/rev6.json', { maxBytes: 5 });
    await expect(unpacked).rejects.toMatchObject({ code: 'fetch_too_large' });
    await expect(mirror.get('https://eu.example.org/page', { expect: 'json' })).rejects.toMatchObject({
      code: 'fetch_unexpected_content',
    });
  });

  it('lists its entries by prefix', async () => {
    const { mirror, root } = await open();
    expect(mirror.entries()).toHaveLength(5);
    expect(mirror.entries('mirror:')).toEqual([
      expect.objectContaining({
        url: 'mirror:us/lists/list 1.csv',
        file: join(root, 'us/lists/one.csv'),
        mediaType: 'text/csv',
        contentEncoding: null,
        publishedAt: '2026-06-08',
        fidelity: 'relayout',
        bytes: LIST.length,
      }),
    ]);
  });

  it('does not open a mirror that contradicts itself', async () => {
    const one = { url: 'https://a.example.org/x%20y', file: 'one', body: '1' };
    const twin = { ...one, url: 'https://A.example.org/x y', file: 'twin' };
    await openMirror(await folder({ '': [one, twin] }));
    await expect(openMirror(await folder({ '': [one], sub: [{ ...twin, body: '2' }] }))).rejects.toThrow(/two answers/);
    await expect(openMirror(await folder({ '': [{ ...one, sha256: 'x' }] }))).rejects.toThrow(/sha256/);
    await expect(openMirror(await folder({}))).rejects.toThrow(/no manifest\.json/);
    await expect(openMirror('/nowhere/at/all')).rejects.toMatchObject({ code: 'fetch_mirror_fault' });
  });

  it('does not follow an entry out of its folder', async () => {
    const root = await mkdtemp(join(tmpdir(), 'mirror-'));
    folders.push(root);
    await mkdir(join(root, 'sub'));
    const sha256 = createHash('sha256').update('secret').digest('hex');
    await writeFile(join(root, 'secret'), 'secret');
    const entry = {
      url: 'https://a.example.org/',
      file: '../secret',
      media_type: 'text/plain',
      content_encoding: null,
    };
    const rest = { sha256, bytes: 6, published_at: null, fidelity: 'original' };
    await writeFile(join(root, 'sub', 'manifest.json'), JSON.stringify([{ ...entry, ...rest }]));
    await expect(openMirror(root)).rejects.toThrow(/lies outside/);
  });
});

describe('canonical addresses', () => {
  it.each([
    ['https://HTS.example.org:443/a/./b', 'https://hts.example.org/a/b'],
    ['https://x.org/f?filename=Chapter+99', 'https://x.org/f?filename=Chapter%2099'],
    ['https://x.org/f?filename=Chapter 99', 'https://x.org/f?filename=Chapter%2099'],
    ['https://x.org/f?filter[a]=1', 'https://x.org/f?filter%5Ba%5D=1'],
    ['https://x.org/Section%20301/%7Ea', 'https://x.org/Section 301/~a'],
    ['https://x.org/%c3%a9', 'https://x.org/é'],
    ['https://x.org', 'https://x.org/'],
    ['mirror:us/a%20b.csv', 'mirror:us/a b.csv'],
  ])('%s = %s', (a, b) => {
    expect(canonicalAddress(a)).toBe(canonicalAddress(b));
  });

  it.each([
    ['https://x.org/a+b', 'https://x.org/a%20b'],
    ['https://x.org/a%2Fb', 'https://x.org/a/b'],
    ['https://x.org/?q=a%26b=c', 'https://x.org/?q=a&b=c'],
    ['https://x.org/?a%3Db', 'https://x.org/?a=b'],
    ['https://x.org/?q=a%2Bb', 'https://x.org/?q=a+b'],
    ['https://x.org/?a=1&b=2', 'https://x.org/?b=2&a=1'],
    ['https://x.org/a', 'https://x.org/a/'],
    ['https://x.org/a', 'http://x.org/a'],
    ['https://x.org/?a', 'https://x.org/?a='],
    ['https://x.org/a#one', 'https://x.org/a#two'],
    ['https://x.org/A', 'https://x.org/a'],
  ])('%s is not %s', (a, b) => {
    expect(canonicalAddress(a)).not.toBe(canonicalAddress(b));
  });

  it('is stable, also for a malformed sequence', () => {
    for (const address of [
      'https://x.org/100%',
      'https://x.org/?q=50%&r=%zz',
      CHAPTER,
      `${CHAPTER}#text`,
      'mirror:a b',
    ])
      expect(canonicalAddress(canonicalAddress(address))).toBe(canonicalAddress(address));
  });
});
