import { resolve } from 'node:path';

/**
 * A path as whoever typed the command means it. `npm run stance` changes to the folder of this workspace, wherever it is
 * called from, and leaves word of where that was.
 */
export const fromCaller = (path: string): string => {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script === 'stance' && folder !== undefined ? resolve(folder, path) : path;
};
