import type { ParkedStream, ParkedStreamDetail } from '@stance/contracts';
import { holderOf, propositionOf } from '@stance/read-model';
import type { ParkedRow, Snapshot } from '@stance/read-model';

/** So many are shown of what there may be any number of. */
const most = 100;

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Tells of the first parked events of some streams. */
export const readParked = async (snapshot: Snapshot, firsts: readonly ParkedRow[]): Promise<ParkedStream[]> => {
  const streams = firsts.map(({ stream }) => stream);
  const counts = await snapshot.parkedCounts(streams);
  const histories = await snapshot.parkedHistories(streams);
  const shown = new Map([...histories].map(([stream, all]) => [stream, all.slice(0, most)]));
  const all = [...shown.values()].flat();
  const actors = await snapshot.actorIds([...new Set(all.map(holderOf))]);
  const propositions = await snapshot.propositionIds([...new Set(all.map(propositionOf))]);
  return firsts.map(({ stream, position, revision, type, eventId, recordedAt, code, message }) => ({
    stream,
    position,
    revision,
    type,
    eventId,
    since: instant(recordedAt),
    code,
    message,
    waiting: (counts.get(stream) ?? 1) - 1,
    histories: (shown.get(stream) ?? []).map((history) => ({
      holder: actors.get(holderOf(history)) ?? '',
      proposition: propositions.get(propositionOf(history)) ?? '',
    })),
  }));
};

/** Tells all of a parked stream; `null` where it is not parked. */
export const readParkedStream = async (
  snapshot: Snapshot,
  stream: string,
): Promise<Omit<ParkedStreamDetail, 'knownAt'> | null> => {
  const [first, ...behind] = await snapshot.parkedIn(stream, most + 1);
  if (first === undefined) return null;
  const [told] = await readParked(snapshot, [first]);
  if (told === undefined) return null;
  return {
    ...told,
    schemaVersion: first.schemaVersion,
    data: first.data,
    ...(first.detail === null ? {} : { detail: first.detail }),
    behind: behind.map(({ position, revision, type, code, message }) => ({ position, revision, type, code, message })),
  };
};
