import type { EventStoreLocation, ReadModelLocation } from '@stance/config';
import { defaultMethod } from '@stance/domain';
import type { EventLog } from '@stance/event-store';
import { differingHistories, meet, refoldSome, switchVersions } from '@stance/projection';
import type { HistoryDifferences, Projection, VersionProgress } from '@stance/projection';
import { isBeingMade, ReadModelError, versionKind } from '@stance/read-model';
import type { ProjectionWriter, ReadModelVersion, VersionCatalogue } from '@stance/read-model';
import { openVersionRows, removeVersion, versionWriters } from '@stance/stores';

import type { Fault } from '../messages.ts';
import { startBuilder } from './builder.ts';
import type { Builder } from './builder.ts';
import type { VersionAnswers, VersionCommand, VersionStatus } from './version-command.ts';

export interface VersionHostOptions {
  readonly eventStore: EventStoreLocation;
  readonly readModel: ReadModelLocation;
  readonly catalogue: VersionCatalogue;
  /** Of the version that serves; commands come between two pages of it. */
  readonly writer: ProjectionWriter;
  readonly projection: Pick<Projection, 'position' | 'applyNext'>;
  /** The event store's own log. */
  readonly source: Pick<EventLog, 'readAll' | 'readStream'>;
  /** Whether those who serve go first where all processors are busy. */
  readonly yields: boolean;
  /** Hears of all versions whenever anything about them has changed. */
  readonly onChange: (versions: readonly VersionStatus[]) => void;
  readonly onRetry: (fault: Fault) => void;
}

/** What a command comes to, at once or while projecting goes on. */
export type Handled<Answer> = Answer | { readonly later: Promise<Answer> };

/** Makes versions of the read model beside the one that serves, and has another one serve. */
export interface VersionHost {
  /** Aborted once another version serves, or this one was written to: whoever projects into it has to begin anew. */
  readonly over: AbortSignal;
  handle<Command extends VersionCommand>(command: Command): Promise<Handled<VersionAnswers[Command['kind']]>>;
  /** Leaves what is being made where it is: it is gone on with at the next start. */
  close(): Promise<void>;
}

const cancelled = { code: 'cancelled', message: 'it was cancelled: it can be resumed, or dropped' } as const;

