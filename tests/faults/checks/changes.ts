import { getJson } from '../traffic/client.ts';

/** What the feed and the service's answers both say of a change. */
export interface CurrentChange {
  readonly id: string;
  readonly holder: string;
  readonly proposition: string;
  readonly kind: string;
  readonly status: string;
  readonly revision: number | null;
}

interface ChangesAnswer {
  readonly items: readonly CurrentChange[];
  readonly next?: string;
}

/** All changes that the service answers, in the order of their ids. */
export const readChanges = async (baseUrl: string, minPosition: number): Promise<CurrentChange[]> => {
  const changes: CurrentChange[] = [];
  for (let after = ''; ;) {
    const page = await getJson<ChangesAnswer>(
      `${baseUrl}/v1/changes?limit=1000&minPosition=${minPosition}${after === '' ? '' : `&after=${after}`}`,
    );
    changes.push(
      ...page.items.map(({ id, holder, proposition, kind, status, revision }) => ({
        id,
        holder,
        proposition,
        kind,
        status,
        revision,
      })),
    );
    if (page.next === undefined) return inOrder(changes);
    after = encodeURIComponent(page.next);
  }
};

export const inOrder = (changes: readonly CurrentChange[]): CurrentChange[] =>
  changes.toSorted((one, other) => (one.id < other.id ? -1 : 1));
