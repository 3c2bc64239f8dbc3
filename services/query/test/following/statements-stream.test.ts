import type { StatementDetail } from '@stance/contracts';
import { describe, expect, test } from 'vitest';

import { eventually, openNewsroom, read, received } from './newsroom.ts';
import type { Newsroom } from './newsroom.ts';
import type { ReadEvent } from './stream-reader.ts';
import { createTestClock } from './test-clock.ts';

const path = '/v1/statements/stream';
const statementOf = ({ data }: ReadEvent): StatementDetail => data['statement'] as StatementDetail;
const told = ({ events }: { readonly events: readonly ReadEvent[] }): (readonly [string, string, string])[] =>
  events
    .filter(({ event }) => event.startsWith('Statement'))
    .map((event) => [event.event, statementOf(event).id, statementOf(event).state]);

const tax = { holder: 'ann', proposition: 'tax' };

const openRecord = async (options: Parameters<typeof openNewsroom>[0] = {}) => {
  const newsroom = await openNewsroom(options);
  await newsroom.actor('ann');
  await newsroom.actor('bob');
  await newsroom.proposition('tax');
  await newsroom.project();
  return newsroom;
};

const pass = async (newsroom: Newsroom): Promise<void> => {
  await newsroom.project();
  newsroom.tell();
};

describe('a stream of statements', () => {
  test('tells what happens to them, each as it was known from then on', async () => {
    const record = await openRecord();
    const reader = await read(record, path);
    expect(await received(reader, 1)).toEqual(['position']);
    const positions = [
      await record.state('s1', tax),
      await record.state('s2', { ...tax, holder: 'bob' }),
      await record.correct('s1', { ...tax, direction: 'oppose' }),
      await record.retract('s2', { ...tax, holder: 'bob' }),
    ];
    await pass(record);
    await received(reader, 5);
    expect(told(reader)).toEqual([
      ['StatementMade', 's1', 'active'],
      ['StatementMade', 's2', 'active'],
      ['StatementCorrected', 's1', 'corrected'],
      ['StatementRetracted', 's2', 'retracted'],
    ]);
    for (const [index, position] of positions.entries()) {
      const event = reader.events[index + 1] as ReadEvent;
      expect(event.id.split('.')[1]).toBe(String(position));
      const { id } = statementOf(event);
      expect(statementOf(event)).toEqual(await record.ask(`/v1/statements/${id}?knownAt=${String(position)}`));
    }
    const again = await read(record, `${path}?after=${reader.events[2]?.id ?? ''}`);
    await received(again, 3);
    expect(again.events.slice(0, 2)).toEqual(reader.events.slice(3));
  });

  test('tells that one was taken out by the one in its place, and both to who has only heard of the first', async () => {
    const record = await openRecord();
    await record.state('s1', tax);
    await record.state('s2', { ...tax, holder: 'bob', replaces: 's1' });
    await pass(record);
    const all = await read(record, `${path}?after=0`);
    await received(all, 4);
    expect(told(all)).toEqual([
      ['StatementMade', 's1', 'active'],
      ['StatementRetracted', 's1', 'replaced'],
      ['StatementMade', 's2', 'active'],
    ]);
    const rest = await read(record, `${path}?after=${all.events[1]?.id ?? ''}`);
    await received(rest, 3);
    expect(rest.events).toEqual(all.events.slice(1));
    // Who follows the one holder alone hears of it, too.
    const ofAnn = await read(record, `${path}?holder=ann&proposition=tax&after=0`);
    await received(ofAnn, 3);
    expect(told(ofAnn)).toEqual(told(all).slice(0, 2));
  });

  test('shows nothing that the projection has not passed, and waits for it', async () => {
    const record = await openRecord();
    const reader = await read(record, path);
    await received(reader, 1);
    const [epoch = ''] = reader.events[0]?.id.split('.') ?? [];
    const position = await record.state('s1', tax);
    const next = await record.state('s2', tax);
    record.tell();
    // Somebody who was told of it elsewhere, where the projection is further.
    const ahead = await read(record, `${path}?after=${epoch}.${String(position)}`);
    await received(ahead, 1);
    expect([ahead.events[0]?.event, told(reader)]).toEqual(['position', []]);
    await pass(record);
    await received(ahead, 2);
    expect(told(ahead)).toEqual([['StatementMade', 's2', 'active']]);
    await received(reader, 3);

    const lost = await read(record, `${path}?after=${epoch}.${String(next + 1)}`);
    expect(await received(lost, 4)).toEqual(['reset', 'StatementMade', 'StatementMade', 'position']);
    expect(lost.events[0]?.data).toEqual({ reason: 'ahead' });
  });

  test('begins anew with what is known, where the id is of another log', async () => {
    const record = await openRecord();
    await record.state('s1', tax);
    await record.correct('s1', { ...tax, direction: 'oppose' });
    await record.state('s2', tax);
    await record.retract('s2', tax);
    await record.state('s3', tax);
    await pass(record);
    const reader = await read(record, `${path}?after=another-log.3`);
    expect(await received(reader, 4)).toEqual(['reset', 'StatementCorrected', 'StatementMade', 'position']);
    expect(told(reader).map(([, id]) => id)).toEqual(['s1', 's3']);
  });

  test('of a log that is empty begins with its first event, and of a feed that is, too', async () => {
    const newsroom = await openNewsroom();
    const statements = await read(newsroom, path);
    const changes = await read(newsroom, '/v1/changes/stream');
    await Promise.all([received(statements, 1), received(changes, 1)]);
    await newsroom.actor('ann');
    await newsroom.proposition('tax');
    await newsroom.state('s1', tax);
    await newsroom.project();
    await newsroom.publish();
    expect(await received(statements, 2)).toEqual(['position', 'StatementMade']);
    expect(await received(changes, 2)).toEqual(['position', 'StanceChangeDetected']);
    const again = await read(newsroom, `${path}?after=${statements.events[0]?.id ?? ''}`);
    expect(await received(again, 2)).toEqual(['StatementMade', 'position']);
  });

  test('finds out by itself that there is more, where nobody says so', async () => {
    const record = await openRecord({ onNews: () => () => undefined, streamClock: createTestClock() });
    const reader = await read(record, path);
    await received(reader, 1);
    await record.state('s1', tax);
    await record.project();
    await eventually(() => expect(told(reader)).toEqual([['StatementMade', 's1', 'active']]));
  });
});
