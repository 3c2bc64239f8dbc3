import type { Side } from '@stance/test-services';

import type { ClusterProcess, ClusterService } from '../../support/cluster.ts';

/** One process of the cluster, over all its lives: it keeps its address. */
export interface Member {
  readonly service: ClusterService;
  readonly side: Side;
  readonly address: string;
  /** The one that runs, or ran last. */
  process(): ClusterProcess;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop, as an operator would; resolves with how it ended. */
  stop(): Promise<number | NodeJS.Signals>;
  freeze(): void;
  thaw(): void;
  start(): Promise<void>;
  /** What its checks say of themselves; empty where it does not answer. */
  details(): Promise<string>;
  /** Whether it is the one of its kind that works, while the others stand by. */
  isAtWork(): Promise<boolean>;
  written(): string;
}

export interface MemberOptions {
  readonly service: ClusterService;
  readonly side: Side;
  readonly address: string;
  readonly start: () => Promise<ClusterProcess>;
}

/** Starts it. */
export const createMember = async ({ service, side, address, start }: MemberOptions): Promise<Member> => {
  let running = await start();
  let before = '';

  const details = async (): Promise<string> => {
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    return (await answer?.text().catch(() => '')) ?? '';
  };

  const ended = async (signal: NodeJS.Signals): Promise<number | NodeJS.Signals> => {
    running.signal(signal);
    return running.gone;
  };

  return {
    service,
    side,
    address,
    process: () => running,
    kill: async () => {
      await ended('SIGKILL');
    },
    stop: () => ended('SIGTERM'),
    freeze: () => running.signal('SIGSTOP'),
    thaw: () => running.signal('SIGCONT'),
    start: async () => {
      before = `${before}${running.written()}`.slice(-20_000);
      running = await start();
    },
    details,
    isAtWork: async () => {
      // A relay that stands by for the changes may be the one at work for the events: each has a lease of its own.
      const said = (await details()).replace(/"changes":\{[^}]*\}/, '');
      return said !== '' && !said.includes('standing-by') && /position [1-9]/.test(said);
    },
    written: () => `--- ${service} at ${address}\n${before}${running.written()}`,
  };
};