export const openVersionHost = async (options: VersionHostOptions): Promise<VersionHost> => {
  const { eventStore, readModel, catalogue, writer, projection, source, yields, onChange, onRetry } = options;
  const over = new AbortController();
  let builder: Builder | null = null;
  let progress: VersionProgress | null = null;
  /** What is compared while projecting goes on. */
  const comparisons = new Set<Promise<unknown>>();

  const statusOf = (version: ReadModelVersion): VersionStatus => {
    const own = progress?.version === version.version && isBeingMade(version) ? progress : null;
    return {
      ...version,
      underWay: builder?.version === version.version,
      position: own?.position ?? null,
      target: own?.target ?? null,
      perSecond: own?.perSecond ?? null,
      secondsLeft: own?.secondsLeft ?? null,
    };
  };
  const tell = async (): Promise<void> => onChange((await catalogue.list()).map(statusOf));

  const find = async (version: number): Promise<ReadModelVersion> => {
    const found = (await catalogue.list()).find((each) => each.version === version);
    if (found !== undefined) return found;
    throw new ReadModelError('version-unknown', `there is no version ${String(version)} of the read model`);
  };
  const serving = async (): Promise<ReadModelVersion> => {
    const active = await catalogue.active();
    if (active !== null) return active;
    throw new ReadModelError('version-unknown', 'no version of the read model serves');
  };

  const build = (version: number): void => {
    if (builder !== null) return;
    builder = startBuilder(
      { eventStore, readModel, version, yields },
      {
        onProgress: (next) => {
          progress = next;
          void tell().catch(() => undefined);
        },
        onRetry,
        onEnd: (fault) => {
          builder = null;
          if (fault !== null) onRetry(fault);
          void tell().catch(() => undefined);
        },
      },
    );
  };
  const stopBuilding = async (): Promise<void> => {
    await builder?.stop();
    builder = null;
  };

  /** Works on a version that stands still meanwhile, and lets it go on afterwards. */
  const besides = async <Result>(
    version: number,
    work: (entry: ReadModelVersion, next: ProjectionWriter) => Promise<Result>,
  ): Promise<Result> => {
    const { state, halt } = await find(version);
    if (state !== 'ready' || halt !== null) {
      const why = halt === null ? '' : `, and halted (${halt.code})`;
      throw new ReadModelError('version-refused', `version ${String(version)} is ${state}${why}, not ready yet`);
    }
    await stopBuilding();
    try {
      const { openWriter } = await versionWriters(readModel, version, defaultMethod);
      const next = await openWriter();
      try {
        return await work(await find(version), next);
      } finally {
        await next.close();
      }
    } finally {
      if (!over.signal.aborted) build(version);
    }
  };

  const handlers: {
    readonly [Kind in VersionCommand['kind']]: (
      command: Extract<VersionCommand, { readonly kind: Kind }>,
    ) => Promise<Handled<VersionAnswers[Kind]>>;
  } = {
    async rebuild({ parks }) {
      const begun = await catalogue.begin(versionKind(defaultMethod), parks);
      // Of one that was dropped when its number was not given yet, or whose removal was cut off.
      await removeVersion(readModel, begun.version);
      progress = null;
      build(begun.version);
      return statusOf(begun);
    },
    async resume({ version }) {
      const entry = await find(version);
      if (!isBeingMade(entry)) {
        throw new ReadModelError(
          'version-refused',
          `version ${String(version)} is ${entry.state}: nothing is to be resumed`,
        );
      }
      const resumed = entry.halt === null ? entry : await catalogue.halt(entry, null);
      build(version);
      return statusOf(resumed);
    },
    async cancel({ version }) {
      const entry = await find(version);
      if (!isBeingMade(entry)) {
        throw new ReadModelError(
          'version-refused',
          `version ${String(version)} is ${entry.state}: nothing is to be cancelled`,
        );
      }
      await stopBuilding();
      const left = await find(version);
      return statusOf(left.halt === null ? await catalogue.halt(left, cancelled) : left);
    },
    async switch({ version }) {
      const entry = await find(version);
      if (entry.state === 'active') return statusOf(entry);
      if (entry.layout !== versionKind(defaultMethod).layout || entry.hash !== versionKind(defaultMethod).hash) {
        throw new ReadModelError(
          'version-refused',
          `version ${String(version)} is of another layout or method than this program makes`,
        );
      }
      if (entry.state === 'retired') {
        const moved = await catalogue.move(entry, 'catching-up');
        progress = null;
        build(version);
        return statusOf(moved);
      }
      await besides(version, async (seen, next) => {
        await switchVersions({
          source,
          catalogue,
          method: defaultMethod,
          current: projection,
          next,
          seen: { current: await serving(), next: seen },
        });
        over.abort();
      });
      return statusOf(await find(version));
    },
    async drop({ version }) {
      const entry = await find(version);
      if (entry.state === 'active') {
        throw new ReadModelError('version-refused', `version ${String(version)} serves: it cannot be dropped`);
      }
      if (isBeingMade(entry)) {
        await stopBuilding();
        const left = await find(version);
        // Should the removal be cut off, nobody goes on with what is half there.
        if (left.halt === null) await catalogue.halt(left, cancelled);
      }
      await removeVersion(readModel, version);
      const last = await find(version);
      await catalogue.drop(last);
      return { ...statusOf(last), underWay: false };
    },
    differences: ({ version, limit }) =>
      besides(version, async (_, next) => {
        await meet({ source, method: defaultMethod, current: projection, next });
        // Both stand at one position now, and are read as they are.
        const before = await openVersionRows(readModel, (await serving()).version);
        const after = await openVersionRows(readModel, version).catch(async (error: unknown) => {
          await before.close();
          throw error;
        });
        const compare = async (): Promise<HistoryDifferences> => {
          try {
            return await differingHistories(before, after, limit);
          } finally {
            await before.close();
            await after.close();
          }
        };
        const later = compare();
        comparisons.add(later);
        void later.catch(() => undefined).then(() => comparisons.delete(later));
        return { later };
      }),
    async refold({ holder, proposition, writes }) {
      const refolded = await refoldSome({ writer, method: defaultMethod, holder, proposition, writes });
      // What the projection has in memory rests on what was so before.
      if (writes && refolded.histories.length > 0) over.abort();
      return refolded;
    },
  };

  const underWay = (await catalogue.list()).find((version) => isBeingMade(version) && version.halt === null);
  if (underWay !== undefined) build(underWay.version);
  await tell();

  return {
    over: over.signal,
    async handle(command) {
      // Each handler takes the commands of its kind.
      const handler = handlers[command.kind] as (
        given: typeof command,
      ) => Promise<Handled<VersionAnswers[(typeof command)['kind']]>>;
      try {
        return await handler(command);
      } finally {
        await tell();
      }
    },
    async close() {
      await stopBuilding();
      await Promise.allSettled(comparisons);
    },
  };
};
