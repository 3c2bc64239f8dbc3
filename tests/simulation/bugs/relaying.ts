import type { Bug } from './bug.ts';
import { createUnfencedMemory } from './unfenced-memory.ts';

export const relayingBugs: readonly Bug[] = [
  {
    what: 'skips a send that failed',
    parts: { writer: (writer) => ({ ...writer, send: (...sent) => writer.send(...sent).catch(() => undefined) }) },
  },
  {
    what: "stores the relay's checkpoint before it has sent",
    parts: {
      writer: (writer) => ({
        ...writer,
        async send(...sent) {
          void writer.send(...sent).catch(() => undefined);
        },
      }),
    },
  },
  {
    what: 'lets a relay that was superseded move the checkpoint',
    parts: { relayMemory: createUnfencedMemory },
  },
  {
    what: 'sends a watermark before the events that it covers',
    parts: {
      writer: (writer) => ({
        ...writer,
        async send(events, watermark) {
          await writer.send([], watermark);
          await writer.send(events, watermark);
        },
      }),
    },
  },
];
