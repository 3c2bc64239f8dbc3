import { ProblemError } from '@stance/contracts';
import type { ReadModel, Snapshot } from '@stance/read-model';

import { invalidParameter, parseDateParameter } from './dates.ts';
import type { Progress } from './query-options.ts';

export interface KnownPositionOptions {
  readonly readModel: ReadModel;
  readonly progress: Progress;
  readonly waitMs: number;
}

const futureProblem = (detail: string): ProblemError =>
  new ProblemError('known-at-in-future', { detail, errors: [{ path: 'knownAt', message: detail }] });

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T/;
const zonePattern = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/;
const millisecondsOfADay = 86_400_000;

const notOver = (text: string): ProblemError =>
  futureProblem(
    dayPattern.test(text)
      ? `The day ${text} is not over, in UTC, or has only just ended: a day means its end, and more may yet be recorded of it. Leave \`knownAt\` out to ask for what is known now.`
      : `The instant ${text} has not passed yet, or only just: more may yet be recorded of it. Leave \`knownAt\` out to ask for what is known now.`,
  );

/** The instant that `knownAt` means, in milliseconds since the epoch: the end of a day. */
const instantOf = (text: string): number => {
  const isDay = dayPattern.test(text);
  if (!isDay && !instantPattern.test(text)) {
    throw invalidParameter('knownAt', 'must be a position, a day (YYYY-MM-DD) or an instant');
  }
  // The domain's rules say which dates exist; only then is the time of the day read.
  parseDateParameter('knownAt', text);
  const instant = Date.parse(isDay || zonePattern.test(text.slice(11)) ? text : `${text}Z`);
  if (Number.isNaN(instant)) throw invalidParameter('knownAt', 'must be an instant with hours, minutes and seconds');
  return isDay ? instant + millisecondsOfADay - 1 : instant;
};

/** Resolves what a read asks for to a position of the log, and waits until the projection has passed it. */
export const createKnownPosition = ({ readModel, progress, waitMs }: KnownPositionOptions) => {
  const { headAtStart } = progress;

  const notCaughtUp = (position: number): ProblemError =>
    new ProblemError('not-caught-up', {
      detail:
        progress.position() < headAtStart
          ? `The read model is still being brought up to the log: it is at position ${String(progress.position())} of ${String(headAtStart)}.`
          : `The projection has not passed position ${String(position)} within ${String(waitMs)} ms.`,
      headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) },
    });

  const waitFor = async (position: number, signal: AbortSignal): Promise<void> => {
    const passed = await progress.whenPassed(position, { timeoutMs: waitMs, signal });
    if (!passed) throw notCaughtUp(position);
  };

  const positionOfInstant = async (text: string, signal: AbortSignal): Promise<number> => {
    const instant = instantOf(text);
    const position = await readModel.read(async (snapshot) =>
      snapshot.checkpoint.recordedAt > instant ? snapshot.positionAt(instant) : null,
    );
    if (position !== null) return position;
    const head = await progress.headAt(instant);
    if (head === null) throw notOver(text);
    await waitFor(head, signal);
    return readModel.read((snapshot) => snapshot.positionAt(instant));
  };

  return {
    /**
     * The position that the read is to be answered at; `null` for the one that the projection has passed by then.
     *
     * @throws ProblemError `known-at-in-future`, `not-caught-up` or `invalid-input`.
     */
    resolve: async (
      { knownAt, minPosition }: { readonly knownAt?: string | undefined; readonly minPosition?: number | undefined },
      signal: () => AbortSignal,
    ): Promise<number | null> => {
      const least = minPosition ?? (knownAt === undefined ? headAtStart : 0);
      if (least > 0) await waitFor(least, signal());
      if (knownAt === undefined) return null;
      if (!/^\d+$/.test(knownAt)) return positionOfInstant(knownAt, signal());
      const position = Number(knownAt);
      // What was passed was in the log: that need not be asked, wherever it is.
      if (position <= progress.position()) return position;
      const head = await progress.head();
      if (position > head) {
        throw futureProblem(`Position ${knownAt} lies in the future: the log ends at ${String(head)}.`);
      }
      await waitFor(position, signal());
      return position;
    },

    /** The position a snapshot is asked at. */
    within: (snapshot: Snapshot, position: number | null): number => {
      if (position === null) return snapshot.checkpoint.position;
      if (position > snapshot.checkpoint.position) throw notCaughtUp(position);
      return position;
    },
  };
};

export type KnownPosition = ReturnType<typeof createKnownPosition>;
