import { connect } from 'node:net';

/** A stream of which no more is looked at than has to be: what is measured is the service. */
export interface CountingStream {
  events(): number;
  ended(): boolean;
}

const mark = Buffer.from('\nevent: StanceChange');
const opened = Buffer.from('\nevent: position\n');
const detectedAt = /"detectedAt":"([^"]+)"/g;

const countIn = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) count += 1;
  return count;
};

/**
 * Opens a stream of changes and counts its events; resolves once it has told where it is.
 *
 * @param onLatency where it is given, each event is read: from published to received, in milliseconds.
 */
export const openCountingStream = (
  port: number,
  path: string,
  onLatency?: (milliseconds: number) => void,
): Promise<CountingStream> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let events = 0;
    let ended = false;
    let isOpen = false;
    /** The end of what came before, in which a mark may have begun. */
    let before = Buffer.alloc(0);
    const stream: CountingStream = { events: () => events, ended: () => ended };
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    socket.on('data', (bytes) => {
      if (!isOpen && bytes.includes(opened)) {
        isOpen = true;
        resolve(stream);
      }
      const seam = Buffer.concat([before, bytes.subarray(0, mark.length - 1)]);
      events += countIn(bytes) + countIn(seam);
      before = Buffer.from(Buffer.concat([before, bytes.subarray(1 - mark.length)]).subarray(1 - mark.length));
      if (onLatency === undefined) return;
      const now = Date.now();
      for (const [, at] of bytes.toString('latin1').matchAll(detectedAt)) onLatency(now - Date.parse(at ?? ''));
    });
    socket.on('error', (error) => reject(error));
    socket.on('close', () => {
      ended = true;
      reject(new Error('the service ended a stream'));
    });
  });
