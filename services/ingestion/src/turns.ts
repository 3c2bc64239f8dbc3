/** Lets those who want the same go one after the other, in the order they came; others are not held up. */
export type InTurn = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export const createTurns = (): InTurn => {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work);
    const ended = turn.catch(() => null);
    last.set(name, ended);
    void ended.then(() => {
      if (last.get(name) === ended) last.delete(name);
    });
    return turn;
  };
};
