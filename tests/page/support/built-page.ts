import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Makes the page where it is missing or older than what it is made of: commands of npm have done so before. */
export const buildPage = (): void => {
  const script = resolve(root, 'scripts/page.cjs');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-e', `require(${JSON.stringify(script)})(process.execPath)`],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the page could not be made: ${stderr}`);
};
