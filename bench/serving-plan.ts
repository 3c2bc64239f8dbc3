import type { Bench, Figure } from './plan.ts';
import type { Program } from './program.ts';

const queries = ['stance', 'history', 'changes', 'actors'] as const;

/** A rebuild beside the version that serves, under load. */
export const rebuildServing = (name: string, where: string, program: Program): Bench => ({
  name,
  program,
  figures: [
    {
      title: `rebuild beside the version that serves, ${where} come in`,
      path: 'perSecond',
      unit: 'a second',
      aim: '',
    },
    { title: '– the same while nothing else happens', path: 'undisturbed', unit: 'a second', aim: '' },
    { title: '– the one as a part of the other', path: 'share', unit: '%', aim: 'aim 70' },
    ...queries.flatMap((query): Figure[] =>
      (['before', 'during', 'after'] as const).map((when) => ({
        title: when === 'before' ? `– ${query}: p99 before` : `– ${when}`,
        path: `${when}.${query}.p99`,
        unit: 'ms',
        aim: '',
      })),
    ),
    { title: '– requests that failed', path: 'failed', unit: 'requests', aim: '0' },
    { title: '– rows or changes that differ from a clean rebuild', path: 'different', unit: 'rows', aim: '0' },
  ],
});
