import type { ChangeAnswer } from '@stance/contracts';
import { newToken } from '@stance/http';
import { describe, expect, test } from 'vitest';

import { eventually, openNewsroom, published, read, received } from './newsroom.ts';
import type { Newsroom } from './newsroom.ts';
import { createTestClock } from './test-clock.ts';
import type { ReadEvent } from './stream-reader.ts';

const changesPath = '/v1/changes/stream';
const changeOf = ({ data }: ReadEvent): ChangeAnswer => data['change'] as ChangeAnswer;

/** One holder's stance on one proposition, of which each statement of its own is a change. */
const openTalk = async (options: Parameters<typeof openNewsroom>[0] = {}) => {
  const newsroom = await openNewsroom(options);
  await newsroom.actor('ann');
  await newsroom.proposition('tax');
  let said = 0;
  const say = async (direction: 'support' | 'oppose', holder = 'ann'): Promise<void> => {
    said += 1;
    const saidAt = `2024-01-${String(said).padStart(2, '0')}`;
    await newsroom.state(`s${String(said)}`, { holder, proposition: 'tax', direction, saidAt });
    await newsroom.project();
    await newsroom.publish();
  };
  return { ...newsroom, say };
};

const idAfter = async (newsroom: Newsroom, position: number): Promise<string> =>
  `${await newsroom.feed().epoch()}.${String(position)}`;

