import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export interface ReadEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** One connection that reads a stream. */
export interface Reader {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly events: ReadEvent[];
  /** Lines that are no events. */
  readonly comments: string[];
  /** The text of an answer that is no stream. */
  text(): string;
  /** Resolves once the other side has ended it. */
  readonly ended: Promise<void>;
  /** Takes nothing more from the socket, or goes on. */
  pause(): void;
  resume(): void;
  close(): void;
}

const parse = (block: string): ReadEvent | string | null => {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    if (line.startsWith(':')) return line.slice(1).trim();
    const colon = line.indexOf(': ');
    fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const data = fields.get('data');
  if (data === undefined) return null;
  return { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) as ReadEvent['data'] };
};

/** Opens a stream; resolves with its head. `onEvent` is called in order, as events come. */
export const openReader = (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  onEvent: (event: ReadEvent) => void = () => undefined,
): Promise<Reader> =>
  new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const events: ReadEvent[] = [];
      const comments: string[] = [];
      let text = '';
      const ended = Promise.withResolvers<void>();
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        const blocks = (text + piece).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const parsed = parse(block);
          if (typeof parsed === 'string') comments.push(parsed);
          else if (parsed !== null) {
            events.push(parsed);
            onEvent(parsed);
          }
        }
      });
      response.on('error', () => undefined);
      response.on('close', () => ended.resolve());
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        events,
        comments,
        text: () => text,
        ended: ended.promise,
        pause: () => response.pause(),
        resume: () => response.resume(),
        close: () => call.destroy(),
      });
    });
    call.on('error', reject);
    call.end();
  });
