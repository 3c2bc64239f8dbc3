/**
 * `npm run bench`: runs every program of the plan as a process of its own, beside its ceiling, several times; prints one
 * table and, after a full run, writes docs/benchmarks.md.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { ClusterServers } from './cluster-plan.ts';
import { plan } from './plan.ts';
import type { Bench } from './plan.ts';
import { measure, prepareBy, runProgram } from './program.ts';
import type { Measures } from './program.ts';
import { machine, tableOf } from './report.ts';
import { startServers } from './servers.ts';
import type { Result } from './report.ts';
import { spreadOf } from './spread.ts';

const root = resolve(import.meta.dirname, '..');
const allVotes = 870_109;

const { values: given } = parseArgs({
  options: {
    votes: { type: 'string', default: resolve(root, '../shared/data/un-votes/un_votes_statements.ndjson.gz') },
    rows: { type: 'string', default: String(allVotes) },
    runs: { type: 'string', default: '3' },
    folder: { type: 'string', default: tmpdir() },
    only: { type: 'string', multiple: true },
  },
});
if (!existsSync(given.votes)) {
  console.error(`There are no votes at ${given.votes}.`);
  console.error(
    'Give the votes of the UN General Assembly as gzipped NDJSON: npm run bench -- --votes FILE. ' +
      'How to get them: docs/how-to/import-un-votes.md',
  );
  process.exit(1);
}

const prepared = new Set<string>();

const runBench = async ({ name, prepare, program, ceiling, figures }: Bench): Promise<Result[]> => {
  for (const each of prepare ?? []) {
    const call = [each.file, ...each.args].join(' ');
    if (prepared.has(call)) continue;
    await prepareBy(each);
    prepared.add(call);
  }
  const own: Measures[] = [];
  const bare: Measures[] = [];
  for (let run = 1; run <= Number(given.runs); run++) {
    console.error(`${name}: run ${run} of ${given.runs}`);
    if (ceiling !== undefined) bare.push(await runProgram(ceiling));
    own.push(await runProgram(program));
  }
  return figures.map((figure) => {
    const values = own.map((measures) => measure(measures, figure.path));
    const { ceiling: path } = figure;
    if (path === undefined) return { figure, spread: spreadOf(values) };
    const most = bare.map((measures) => measure(measures, path));
    const reached = values.map((value, run) => value / (most[run] ?? Number.NaN));
    return { figure, spread: spreadOf(values), ceiling: { spread: spreadOf(most), reached: spreadOf(reached) } };
  });
};

const folder = await mkdtemp(join(given.folder, 'stance-bench-'));
const isChosen = ({ name }: Bench): boolean => given.only?.some((start) => name.startsWith(start)) ?? true;
const needsServers = ({ name }: Bench): boolean => name.startsWith('cluster');
const planned = (servers: ClusterServers) => plan({ votes: given.votes, rows: Number(given.rows), folder, servers });
const none: ClusterServers = { postgres: '', kafka: '' };
const benches = planned(none);
const chosen = benches.filter(isChosen);
const results: Result[] = [];

/** Those that need servers come last: even idle ones take of a processor what others would have. */
const runWithServers = async (): Promise<{ readonly versions?: string; readonly skips: string }> => {
  const wanted = chosen.filter(needsServers);
  if (wanted.length === 0) return { skips: '' };
  const servers = await startServers();
  if ('missing' in servers) {
    const skips = `Not measured: ${wanted.map(({ name }) => name).join(', ')}: ${servers.missing}`;
    console.error(skips);
    return { skips };
  }
  try {
    const chosenThere = planned(servers).filter(isChosen).filter(needsServers);
    for (const bench of chosenThere) results.push(...(await runBench(bench)));
    return { versions: servers.versions, skips: '' };
  } finally {
    await servers.stop();
  }
};

const runAll = async () => {
  try {
    for (const bench of chosen) if (!needsServers(bench)) results.push(...(await runBench(bench)));
    return await runWithServers();
  } finally {
    await rm(folder, { recursive: true });
  }
};

const { versions, skips } = await runAll();
const table = tableOf(results);
console.log(table);

if (chosen.length === benches.length && Number(given.rows) === allVotes) {
  const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as { version: string };
  await writeFile(
    resolve(root, 'docs/benchmarks.md'),
    `# Benchmarks

Written by \`npm run bench\`. Each program runs ${given.runs} times as a process of its own. A *ceiling* is a bare program
that does the least that such work can take, measured in the same run: ratios to it hold on other machines, the numbers
do not. The load generator shares the machine with the service. The data are ${allVotes.toLocaleString('en')} votes of the
UN General Assembly. *Wanted* is an aim, kept or not: nothing fails by it.

- machine: ${machine()}
${versions === undefined ? '' : `- ${versions}\n`}- Node.js ${process.versions.node}, stance tracker ${version}, ${new Date().toISOString().slice(0, 10)}

${table}
${skips === '' ? '' : `\n${skips}\n`}`,
  );
}
