import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { verify } from '@stance/projection';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

import { rounds } from '../support/rounds.ts';
import { applied, readFeed } from './support/feed.ts';
import { newFiles, startService } from './support/service.ts';
import type { Service } from './support/service.ts';
import { lifeArbitrary } from './support/submissions.ts';
import type { Call } from './support/submissions.ts';

const howOften = rounds(6, 60);

/** What depends on when something arrived. */
const ofArrival: ReadonlySet<string> = new Set([
  'detectedAt',
  'id',
  'knownAt',
  'knownFrom',
  'knownTo',
  'position',
  'recordedAt',
  'requestId',
  'revision',
]);

/** An answer as it is in every world. */
const inAnyWorld = (world: string, value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, held: unknown) => (ofArrival.has(key) ? undefined : held)).replaceAll(`${world}-`, ''),
  );

/** One life after the other or mixed: whose turn it is, each life's own calls in order. */
const mixed = (lives: readonly (readonly Call[])[], turns: readonly number[]): Call[] => {
  const waiting = lives.map((calls) => [...calls]);
  const calls: Call[] = [];
  for (let turn = 0; waiting.length > 0; turn += 1) {
    const index = (turns[turn % turns.length] ?? 0) % waiting.length;
    const next = waiting[index]?.shift();
    if (next !== undefined) calls.push(next);
    if (waiting[index]?.length === 0) waiting.splice(index, 1);
  }
  return calls;
};

const submit = async (service: Service, calls: readonly Call[]): Promise<number> => {
  let position = 0;
  for (const { path, body } of calls) {
    const reply = await service.post<{ position: number }>(path, body);
    // A duplicate stands where it was recorded first.
    if (reply.status >= 300) throw new Error(`${reply.status} from ${path}: ${JSON.stringify(reply.body)}`);
    position = Math.max(position, reply.body.position);
  }
  return position;
};

const answers = async (service: Service, world: string, position: number): Promise<unknown> => {
  const all: unknown[] = [];
  for (const holder of ['ann', 'bob'].map((name) => `${world}-${name}`)) {
    const known = await service.get(`/v1/actors/${holder}?minPosition=${position}`);
    if (known.status === 404) continue;
    all.push(await service.ask(`/v1/stances?holder=${holder}&at=2024-06-01`));
    all.push(await service.ask(`/v1/stances?holder=${holder}&at=2024-01-11`));
    const { items } = await service.ask<{ items: unknown[] }>(`/v1/changes?holder=${holder}&limit=1000`);
    // Changes of one day and history stand in the order in which their statements came.
    all.push(items.map((item) => JSON.stringify(inAnyWorld(world, item))).toSorted());
    for (const proposition of ['p1', 'p2']) {
      all.push((await service.get(`/v1/histories/${holder}/${proposition}?limit=1000&at=2024-06-01`)).body);
    }
  }
  return inAnyWorld(world, all);
};

/** The current set of changes, each with how often it was revised. */
const revisionsOf = async (service: Service): Promise<Map<string, number | null>> => {
  const revisions = new Map<string, number | null>();
  for (let after = ''; ;) {
    const page = await service.ask<{ items: { id: string; revision: number | null }[]; next?: string }>(
      `/v1/changes?limit=1000${after}`,
    );
    for (const { id, revision } of page.items) revisions.set(id, revision);
    if (page.next === undefined) return revisions;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
};

test(
  'statements, corrections, retractions and replacements give the same answers in any order and with any repetition',
  async () => {
    const files = await newFiles();
    const service = await startService(files);
    let worlds = 100;
    let position = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(lifeArbitrary, { minLength: 2, maxLength: 14 }),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 8 }),
        async (lives, turns, repetitions) => {
          const [one, other] = [`w${(worlds += 1)}`, `w${(worlds += 1)}`];
          const inOrder = lives.flatMap((life, index) => life(one, index));
          const arrived = mixed(
            lives.map((life, index) => life(other, index)),
            turns,
          );
          for (const [which, later] of repetitions) {
            const again = arrived[which % arrived.length];
            if (again !== undefined) arrived.splice((which % arrived.length) + 1 + later, 0, again);
          }
          position = Math.max(await submit(service, inOrder), await submit(service, arrived));
          expect(await answers(service, other, position)).toEqual(await answers(service, one, position));
        },
      ),
      { numRuns: howOften, endOnFailure: true },
    );

    const source = await openSqliteEventLogReader({ path: files.events });
    const verification = await verify({
      source,
      readModelPath: files.readModel,
      feedPath: files.feed,
      method: defaultMethod,
    });
    await source.close();
    expect(verification).toMatchObject({ equal: true, position });
    await vi.waitFor(async () => {
      const current = await revisionsOf(service);
      const held = applied((await readFeed(files.feed)).entries);
      expect(current.size).toBeGreaterThan(howOften);
      expect(current).toEqual(new Map([...held.values()].map(({ changeId, revision }) => [changeId, revision])));
    });
  },
  howOften * 20_000,
);
