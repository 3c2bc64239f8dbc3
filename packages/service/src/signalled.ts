export const endAtOnce = (code: 1): never => {
  // oxlint-disable-next-line unicorn/no-process-exit -- what is still open must not keep the process
  process.exit(code);
};

/** Copies of one signal come this close, in milliseconds: npm and process managers signal a process and its parents. */
const sameSignal = 200;

/** Resolves at the first signal to stop; a second one ends the process at once. */
export const signalled = (): { readonly received: Promise<NodeJS.Signals>; readonly release: () => void } => {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let asked: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked !== undefined && performance.now() - asked > sameSignal) endAtOnce(1);
    asked ??= performance.now();
    resolve(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    received: promise,
    release: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
};
