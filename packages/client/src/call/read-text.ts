/**
 * The text of a body, chunk by chunk: the next one is asked for when this one was taken.
 *
 * @param waiting called when it begins to wait for bytes; what it gives is called when they are there
 */
export const readText = async function* (
  body: ReadableStream<Uint8Array>,
  waiting: () => () => void = () => () => undefined,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const next = async (): Promise<Uint8Array | undefined> => {
    const arrived = waiting();
    try {
      return (await reader.read()).value;
    } finally {
      arrived();
    }
  };
  try {
    for (let bytes = await next(); bytes !== undefined; bytes = await next())
      yield decoder.decode(bytes, { stream: true });
    const last = decoder.decode();
    if (last !== '') yield last;
  } finally {
    // Who stops in the middle lets go of the connection; a body that has ended, or failed, has nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
};
