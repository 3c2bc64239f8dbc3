let isSilenced = false;

const isOfTimeouts = (type: unknown): boolean => type === 'TimeoutNegativeWarning';

/**
 * kafkajs 2.2.4 counts from the epoch how long to wait where there is nothing to wait for (#1751). Node.js waits as short as
 * it can, as is right, and warns whoever runs the program, who can do nothing about it.
 */
export function silenceNegativeTimeouts(): void {
  if (isSilenced) return;
  isSilenced = true;
  const warn = process.emitWarning.bind(process) as (...given: readonly unknown[]) => void;
  process.emitWarning = (...given: readonly unknown[]): void => {
    if (!isOfTimeouts(given[1])) warn(...given);
  };
}
