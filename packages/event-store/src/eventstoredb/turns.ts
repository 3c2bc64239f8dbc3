/** Lets those who come for the same name go one after the other, and bounds how many go at once. */
export interface Turns {
  /** Rejects as `action` does. */
  take<T>(name: string, action: () => Promise<T>): Promise<T>;
}

/** @param most how many go at once, of all names. */
export function createTurns(most: number): Turns {
  const last = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let going = 0;

  async function enter(): Promise<void> {
    if (going < most) going += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** Whoever waits gets the place of the one who leaves. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) going -= 1;
    else next();
  }

  return {
    async take(name, action) {
      const before = last.get(name);
      const turn = (async () => {
        if (before !== undefined) await before.catch(() => undefined);
        await enter();
        try {
          return await action();
        } finally {
          leave();
        }
      })();
      last.set(name, turn);
      try {
        return await turn;
      } finally {
        if (last.get(name) === turn) last.delete(name);
      }
    },
  };
}
