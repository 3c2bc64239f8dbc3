import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the data sets are that are not part of this project: `STANCE_TEST_DATA`, else `shared/data` beside the clone. */
const folder = process.env['STANCE_TEST_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

export interface TestData {
  readonly file: string;
  /** Why a test that needs it is skipped, to stand in its title; `null` where it is there. */
  readonly missing: string | null;
}

/** A file of a data set, by its path there. */
export const testData = (path: string): TestData => {
  const file = `${folder}/${path}`;
  return {
    file,
    missing: existsSync(file)
      ? null
      : `skipped: there is no ${path} in STANCE_TEST_DATA or in shared/data beside this folder`,
  };
};
