import { describe, expect, test } from 'vitest';

import { rewritten } from './console/rewritten.ts';

const pageOf = (output: string): string => ['Ask:', '', '```console', '$ stance x', output, '```', 'So.'].join('\n');

const reader = (text: string, failed: boolean) => ({
  run: async () => ({ text, failed }),
  save: async () => undefined,
});

describe('a page', () => {
  test('is given what its command prints now', async () => {
    expect(await rewritten(pageOf('one'), reader('one\ntwo\n', false))).toBe(pageOf('one\ntwo'));
  });

  test('is not given a failure that it does not show', async () => {
    await expect(rewritten(pageOf('one'), reader('error: gone (lost)\n', true))).rejects.toThrow(
      'line 4: `stance x` failed',
    );
  });

  test('that shows a failure is given what that prints now', async () => {
    const failure = reader('error: gone (lost)\n  look elsewhere\n', true);
    expect(await rewritten(pageOf('error: gone (lost)'), failure)).toBe(pageOf('error: gone (lost)\n  look elsewhere'));
  });
});
