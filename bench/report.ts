import { cpus, release, totalmem, type } from 'node:os';

import type { Figure } from './plan.ts';
import type { Spread } from './spread.ts';

export interface Result {
  readonly figure: Figure;
  readonly spread: Spread;
  /** Of the ceiling program, which ran before each run, and what each run reached of it: a machine's pace drifts. */
  readonly ceiling?: { readonly spread: Spread; readonly reached: Spread };
}

const number = (value: number, unit: Figure['unit']): string =>
  unit === 'ms' || unit === 's' || unit === 'kB' ? value.toFixed(2) : Math.round(value).toLocaleString('en');

const reached = ({ min, median, max }: Spread): string => `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;

const row = ({ figure: { title, unit, aim }, spread, ceiling }: Result): string =>
  [
    title,
    ...[spread.min, spread.median, spread.max].map((value) => number(value, unit)),
    unit,
    ceiling === undefined ? '' : number(ceiling.spread.median, unit),
    ceiling === undefined ? '' : reached(ceiling.reached),
    aim,
  ].join(' | ');

/** The results as a Markdown table. */
export const tableOf = (results: readonly Result[]): string =>
  [
    '| what | min | median | max | unit | ceiling | of the ceiling | wanted |',
    '| --- | ---: | ---: | ---: | --- | ---: | ---: | --- |',
    ...results.map((result) => `| ${row(result)} |`),
  ].join('\n');

export const machine = (): string => {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memory} GB, ${type()} ${release()}`;
};