describe('a stream of changes', () => {
  test('begins from now on, and says at once where that is', async () => {
    const talk = await openTalk();
    await talk.say('support');
    const reader = await read(talk, changesPath);
    expect([reader.status, reader.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect([reader.headers['cache-control'], reader.headers['x-accel-buffering']]).toEqual(['no-store', 'no']);
    await received(reader, 1);
    expect(reader.events).toEqual([{ id: await idAfter(talk, 1), event: 'position', data: {} }]);

    await talk.say('oppose');
    expect(await received(reader, 2)).toEqual(['position', 'StanceChangeDetected']);
    expect(reader.events[1]?.id).toBe(await idAfter(talk, 2));
    const listed = await talk.changes('kind=reversal');
    expect([...listed.values()]).toEqual([published(changeOf(reader.events[1] as ReadEvent))]);
  });

  test('gives all that was ever published from 0 on, and goes on behind any event', async () => {
    const talk = await openTalk();
    await talk.say('support');
    await talk.say('oppose');
    const all = await read(talk, `${changesPath}?after=0`);
    expect(await received(all, 3)).toEqual(['StanceChangeDetected', 'StanceChangeDetected', 'position']);
    const first = all.events[0]?.id ?? '';
    for (const reader of [
      await read(talk, `${changesPath}?after=${first}`),
      await read(talk, changesPath, { 'last-event-id': first }),
      await read(talk, `${changesPath}?after=0`, { 'last-event-id': first }),
    ]) {
      await received(reader, 2);
      expect(reader.events).toEqual(all.events.slice(1));
    }
  });

  test('says that all was told only behind what was published when it was asked, though nobody said so', async () => {
    const talk = await openTalk({ onNews: () => () => undefined });
    await talk.say('support');
    await received(await read(talk, changesPath), 1);
    await talk.say('oppose');
    const later = await read(talk, `${changesPath}?after=0`);
    expect(await received(later, 3)).toEqual(['StanceChangeDetected', 'StanceChangeDetected', 'position']);
  });

  test('tells a removal, and why', async () => {
    const talk = await openTalk();
    await talk.say('support');
    await talk.say('oppose');
    const reader = await read(talk, changesPath);
    await received(reader, 1);
    await talk.retract('s2', { holder: 'ann', proposition: 'tax' });
    await talk.project();
    await talk.publish();
    await received(reader, 2);
    expect(reader.events[1]).toMatchObject({
      event: 'StanceChangeRemoved',
      data: { reason: 'gone', change: { kind: 'reversal', openedBy: 's2' } },
    });
  });

  test('sends one that ceases to match as removed, and one that begins to as detected', async () => {
    const talk = await openTalk();
    await talk.actor('sam');
    await talk.project();
    const provisional = await read(talk, `${changesPath}?status=provisional`);
    const confirmed = await read(talk, `${changesPath}?status=confirmed&holder=ann&proposition=tax&from=2024`);
    const others = await read(talk, `${changesPath}?holder=sam`);
    const state = (id: string, publisher: string) =>
      talk.state(id, {
        holder: 'ann',
        proposition: 'tax',
        direction: 'support',
        authority: 'attributed',
        speaker: 'sam',
        saidAt: `2024-02-0${id}`,
        source: { publisher },
      });
    await state('1', 'A');
    await talk.project();
    await talk.publish();
    expect(await received(provisional, 2)).toEqual(['position', 'StanceChangeDetected']);
    await state('2', 'B');
    await talk.project();
    await talk.publish();
    expect(await received(provisional, 3)).toEqual(['position', 'StanceChangeDetected', 'StanceChangeRemoved']);
    expect(provisional.events[2]?.data).toMatchObject({ reason: 'no-match', change: { status: 'confirmed' } });
    expect(await received(confirmed, 2)).toEqual(['position', 'StanceChangeDetected']);
    expect(others.events.map(({ event }) => event)).toEqual(['position']);
  });

  test.each(['unknown-epoch', 'ahead'] as const)('begins anew with all that stands: %s', async (reason) => {
    const talk = await openTalk();
    await talk.say('support');
    await talk.say('oppose');
    await talk.retract('s2', { holder: 'ann', proposition: 'tax' });
    await talk.project();
    await talk.publish();
    const after = reason === 'ahead' ? await idAfter(talk, 99) : 'another-epoch.1';
    const reader = await read(talk, `${changesPath}?after=${after}`);
    expect(await received(reader, 3)).toEqual(['reset', 'StanceChangeDetected', 'position']);
    expect(reader.events[0]).toMatchObject({ id: await idAfter(talk, 0), data: { reason } });
    expect(reader.events[2]?.id).toBe(await idAfter(talk, 3));
  });

  test('begins anew where another feed has come in the place of the one before, under those who follow too', async () => {
    const talk = await openTalk();
    await talk.say('support');
    const reader = await read(talk, changesPath);
    await received(reader, 1);
    await talk.renewFeed();
    await talk.publish();
    await eventually(() =>
      expect(reader.events.map(({ event }) => event)).toEqual([
        'position',
        'reset',
        ...(reader.events.length === 4 ? ['StanceChangeDetected', 'position'] : ['position', 'StanceChangeDetected']),
      ]),
    );
    expect(reader.events.at(-1)?.id).toBe(await idAfter(talk, 1));
  });

  test('of a holder that is merged away goes on as that of the survivor, with all that one has', async () => {
    const talk = await openTalk();
    await talk.actor('bob');
    await talk.say('support', 'ann');
    await talk.say('oppose', 'bob');
    const reader = await read(talk, `${changesPath}?holder=bob&after=0`);
    expect(await received(reader, 2)).toEqual(['StanceChangeDetected', 'position']);
    await talk.registry('ActorMerged', { actorId: 'bob', into: 'ann' });
    await talk.project();
    await talk.publish();
    await eventually(async () => {
      const since = reader.events.findLastIndex(({ event }) => event === 'reset');
      expect(since).toBeGreaterThan(0);
      expect(reader.events[since]?.data).toEqual({ reason: 'holder-changed' });
      const told = reader.events.slice(since).filter(({ event }) => event.startsWith('StanceChange'));
      const items = new Map(told.map((event) => [changeOf(event).id, published(changeOf(event))]));
      expect(items).toEqual(await talk.changes('holder=bob'));
    });
    const last = reader.events.at(-1)?.id ?? '';
    const again = await read(talk, `${changesPath}?holder=bob&after=${last}`);
    expect(await received(again, 1)).toEqual(['position']);

    await talk.registry('ActorUnmerged', { actorId: 'bob' });
    await talk.project();
    await talk.publish();
    const later = await read(talk, `${changesPath}?holder=bob&after=${last}`);
    await received(later, 1);
    expect(later.events[0]).toMatchObject({ event: 'reset', data: { reason: 'holder-changed' } });
  });

  test.each([
    ['after=', 'after'],
    ['after=1', 'after'],
    ['after=epoch.x', 'after'],
    ['after=epoch.1.2', 'after'],
    ['kind=none', 'kind[0]'],
    ['from=2025&to=2024', 'from'],
    ['method=wary', 'method'],
  ])('is refused under ?%s', async (query, path) => {
    const talk = await openTalk();
    const problem = await talk.refused(`${changesPath}?${query}`);
    expect([problem.status, problem.code, problem.errors?.[0]?.path]).toEqual([400, 'invalid-input', path]);
  });

  test('is refused for somebody unknown, for a header that is no id, and for who takes no events', async () => {
    const talk = await openTalk();
    expect((await talk.refused(`${changesPath}?holder=nobody`)).code).toBe('unknown-actor');
    expect((await talk.refused(`${changesPath}?proposition=nothing`)).code).toBe('unknown-proposition');
    const header = await talk.refused(changesPath, { 'last-event-id': 'what' });
    expect([header.code, header.errors?.[0]?.path]).toEqual(['invalid-input', 'last-event-id']);
    expect((await talk.refused(changesPath, { accept: 'application/json' })).code).toBe('not-acceptable');
  });

  test('needs the scope to read, and is answered to HEAD with its headers', async () => {
    const reading = newToken('reader', ['read']);
    const writing = newToken('writer', ['write']);
    const newsroom = await openNewsroom({ http: { tokens: [reading.entry, writing.entry] } });
    const status = async (token: string | null): Promise<number> => {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      return (await read(newsroom, changesPath, headers)).status;
    };
    expect([await status(null), await status(writing.token), await status(reading.token)]).toEqual([401, 403, 200]);
    const head = await fetch(`http://127.0.0.1:${String(newsroom.port)}${changesPath}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${reading.token}` },
    });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  test('shows every so often that the connection is alive, and where it is', async () => {
    const clock = createTestClock();
    const talk = await openTalk({ streamClock: clock, heartbeatMs: 1000 });
    await talk.actor('sam');
    await talk.project();
    const all = await read(talk, changesPath);
    const others = await read(talk, `${changesPath}?holder=sam`);
    await Promise.all([received(all, 1), received(others, 1)]);
    clock.pass(1000);
    await eventually(() => expect([all.comments, others.comments]).toEqual([[''], ['']]));
    await talk.say('support');
    await received(all, 2);
    clock.pass(1000);
    // What was of no concern to it, need not be gone through again.
    await received(others, 2);
    expect(others.events[1]).toEqual({ id: await idAfter(talk, 1), event: 'position', data: {} });
    await eventually(() => expect(all.comments).toEqual(['', '']));
  });

  test('ends when the service stops, and goes on elsewhere', async () => {
    const talk = await openTalk();
    const reader = await read(talk, changesPath);
    await received(reader, 1);
    expect(await talk.app.kit.stop(10_000)).toEqual({ cutOff: 0 });
    await reader.ended;
    expect(reader.comments).toEqual(['the service is stopping: connect again']);
  });

  test('is one of a bounded number', async () => {
    const newsroom = await openNewsroom({ http: { limits: { concurrentStreams: 2 } } });
    const readers = [await read(newsroom, changesPath), await read(newsroom, '/v1/statements/stream')];
    const third = await read(newsroom, changesPath);
    expect([third.status, third.headers['retry-after']]).toEqual([503, '5']);
    await eventually(() => expect(third.text()).toContain('"code":"overloaded"'));
    readers[0]?.close();
    await eventually(async () => expect((await read(newsroom, changesPath)).status).toBe(200));
  });
});
