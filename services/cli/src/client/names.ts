import { ClientError, type Client } from '@stance/client';

import { oneLine } from '../terminal/text.ts';

/** What people call the actors and propositions that answers name by id. Each is asked for once. */
export interface Names {
  actor(id: string): Promise<string>;
  /** A link of a chain of reporters. */
  reporter(link: { readonly name?: string | undefined; readonly actor?: string | undefined }): Promise<string>;
  /** The wording. */
  proposition(id: string): Promise<string>;
}

export const createNames = (client: Client): Names => {
  const found = new Map<string, Promise<string>>();
  const once = (key: string, id: string, ask: () => Promise<string>): Promise<string> => {
    const known = found.get(key);
    if (known !== undefined) return known;
    // An id that cannot be resolved (the projection may be behind) still says who is meant.
    const asked = ask().then(oneLine, (error: unknown) => {
      if (error instanceof ClientError && error.status === 404) return id;
      found.delete(key);
      throw error;
    });
    found.set(key, asked);
    return asked;
  };
  const actor = (id: string): Promise<string> =>
    once(`actor ${id}`, id, async () => (await client.actors.get(id)).name);
  return {
    actor,
    reporter: async (link) => {
      if (link.name !== undefined) return oneLine(link.name);
      return link.actor === undefined ? 'somebody unnamed' : actor(link.actor);
    },
    proposition: (id) => once(`proposition ${id}`, id, async () => (await client.propositions.get(id)).text),
  };
};
