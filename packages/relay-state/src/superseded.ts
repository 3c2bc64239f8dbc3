import { RelayStateError } from './errors.ts';

/** Refuses a relay that may not relay any more. */
export const superseded = (epoch: number): RelayStateError =>
  new RelayStateError(
    'relay-superseded',
    `the lease with epoch ${String(epoch)} is not the one that holds, or the checkpoint is not where it was left: ` +
      'another relay has taken over',
  );
