import type { Run } from './simulate.ts';

/** What somebody needs to know of a run that went wrong. */
export const reportOf = (seed: number, { violation, steps, trace }: Run): string =>
  [
    `seed ${String(seed)}, step ${String(steps)}: ${violation?.message ?? 'all was kept'}`,
    'the last things done, each with its time in milliseconds:',
    ...trace.map((line) => `  ${line}`),
    `again: npm run test:simulation -- --seed ${String(seed)}`,
    `or: STANCE_TEST_SEED=${String(seed)} npm test -- tests/simulation`,
  ].join('\n');
