import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultMethod } from '@stance/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { MethodFilesError, readMethodFiles } from '../src/method-files.ts';

const careful = {
  name: 'careful',
  version: 1,
  basedOn: 'default',
  strong: 1,
  reasons: { strong: 'Nothing but the holder’s own words settles a step by itself.' },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stance-methods-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const save = async (name: string, content: string | Uint8Array | object): Promise<string> => {
  const file = join(folder, name);
  const raw = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(file, raw ? content : JSON.stringify(content));
  return file;
};

const faultsOf = (...files: readonly string[]): readonly object[] => {
  try {
    readMethodFiles(files);
  } catch (error) {
    if (error instanceof MethodFilesError) return error.faults;
    throw error;
  }
  return [];
};

test('method files are read in their order', async () => {
  const first = await save('first.json', careful);
  const second = await save('second.json', `\uFEFF${JSON.stringify({ ...careful, name: 'other' })}`);
  expect(readMethodFiles([first, second])).toMatchObject([
    { name: 'careful', strong: 1, enough: defaultMethod.enough },
    { name: 'other' },
  ]);
  expect(readMethodFiles([])).toEqual([]);
});

describe('a method file that cannot be used', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['that is empty', '', '', 'empty'],
    ['that is cut off', '{"name": "careful",', '', 'line 1, column 20'],
    ['with a comment', '{\n  // mine\n}', '', 'line 2, column 3'],
    ['with NaN', '{"strong": NaN}', '', 'expected'],
    ['that is not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), '', 'not UTF-8 (byte 1)'],
    [
      'with a number twice',
      JSON.stringify(careful).replace('"strong"', '"strong":0.9,"strong"'),
      'strong',
      'more than once',
    ],
    ['with __proto__', '{"__proto__": {"name": "careful"}}', '__proto__', 'not allowed'],
    ['with __proto__ among its reasons', '{"reasons": {"__proto__": "x"}}', 'reasons.__proto__', 'not allowed'],
    ['that is nested deeply', '['.repeat(50) + ']'.repeat(50), '[0][0][0][0]', 'levels deep'],
    ['that is large', ' '.repeat(1024 * 1024 + 1), '', 'more than 1048576 bytes'],
    [
      'with a number beyond all',
      JSON.stringify(careful).replace(':1,"basedOn"', ':1e999,"basedOn"'),
      'version',
      'expected',
    ],
  ])('%s is refused with its place', async (_what, content, path, says) => {
    const file = await save('bad.json', content);
    expect(faultsOf(file)).toEqual([{ file, path, message: expect.stringContaining(says) }]);
  });

  test('because it is not there, is a folder or no plain file, is refused with its name', async () => {
    const inner = join(folder, 'inner');
    await mkdir(inner);
    const missing = join(folder, 'missing.json');
    expect(faultsOf(missing, inner, '/dev/zero', join(missing, 'x'))).toMatchObject([
      { file: missing, message: 'there is no such file' },
      { file: inner, message: 'it is a folder' },
      { file: '/dev/zero', message: 'it is no plain file' },
      { message: 'there is no such file' },
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('because nobody may read it is refused with its name', async () => {
    const file = await save('secret.json', careful);
    await chmod(file, 0);
    expect(faultsOf(file)).toMatchObject([{ file, message: 'there is no permission to read it' }]);
  });

  test('is listed with all that is wrong in any of the files', async () => {
    const good = await save('good.json', careful);
    const same = await save('same.json', careful);
    const wrong = await save('wrong.json', { ...careful, name: 'default', strong: 2, reasons: {} });
    expect(faultsOf(good, same, wrong)).toEqual([
      { file: same, path: 'name', message: `"careful" is the method of ${good} already` },
      { file: wrong, path: 'name', message: expect.stringContaining('always there') },
      { file: wrong, path: 'strong', message: expect.stringContaining('<=1') },
      { file: wrong, path: 'strong', message: expect.stringContaining('no reason') },
    ]);
    expect(() => readMethodFiles([wrong])).toThrow(
      `The methods that STANCE_METHODS names are not valid:\n  ${wrong}: name: `,
    );
  });
});
