import { describeRelayStateContract } from '@stance/relay-state/contract-suite';
import { createRelayMemory } from '@stance/relay-state/memory';

describeRelayStateContract('in memory', () => {
  const { open } = createRelayMemory();
  return Promise.resolve({ open: () => Promise.resolve(open()), dispose: () => Promise.resolve() });
});
