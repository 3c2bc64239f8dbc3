import { ReadModelError } from '../errors.ts';

/**
 * What a version of the read model is for: `building` while it is filled from the log, `catching-up` while it follows what
 * came in meanwhile, `ready` where it could serve, `active` while it serves, `retired` once another one does.
 */
export type VersionState = 'building' | 'catching-up' | 'ready' | 'active' | 'retired';

/** Why a version that is being made stands still, until somebody resumes or drops it. */
export interface VersionHalt {
  /** `cancelled`, or the code of what stopped it, such as `poison-event`. */
  readonly code: string;
  readonly message: string;
}

/** What a version is made by. */
export interface VersionKind {
  /** Of the layout of its tables and of the method, in hexadecimal. */
  readonly hash: string;
  /** The version of the layout of its tables. */
  readonly layout: number;
  /** Name and version of the method that its changes are made by. */
  readonly method: string;
  readonly methodVersion: number;
}

/** A version of the read model, as the catalogue knows it. How far it is stands in its own checkpoint. */
export interface ReadModelVersion extends VersionKind {
  /** From 1 on; none is given twice. */
  readonly version: number;
  readonly state: VersionState;
  /** Counts the changes of this entry: a change is made only to the entry that whoever makes it has seen. */
  readonly revision: number;
  readonly halt: VersionHalt | null;
  /** Whether it parks an event that cannot be handled, rather than to halt at it. */
  readonly parks: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly changedAt: number;
}

/** Which entry, in which revision of it. */
export type SeenVersion = Pick<ReadModelVersion, 'version' | 'revision'>;

/**
 * Which versions of the read model there are, and which one serves: kept apart from all of them. Whoever changes it says what
 * he has seen, and is refused where that is so no more (compare-and-set).
 *
 * Each call throws ReadModelError: `version-conflict` where another one was quicker, `version-unknown`, `version-refused` where
 * the state does not allow it, or as the adapter says.
 */
export interface VersionCatalogue {
  /** In order of their numbers. */
  list(): Promise<readonly ReadModelVersion[]>;
  /** The one that serves; `null` before there is any. */
  active(): Promise<ReadModelVersion | null>;
  /** The one that serves: the first of all where there is none yet. Its kind is noted where it was made anew as another one. */
  ensureActive(kind: VersionKind): Promise<ReadModelVersion>;
  /** Adds one, `building`. @throws ReadModelError `rebuild-under-way` where one is being made: one at a time. */
  begin(kind: VersionKind, parks: boolean): Promise<ReadModelVersion>;
  /** From `building` to `catching-up` to `ready`; from `ready` or `retired` back to `catching-up`. */
  move(seen: SeenVersion, to: 'catching-up' | 'ready'): Promise<ReadModelVersion>;
  /** Notes why one that is being made stands still; `null`: that it goes on again. */
  halt(seen: SeenVersion, halt: VersionHalt | null): Promise<ReadModelVersion>;
  /** In one step: a `ready` one becomes `active`, and the active one `retired`. */
  activate(next: SeenVersion, current: SeenVersion): Promise<void>;
  /** Takes away the entry of one that does not serve. Its rows are removed before that. */
  drop(seen: SeenVersion): Promise<void>;
  close(): Promise<void>;
}

/** The rows of a catalogue within one change of it. */
export interface CatalogueRows {
  list(): Promise<ReadModelVersion[]>;
  /** Gives it a number that none had before. */
  add(version: Omit<ReadModelVersion, 'version'>): Promise<number>;
  put(version: ReadModelVersion): Promise<void>;
  remove(version: number): Promise<void>;
}

