import { describe, expect, it, onTestFinished } from 'vitest';

import { manyHolders, markBehind, statements } from './events.ts';
import { openForTest, type OpenDistribution } from './opened-distribution.ts';
import { createRecorder, joinAsRecorder, until } from './recorder.ts';

const sent = statements(200, { holders: manyHolders });

export function describeGrouping(open: OpenDistribution): void {
  describe('a group', () => {
    it('has one active member, which gets everything, and stays it when others join', async () => {
      const opened = await openForTest(open);
      const { join } = opened.group('readers');
      const first = await joinAsRecorder(join);
      await until(() => first.isActive());
      const others = [await joinAsRecorder(join), await joinAsRecorder(join)];
      const writer = opened.createWriter();
      await writer.send(sent, markBehind(sent));
      await until(() => first.events().length === sent.length);
      for (const other of others) {
        expect(other.isActive()).toBe(false);
        expect(other.events()).toEqual([]);
      }
      await writer.close();
    });

    it('gives each group everything', async () => {
      const opened = await openForTest(open);
      const writer = opened.createWriter();
      await writer.send(sent, markBehind(sent));
      const one = await joinAsRecorder(opened.group('one').join);
      const other = await joinAsRecorder(opened.group('other').join);
      await until(() => one.events().length === sent.length && other.events().length === sent.length);
      await writer.close();
    });

    it('has another active member when the one it had leaves', async () => {
      const opened = await openForTest(open);
      const { join } = opened.group('readers');
      const first = createRecorder();
      const leaving = await join(first.listener);
      await until(() => first.isActive());
      const second = await joinAsRecorder(join);
      await leaving.close();
      await until(() => second.isActive());
      const writer = opened.createWriter();
      await writer.send(sent, markBehind(sent));
      await until(() => second.events().length === sent.length);
      await writer.close();
    });

    it('has another active member when the one it had is cut off, and tells that one when it comes back', async () => {
      const opened = await openForTest(open);
      const group = opened.group('readers');
      const first = createRecorder();
      const { member, cut, mend } = await group.joinCuttable(first.listener);
      onTestFinished(() => member.close());
      await until(() => first.isActive());
      const second = await joinAsRecorder(group.join);
      const writer = opened.createWriter();
      await writer.send(sent.slice(0, 100), markBehind(sent.slice(0, 100)));
      await until(() => first.events().length === 100);
      await cut();
      await until(() => second.isActive());
      await mend();
      await writer.send(sent.slice(100), markBehind(sent));
      await until(() => !first.isActive());
      await until(() => second.events().length === sent.length);
      expect(second.isActive()).toBe(true);
      await writer.close();
    });

    it('sends no more of a partition that has enough, until it has room, and holds up no other', async () => {
      const opened = await openForTest(open);
      const recorder = await joinAsRecorder(opened.group('readers').join);
      await until(() => recorder.isActive());
      const writer = opened.createWriter();
      recorder.holdBack(true);
      const begun = statements(400, { holders: manyHolders });
      await writer.send(begun, markBehind(begun));
      const all = Array.from({ length: opened.partitions }, (_, partition) => partition);
      await until(() => all.every((partition) => recorder.records(partition).length > 0));
      const more = statements(400, { holders: manyHolders, from: 400 });
      recorder.holdBack(false);
      recorder.member.resume(0);
      await writer.send(more, markBehind(more));
      await until(() => recorder.watermarks(0).some(({ position }) => position === 8000));
      for (const partition of all.slice(1)) {
        expect(recorder.eventsOf(partition).every(({ count }) => count <= 400)).toBe(true);
        recorder.member.resume(partition);
      }
      await until(() => recorder.events().length === 800);
      await writer.close();
    });

    it('begins where the last active member had handled what came, or at the beginning', async () => {
      const opened = await openForTest(open);
      const { join } = opened.group('readers');
      const writer = opened.createWriter();
      await writer.send(sent, markBehind(sent));
      const first = createRecorder();
      const leaving = await join(first.listener);
      await until(() => first.events().length === sent.length);
      const handled = BigInt(first.records(0).length - 1);
      const rest = sent.length - first.eventsOf(0).length;
      leaving.handled(0, handled);
      await leaving.close();
      const second = await joinAsRecorder(join);
      await until(() => second.events().length === rest && second.records(0).length > 0);
      expect(second.firstOffset(0)).toBe(handled);
      expect(second.firstOffset(1)).toBe(0n);
      await writer.close();
    });
  });
}
