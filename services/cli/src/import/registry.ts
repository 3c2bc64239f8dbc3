import type { Client } from '@stance/client';
import type { ActorInput, PropositionInput } from '@stance/contracts';

import type { Retry } from '../client/retry.ts';
import { idFromName, markedId } from './id-from-name.ts';

/** What an importer needs to have registered before its statements go out. */
export interface Registry {
  /** The id of the actor of this name: one there is, or a new one that is to be registered. */
  actorId(name: string, kind: ActorInput['kind']): string;
  proposition(id: string, input: PropositionInput): void;
  /** Resolves when all that was asked for up to now is registered. */
  settled(): Promise<void>;
}

const atATime = 16;

/**
 * Reads what the service knows already, so that nothing is registered over what somebody has made better since: actors
 * are found again by id and name, propositions by id.
 *
 * @param prefix what the ids of the importer's propositions begin with.
 */
export const openRegistry = async (client: Client, retry: Retry, prefix: string): Promise<Registry> => {
  /** By id, the names it goes by. */
  const owners = new Map<string, ReadonlySet<string>>();
  const idOfName = new Map<string, string>();
  const propositions = new Set<string>();
  await retry(async () => {
    for await (const actor of client.actors.list())
      owners.set(actor.id, new Set([actor.name, ...actor.aliases.map((alias) => alias.name)]));
    for await (const proposition of client.propositions.list())
      if (proposition.id.startsWith(prefix)) propositions.add(proposition.id);
  });

  const waiting: (() => Promise<unknown>)[] = [];
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const start = (): void => {
    while (running.size < atATime) {
      const call = waiting.shift();
      if (call === undefined) return;
      const run = retry(call)
        .then(() => undefined)
        .catch((error: unknown) => {
          failure ??= { error };
          waiting.length = 0;
        })
        .finally(() => {
          running.delete(run);
          start();
        });
      running.add(run);
    }
  };
  const later = (call: () => Promise<unknown>): void => {
    waiting.push(call);
    start();
  };

  return {
    actorId: (name, kind) => {
      const known = idOfName.get(name);
      if (known !== undefined) return known;
      const plain = idFromName(name);
      const names = owners.get(plain);
      const id = names === undefined || names.has(name) ? plain : markedId(name);
      if (!owners.has(id)) {
        owners.set(id, new Set([name]));
        later(() => client.actors.put(id, { name, kind }));
      }
      idOfName.set(name, id);
      return id;
    },
    proposition: (id, input) => {
      if (propositions.has(id)) return;
      propositions.add(id);
      later(() => client.propositions.put(id, input));
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
      if (failure !== undefined) throw failure.error;
    },
  };
};