/** Where a catalogue is kept. */
export interface CatalogueStore {
  list(): Promise<ReadModelVersion[]>;
  /** One change at a time, all or nothing, whoever else has the catalogue open. */
  change<Result>(work: (rows: CatalogueRows) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** From which states one gets to these. */
const leadingTo: Readonly<Record<'catching-up' | 'ready', readonly VersionState[]>> = {
  'catching-up': ['building', 'catching-up', 'ready', 'retired'],
  ready: ['catching-up', 'ready'],
};

/** Whether it is on its way to serve, or could. */
export const isBeingMade = ({ state }: Pick<ReadModelVersion, 'state'>): boolean =>
  state === 'building' || state === 'catching-up' || state === 'ready';

const refused = (message: string): ReadModelError => new ReadModelError('version-refused', message);

const seenIn = async (rows: CatalogueRows, { version, revision }: SeenVersion): Promise<ReadModelVersion> => {
  const found = (await rows.list()).find((each) => each.version === version);
  if (found === undefined) {
    throw new ReadModelError('version-unknown', `there is no version ${String(version)} of the read model`);
  }
  if (found.revision !== revision) {
    throw new ReadModelError(
      'version-conflict',
      `version ${String(version)} of the read model was changed meanwhile: it is ${found.state}`,
      { retryable: true },
    );
  }
  return found;
};

export interface CatalogueOptions {
  readonly store: CatalogueStore;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** The rules of a catalogue, over wherever it is kept. */
export const createVersionCatalogue = ({ store, now = Date.now }: CatalogueOptions): VersionCatalogue => {
  const put = async (
    rows: CatalogueRows,
    before: ReadModelVersion,
    change: Partial<ReadModelVersion>,
  ): Promise<ReadModelVersion> => {
    const after = { ...before, ...change, revision: before.revision + 1, changedAt: now() };
    await rows.put(after);
    return after;
  };
  const add = async (
    rows: CatalogueRows,
    { hash, layout, method, methodVersion }: VersionKind,
    more: Pick<ReadModelVersion, 'state' | 'parks'>,
  ): Promise<ReadModelVersion> => {
    const at = now();
    const entry = {
      hash,
      layout,
      method,
      methodVersion,
      ...more,
      revision: 0,
      halt: null,
      createdAt: at,
      changedAt: at,
    };
    return { version: await rows.add(entry), ...entry };
  };

  return {
    list: () => store.list(),
    active: async () => (await store.list()).find(({ state }) => state === 'active') ?? null,
    ensureActive: (kind) =>
      store.change(async (rows) => {
        const active = (await rows.list()).find(({ state }) => state === 'active');
        if (active === undefined) return add(rows, kind, { state: 'active', parks: true });
        if (active.hash === kind.hash) return active;
        const { hash, layout, method, methodVersion } = kind;
        return put(rows, active, { hash, layout, method, methodVersion });
      }),
    begin: (kind, parks) =>
      store.change(async (rows) => {
        const made = (await rows.list()).find(isBeingMade);
        if (made !== undefined) {
          const { version, state, halt } = made;
          throw new ReadModelError(
            'rebuild-under-way',
            `version ${String(version)} of the read model is ${state}${halt === null ? '' : `, and halted (${halt.code})`}: ` +
              'one is made at a time',
          );
        }
        return add(rows, kind, { state: 'building', parks });
      }),
    move: (seen, to) =>
      store.change(async (rows) => {
        const before = await seenIn(rows, seen);
        const { version, state } = before;
        if (!leadingTo[to].includes(state))
          throw refused(`version ${String(version)} is ${state}, and cannot be ${to}`);
        if (state === 'retired') {
          const made = (await rows.list()).find(isBeingMade);
          if (made !== undefined) {
            throw new ReadModelError(
              'rebuild-under-way',
              `version ${String(made.version)} of the read model is ${made.state}: one is made at a time`,
            );
          }
        }
        return state === to ? before : put(rows, before, { state: to });
      }),
    halt: (seen, halt) =>
      store.change(async (rows) => {
        const before = await seenIn(rows, seen);
        if (!isBeingMade(before))
          throw refused(`version ${String(before.version)} is ${before.state}: nothing is being made`);
        return put(rows, before, { halt });
      }),
    activate: (next, current) =>
      store.change(async (rows) => {
        const before = await seenIn(rows, next);
        const serving = await seenIn(rows, current);
        if (before.state !== 'ready') throw refused(`version ${String(before.version)} is ${before.state}, not ready`);
        if (serving.state !== 'active')
          throw refused(`version ${String(serving.version)} is ${serving.state}, not active`);
        await put(rows, serving, { state: 'retired' });
        await put(rows, before, { state: 'active', halt: null });
      }),
    drop: (seen) =>
      store.change(async (rows) => {
        const before = await seenIn(rows, seen);
        if (before.state === 'active') throw refused(`version ${String(before.version)} serves: it cannot be dropped`);
        await rows.remove(before.version);
      }),
    close: () => store.close(),
  };
};
