import { execFileSync } from 'node:child_process';

import { onTestFinished } from 'vitest';

import { newFolder } from './service.ts';

/** A disk of its own of so many MiB until the end of the test, where the system lets us have one. */
export const mountSmallDisk = async (mebibytes: number): Promise<string | undefined> => {
  const folder = await newFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  return folder;
};
