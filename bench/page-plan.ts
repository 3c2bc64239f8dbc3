import { chromiumPath, hasChromium } from '@stance/test-services/chromium';
import type { Bench, Figure } from './plan.ts';
import type { Program } from './program.ts';

const opened = (what: string, view: string): readonly Figure[] => [
  { title: `${what}: until it can be used`, path: `${view}.firstMs`, unit: 'ms', aim: '< 1,000' },
  { title: '– the slowest of five visits', path: `${view}.slowestMs`, unit: 'ms', aim: '< 1,000' },
];

const scrolled = (view: string): readonly Figure[] => [
  { title: '– until all rows are there', path: `${view}.allMs`, unit: 'ms', aim: '' },
  { title: '– a frame while it is scrolled: p50', path: `${view}.p50`, unit: 'ms', aim: '' },
  { title: '– p95', path: `${view}.p95`, unit: 'ms', aim: '16.7, one a frame of the screen' },
  { title: '– the longest', path: `${view}.longest`, unit: 'ms', aim: '< 50' },
];

/** The web page, in a real browser on the machine of the service. */
export const pagePlan = (program: (file: string, ...args: string[]) => Program, rows: number): readonly Bench[] => {
  const weight: Bench = {
    name: 'page-weight',
    program: program('page/weight.ts'),
    figures: [
      { title: 'the page: script, compressed', path: 'scriptKb', unit: 'kB', aim: '< 150' },
      { title: '– with style and document', path: 'allKb', unit: 'kB', aim: '< 150' },
    ],
  };
  if (!hasChromium()) {
    console.error(`Not measured: page-views: there is no Chromium at ${chromiumPath}`);
    return [weight];
  }
  const n = rows.toLocaleString('en');
  const views: Bench = {
    name: 'page-views',
    program: program('page/views.ts', '--rows', String(rows)),
    figures: [
      ...opened(`the first view of the page, over ${n} votes`, 'first'),
      ...opened('the actor with the most propositions', 'actor'),
      { title: '– rows', path: 'propositions', unit: 'rows', aim: '' },
      ...scrolled('actor'),
      ...opened('the proposition with the most holders', 'proposition'),
      { title: '– rows', path: 'holders', unit: 'rows', aim: '' },
      ...scrolled('proposition'),
    ],
  };
  return [weight, views];
};
