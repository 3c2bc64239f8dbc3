import { RelayStateError } from '@stance/relay-state';

import type { RelayClock } from './clock.ts';

/** Why the relay does not get on. */
export interface RelayFault {
  readonly code: string;
  readonly message: string;
  /** Whether it may pass by itself. It is tried again in any case: somebody may mend it. */
  readonly retryable: boolean;
  /** When it was first met, in milliseconds since the epoch. */
  readonly since: number;
}

/** What is tried until it goes well. */
export type Step = 'lease' | 'head' | 'read' | 'send' | 'sweep' | 'checkpoint';

export interface Persistence {
  fault(): RelayFault | null;
  /** What went wrong is another relay's to mend. */
  forget(): void;
  /**
   * Tries a step until it goes well, each time after a longer while.
   *
   * @param mayGoOn asked before each further try.
   * @returns `null` where it did not go well, and may not go on.
   * @throws RelayStateError `relay-superseded`: no try would help.
   */
  untilDone<Result>(
    step: Step,
    attempt: () => Promise<Result>,
    mayGoOn: () => boolean,
  ): Promise<{ readonly result: Result } | null>;
}

export interface PersistenceOptions {
  readonly clock: RelayClock;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  /** Ends a pause. */
  readonly stopping: AbortSignal;
  readonly onFault: (fault: RelayFault, step: Step) => void;
  readonly onMended: (step: Step) => void;
}

const shortestPause = 100;
const longestPause = 5000;

export const isSuperseded = (error: unknown): boolean =>
  error instanceof RelayStateError && error.code === 'relay-superseded';

const faultOf = (error: unknown, since: number): RelayFault => ({
  code: error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'relay-failed',
  message: error instanceof Error ? error.message : String(error),
  retryable: error instanceof Error && 'retryable' in error && error.retryable === true,
  since,
});

export const createPersistence = (options: PersistenceOptions): Persistence => {
  const { clock, random, stopping, onFault, onMended } = options;
  /** What is wrong, with which step, how many times in a row. */
  let trouble: { readonly step: Step; readonly fault: RelayFault; readonly failures: number } | null = null;

  const failed = (step: Step, error: unknown): number => {
    const known = trouble?.step === step ? trouble : null;
    const failures = (known?.failures ?? 0) + 1;
    const fault = faultOf(error, known?.fault.since ?? clock.now());
    trouble = { step, fault, failures };
    if (known?.fault.code !== fault.code) onFault(fault, step);
    const whole = Math.min(longestPause, shortestPause * 2 ** Math.min(failures - 1, 30));
    // Those who lost one server do not all come back at once.
    return whole / 2 + (whole / 2) * random();
  };

  const wentWell = (step: Step): void => {
    if (trouble?.step !== step) return;
    trouble = null;
    onMended(step);
  };

  return {
    fault: () => trouble?.fault ?? null,
    forget() {
      trouble = null;
    },
    async untilDone(step, attempt, mayGoOn) {
      for (;;) {
        try {
          const result = await attempt();
          wentWell(step);
          return { result };
        } catch (error) {
          if (isSuperseded(error)) throw error;
          const pause = failed(step, error);
          if (!mayGoOn()) return null;
          await clock.rest(pause, stopping);
          if (!mayGoOn()) return null;
        }
      }
    },
  };
};
