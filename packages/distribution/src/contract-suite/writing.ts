import { describe, expect, it } from 'vitest';

import { partitionKeyOf } from '../partition-key.ts';
import { manyHolders, markBehind, statements } from './events.ts';
import { openForTest, type OpenDistribution, type OpenedDistribution } from './opened-distribution.ts';
import { joinAsRecorder, until, type Recorder } from './recorder.ts';

/** Waits for a watermark in every partition. */
async function untilMarked({ partitions }: OpenedDistribution, recorder: Recorder, position: number, times = 1) {
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  await until(() =>
    all.every((each) => recorder.watermarks(each).filter((mark) => mark.position === position).length >= times),
  );
  return all;
}

export function describeWriting(open: OpenDistribution): void {
  describe('a writer', () => {
    it('gives every event as it was, and those of one key in one partition, in the order sent', async () => {
      const opened = await openForTest(open);
      const recorder = await joinAsRecorder(opened.group('readers').join);
      const writer = opened.createWriter();
      const sent = statements(300, { holders: manyHolders });
      for (const from of [0, 100, 200]) {
        const batch = sent.slice(from, from + 100);
        await writer.send(batch, markBehind(batch));
      }
      const all = await untilMarked(opened, recorder, 3000);
      const byPosition = [...recorder.events()].sort((a, b) => a.event.position - b.event.position);
      expect(byPosition).toEqual(sent);
      const partitionOf = new Map<string, number>();
      for (const partition of all) {
        const events = recorder.eventsOf(partition);
        expect(events.map(({ count }) => count)).toEqual(events.map(({ count }) => count).sort((a, b) => a - b));
        for (const { event } of events) {
          const key = partitionKeyOf(event);
          expect(partitionOf.get(key) ?? partition).toBe(partition);
          partitionOf.set(key, partition);
        }
      }
      expect(partitionOf.size).toBe(manyHolders.length);
      await writer.close();
    });

    it('keeps any text, all metadata, any position and revision', async () => {
      const opened = await openForTest(open);
      const recorder = await joinAsRecorder(opened.group('readers').join);
      const writer = opened.createWriter();
      const text = 'Ö "quoted" \\ 漢字 🏛 \u0000\u001f\u2028 ,=;\n';
      const metadata = {
        correlationId: text,
        causationId: 'c',
        traceparent: '00-1-2-01',
        recordedBy: text,
        batchId: 'b',
      };
      const [first, second] = statements(2, { holders: ['ann'], data: () => ({ quote: { exact: text } }) });
      if (first === undefined || second === undefined) throw new Error('two were asked for');
      const position = Number.MAX_SAFE_INTEGER;
      const event = { ...second.event, position, revision: 7, stream: `actor-${text}`, type: 'ActorRevised', metadata };
      const sent = [first, { event, previous: first.event.position, count: 2 }];
      await writer.send(sent, markBehind(sent));
      await untilMarked(opened, recorder, position);
      expect(recorder.events()).toHaveLength(2);
      expect(recorder.events()).toEqual(expect.arrayContaining(sent));
      await writer.close();
    });

    it('puts a watermark into every partition, behind the events sent with it, and one alone where there are none', async () => {
      const opened = await openForTest(open);
      const recorder = await joinAsRecorder(opened.group('readers').join);
      const writer = opened.createWriter();
      await writer.send([], markBehind([]));
      const sent = statements(100, { holders: manyHolders });
      await writer.send(sent, markBehind(sent));
      await writer.send([], markBehind(sent));
      const all = await untilMarked(opened, recorder, 1000, 2);
      for (const partition of all) {
        const kinds = recorder.records(partition).map((record) => record.kind);
        expect(kinds[0]).toBe('watermark');
        expect(kinds.slice(1, -2).every((kind) => kind === 'event')).toBe(true);
        expect(kinds.slice(-2)).toEqual(['watermark', 'watermark']);
        expect(recorder.watermarks(partition)).toEqual([markBehind([]), markBehind(sent), markBehind(sent)]);
      }
      await writer.close();
    });

    it('puts what is sent again behind what was sent', async () => {
      const opened = await openForTest(open);
      const recorder = await joinAsRecorder(opened.group('readers').join);
      const sent = statements(50, { holders: manyHolders });
      for (let time = 0; time < 2; time += 1) {
        const writer = opened.createWriter();
        await writer.send(sent, markBehind(sent));
        await writer.close();
      }
      for (const partition of await untilMarked(opened, recorder, 500, 2)) {
        const counts = recorder.eventsOf(partition).map(({ count }) => count);
        const once = counts.slice(0, counts.length / 2);
        expect(counts).toEqual([...once, ...once]);
      }
    });

    it('takes a batch that is larger than what goes into one request', async () => {
      const opened = await openForTest(open);
      const recorder = await joinAsRecorder(opened.group('readers').join);
      const writer = opened.createWriter();
      const sent = statements(60, { holders: ['ann'], data: () => ({ quote: { exact: 'x'.repeat(60_000) } }) });
      await writer.send(sent, markBehind(sent));
      await untilMarked(opened, recorder, 600);
      expect(recorder.events()).toEqual(sent);
      await writer.close();
    });

    it('refuses to send once it is closed', async () => {
      const opened = await openForTest(open);
      const writer = opened.createWriter();
      await writer.close();
      await expect(writer.send([], markBehind([]))).rejects.toMatchObject({ code: 'distribution-closed' });
    });

    it('is not disturbed by records of others, and readers are told of them', async () => {
      const opened = await openForTest(open);
      const recorder = await joinAsRecorder(opened.group('readers').join);
      const writer = opened.createWriter();
      const sent = statements(20, { holders: ['ann'] });
      await writer.send(sent.slice(0, 10), markBehind(sent.slice(0, 10)));
      await opened.spoil(0);
      await writer.send(sent.slice(10), markBehind(sent));
      await untilMarked(opened, recorder, 200);
      expect(recorder.events()).toEqual(sent);
      expect(recorder.records(0).filter(({ kind }) => kind === 'unreadable')).toHaveLength(1);
      await writer.close();
    });
  });
}
