import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, test } from 'vitest';

import { openInput } from '../../src/lines/open-input.ts';

const never = new AbortController().signal;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stance-input-'));
});

const written = async (name: string, content: Uint8Array | string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
};

const contentOf = async (file: string): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const chunk of (await openInput(file, never)).chunks()) parts.push(chunk);
  return Buffer.concat(parts).toString();
};

const text = Array.from({ length: 50_000 }, (_, index) => `line ${index}`).join('\n');

describe('an input', () => {
  test.each([
    ['plain', text],
    ['empty', ''],
    ['of one byte', 'x'],
  ])('that is %s is read as it is', async (name, content) => {
    expect(await contentOf(await written(`${name}.ndjson`, content))).toBe(content);
  });

  test('that is gzip is unpacked, whatever its name', async () => {
    expect(await contentOf(await written('votes', gzipSync(text)))).toBe(text);
  });

  test('that only has the name of gzip is read as it is', async () => {
    expect(await contentOf(await written('votes.gz', text))).toBe(text);
  });

  test('says how many bytes of its size were read', async () => {
    const input = await openInput(await written('sized', gzipSync(text)), never);
    expect(input.bytesRead()).toBe(0);
    for await (const chunk of input.chunks()) expect(chunk.length).toBeGreaterThan(0);
    expect(input.bytesRead()).toBe(input.size);
  });

  test.each<[string, string, () => Promise<string>]>([
    ['is not there', 'there is no such file', async () => join(folder, 'nothing')],
    ['is a folder', 'it is a folder', async () => folder],
    [
      'ends in the middle of its gzip data',
      'ends too early',
      () => written('cut.gz', gzipSync(text).subarray(0, 2000)),
    ],
    [
      'holds damaged gzip data',
      'damaged',
      () => written('bad.gz', Buffer.concat([gzipSync(text).subarray(0, 20), Buffer.alloc(2000, 0xff)])),
    ],
  ])('that %s is refused with the reason and the name', async (_, reason, file) => {
    const name = await file();
    await expect(contentOf(name)).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringMatching(new RegExp(`^Cannot read .*${reason}`)),
    });
  });
});
