import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { NewEvent } from '../event-store.ts';
import { newEvent, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';

export function describeContents(open: OpenEventStore): void {
  async function roundTrip(event: NewEvent, stream = 'a') {
    const { store } = await openForTest(open);
    await store.append([request(stream, -1, [event])]);
    const [fromStream] = await store.readStream(stream);
    const [fromLog] = (await store.readAll({ after: 0, limit: 1 })).events;
    expect(fromStream).toEqual(fromLog);
    return fromStream;
  }

  describe('an event', () => {
    it('comes back as it went in, with its place', async () => {
      const event = newEvent({
        type: 'StatementMade',
        schemaVersion: 3,
        data: '{"a":1}',
        metadata: { correlationId: 'c', causationId: 'd', traceparent: '00-ab-cd-01', recordedBy: 'e', batchId: 'f' },
      });
      expect(await roundTrip(event)).toEqual({
        ...event,
        stream: 'a',
        revision: 0,
        position: 1,
        recordedAt: expect.any(Number),
      });
    });

    it('comes back without the fields of metadata that it came without', async () => {
      const event = newEvent({ metadata: { correlationId: 'c', batchId: 'f' } });
      expect((await roundTrip(event))?.metadata).toStrictEqual({ correlationId: 'c', batchId: 'f' });
    });

    it('keeps empty metadata apart from absent metadata', async () => {
      const metadata = { correlationId: '', causationId: '', recordedBy: '' };
      expect((await roundTrip(newEvent({ metadata })))?.metadata).toStrictEqual(metadata);
    });

    it('keeps data as text: spaces, order and numbers are not touched', async () => {
      const data = ' { "b" : 1.00, "a":\t12345678901234567890 }\n';
      expect((await roundTrip(newEvent({ data })))?.data).toBe(data);
    });

    it('keeps any Unicode, in data and in the name of the stream', async () => {
      const text = 'Zürich, Київ, 東京, 🏳️‍🌈, e\u0301, \u0000, \u2028, \uFFFD, \u{10FFFF}';
      const event = newEvent({
        data: JSON.stringify(text) + '\u0000',
        metadata: { correlationId: 'c', recordedBy: text },
      });
      const stored = await roundTrip(event, `stream-${text}`);
      expect(stored?.data).toBe(event.data);
      expect(stored?.stream).toBe(`stream-${text}`);
      expect(stored?.metadata).toStrictEqual(event.metadata);
    });

    it('may be as large as a document', async () => {
      const data = JSON.stringify('ö'.repeat(2 * 1024 * 1024));
      expect((await roundTrip(newEvent({ data })))?.data).toBe(data);
    });

    it('comes back as it went in, whatever it holds', async () => {
      const { store } = await openForTest(open);
      const text = fc.string({ unit: 'grapheme' });
      const optional = { nil: undefined };
      const event = fc.record({
        id: fc.uuid(),
        type: fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
        schemaVersion: fc.integer({ min: 1, max: 1000 }),
        data: fc.json(),
        metadata: fc
          .record({
            correlationId: text,
            causationId: fc.option(text, optional),
            traceparent: fc.option(text, optional),
            recordedBy: fc.option(text, optional),
            batchId: fc.option(text, optional),
          })
          .map(({ correlationId, ...rest }) => ({
            correlationId,
            ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
          })),
      });
      let stream = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 5 }), async (events) => {
          stream += 1;
          await store.append([request(`s-${stream}`, -1, events)]);
          expect(await store.readStream(`s-${stream}`)).toMatchObject(events);
        }),
        { numRuns: 50 },
      );
    });
  });
}
