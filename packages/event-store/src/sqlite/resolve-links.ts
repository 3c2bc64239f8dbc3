import { realpathSync } from 'node:fs';

/** The file that a path leads to by links: beside that one SQLite and the writer's lock keep their own. */
export function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // a file that is not there yet
  }
}
