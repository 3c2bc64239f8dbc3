import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Makes the page where it is missing or older than what it is made of: commands of npm have done so before. */
export const buildPage = (): void => {
  const script = resolve(root, 'scripts/page.cjs');
  const { stderr } = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(script)})(process.execPath)`], {
    cwd: root,
    encoding: 'utf8',
  });
  if (!existsSync(resolve(root, 'packages/web/dist/index.html')))
    throw new Error(`there is no page to test: ${stderr}`);
};
