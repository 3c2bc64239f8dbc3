import { describeFeedRelayStateContract, describeRelayStateContract } from '@stance/relay-state/contract-suite';
import { createFeedRelayMemory, createRelayMemory } from '@stance/relay-state/memory';

const opened = <State>(open: () => State) =>
  Promise.resolve({ open: () => Promise.resolve(open()), dispose: () => Promise.resolve() });

describeRelayStateContract('in memory', () => opened(createRelayMemory().open));
describeFeedRelayStateContract('in memory', () => opened(createFeedRelayMemory().open));
