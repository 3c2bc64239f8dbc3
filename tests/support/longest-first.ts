import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** It runs what every page of the docs shows, one after the other: the file is short, and takes longer than any other. */
const longest = '/tests/docs/pages.test.ts';

const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith(longest);

/** Without times of an earlier run vitest goes by size: the longest would begin last, and end alone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}
