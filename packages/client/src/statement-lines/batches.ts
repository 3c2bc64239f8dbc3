const mostLines = 1000;
const mostCharacters = 1024 * 1024;
/** How long the lines of a slow source are held back, in milliseconds. */
const pause = 50;

/** Gathers lines into batches; where the source pauses, what there is goes out. */
export const batches = async function* (lines: AsyncIterator<string, unknown>): AsyncGenerator<readonly string[]> {
  let held: string[] = [];
  let characters = 0;
  const take = (): readonly string[] => {
    const batch = held;
    held = [];
    characters = 0;
    return batch;
  };
  try {
    for (;;) {
      const next = lines.next();
      if (held.length > 0 && (await isSlow(next))) yield take();
      const came = await next;
      if (came.done === true) break;
      held.push(came.value);
      characters += came.value.length;
      if (held.length >= mostLines || characters >= mostCharacters) yield take();
    }
    if (held.length > 0) yield take();
  } finally {
    // Where nobody wants more the source is closed, as soon as it gives up what it was asked for.
    lines.return?.().catch(() => undefined);
  }
};

const isSlow = async (next: Promise<unknown>): Promise<boolean> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<true>((resolve) => {
    timer = setTimeout(() => resolve(true), pause);
  });
  // A failure of the source is met where its value is taken.
  const came = next.then(
    () => false,
    () => false,
  );
  const result = await Promise.race([came, waited]);
  clearTimeout(timer);
  return result;
};
