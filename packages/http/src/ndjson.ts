import type { ServerResponse } from 'node:http';

/** Lines are handed to the socket in pieces of about this many characters, not one by one. */
const pieceLength = 16 * 1024;

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      response.off('drain', onDrain).off('close', onClose);
      finish();
    };
    const onDrain = (): void => settle(resolve);
    const onClose = (): void => settle(() => reject(new Error('The client closed the connection.')));
    response.on('drain', onDrain).on('close', onClose);
  });

/**
 * Writes values as lines of JSON and ends the response. Waits where the client reads slower than this writes.
 *
 * @throws whatever the values throw, and where the client has gone: then the response is not ended.
 */
export const writeNdjson = async (response: ServerResponse, values: AsyncIterable<unknown>): Promise<void> => {
  let piece = '';
  const flush = async (): Promise<void> => {
    if (response.destroyed) throw new Error('The client closed the connection.');
    if (piece === '') return;
    const goesOn = response.write(piece);
    piece = '';
    if (!goesOn) await drained(response);
  };
  for await (const value of values) {
    piece += `${JSON.stringify(value)}\n`;
    if (piece.length >= pieceLength) await flush();
  }
  await flush();
  response.end();
};
