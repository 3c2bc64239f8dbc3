/** What goes wrong with one call. */
export type Fault =
  /** The connection breaks, and nothing has happened. */
  | 'drop-before'
  /** The connection breaks after the call took effect: its answer is lost. */
  | 'drop-after'
  /** No answer, and nothing has happened. */
  | 'silent-before'
  /** No answer, though the call took effect. */
  | 'silent-after'
  /** The server took too long to commit, and says so; it took effect all the same. */
  | 'timeout-after'
  | 'not-leader'
  | 'not-ready'
  /** As a failing leader gives it: the client (6.2.1) does not connect anew after it. */
  | 'internal'
  | 'denied';

export type FaultyCall = 'append' | 'read' | 'subscribe';

/** Faults that wait for the calls they are meant for. */
export interface Faults {
  /** The next calls of this kind meet these faults, one each. */
  meetNext(call: FaultyCall, ...faults: Fault[]): void;
  /** The fault of the call that is here now. */
  take(call: FaultyCall): Fault | undefined;
  /** How many still wait. */
  waiting(): number;
}

export function createFaults(): Faults {
  const waiting: { readonly call: FaultyCall; readonly fault: Fault }[] = [];
  return {
    meetNext(call, ...faults) {
      waiting.push(...faults.map((fault) => ({ call, fault })));
    },
    take(call) {
      const index = waiting.findIndex((entry) => entry.call === call);
      return index === -1 ? undefined : waiting.splice(index, 1)[0]?.fault;
    },
    waiting: () => waiting.length,
  };
}
