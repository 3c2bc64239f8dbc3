import type { Bench, Figure } from './plan.ts';
import type { Program } from './program.ts';

const ms = (title: string, path: string): Figure => ({ title, path, unit: 'ms', aim: '' });

/** What statements that point at others, relations and merges cost. */
export const depthPlan = (program: (file: string, ...args: string[]) => Program): readonly Bench[] => [
  {
    name: 'chain',
    program: program('http/chain.ts', '--rows', '1000'),
    figures: [
      ms('a statement at the start of a chain of 1,000 endorsements, until all is made anew', 'recomputedMs'),
      ms('– the stance at its end', 'readMs'),
    ],
  },
  {
    name: 'endorsed',
    program: program('http/endorsed.ts', '--rows', '10000'),
    figures: [
      ms('a statement that 10,000 endorsed since, until all is made anew', 'earlyMs'),
      ms('– the slowest stance of others meanwhile', 'slowestReadMs'),
      ms('a statement later than 10,000 endorsements, until it can be read', 'lateMs'),
    ],
  },
  ...['chain', 'star', 'random'].map((shape): Bench => ({
    name: `relations-${shape}`,
    program: program('http/relations.ts', '--rows', '10000', '--shape', shape),
    figures: [
      { title: `relations recorded, 10,000 in a ${shape}`, path: 'perSecond', unit: 'a second', aim: '' },
      ms('– a stance with what follows from them', 'stanceMs'),
      ms('– a list of 100 stances', 'listMs'),
    ],
  })),
  ...(
    [
      ['one-key', 'one history of 100,000'],
      ['keys', '50,000 histories of two'],
    ] as const
  ).map(([shape, what]): Bench => ({
    name: `merge-${shape}`,
    program: program('http/merge.ts', '--rows', '50000', '--shape', shape),
    figures: [
      ms(`two actors of 50,000 statements merged into ${what}, until it can be read`, 'mergedMs'),
      ms('– and unmerged', 'unmergedMs'),
      ms('– the slowest stance of others meanwhile', 'slowestOtherMs'),
      ms('– the slowest of theirs', 'slowestOwnMs'),
      ms('– the slowest of theirs where both are folded anew at the same time, three times', 'slowestTurnMs'),
      ms('– the slowest stance of others meanwhile', 'otherMeanwhileMs'),
    ],
  })),
];
