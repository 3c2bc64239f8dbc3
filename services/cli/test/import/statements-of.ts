import type { PropositionInput } from '@stance/contracts';

import { idFromName } from '../../src/import/id-from-name.ts';
import type { Registry } from '../../src/import/registry.ts';

/** A registry that keeps what is asked of it. */
export const keepingRegistry = () => {
  const propositions = new Map<string, PropositionInput>();
  const registry: Registry = {
    actorId: (name) => idFromName(name),
    proposition: (id, input) => void propositions.set(id, input),
    settled: async () => undefined,
  };
  return { registry, propositions };
};
