import { changeKey } from './change.ts';
import type { ChangeKey, Track } from './change.ts';
import { rounded } from './approximate.ts';
import type { Day } from './day.ts';
import type { Method } from './method.ts';
import type { Moment } from './moment.ts';
import { isConfirmedBy, isOutweighed, openStep, opposeStep, supportStep } from './open-step.ts';
import type { OpenStep, Voice } from './open-step.ts';
import type { Decided, StanceState, StepResult, Undecided } from './stance-steps.ts';
import type { StrengthTrack } from './strength-track.ts';
import { bandVoice, directionVoice } from './voice.ts';

/** By which rule a moment settled a step. */
export type SettlingRule =
  /** Confirmed: an utterance of an uncontested moment weighs `strong`. */
  | 'strong'
  /** Confirmed: the sum for the new side reached `enough`, and is more than the sum against it. */
  | 'enough'
  /** Withdrawn: the former side added at least as much as the new one. */
  | 'outweighed'
  /** Withdrawn: a third direction or band was stated. */
  | 'third-side'
  /** Withdrawn, of the strength only: the direction itself changed. */
  | 'direction-changed';

/** What one moment did for a step, and the two sums after it. */
export interface StepEntry {
  readonly day: Day;
  /** `ends`: it adds to neither sum. */
  readonly effect: 'opened' | 'supports' | 'opposes' | 'ends';
  /** What the moment adds: to `for` where it opened or supports, to `against` where it opposes. */
  readonly adds: number;
  /** What the moments of the new direction or band add up to. */
  readonly for: number;
  /** The same of the former one; of a `first`, of all other directions together. */
  readonly against: number;
  readonly settles: SettlingRule | null;
}

/**
 * Follows the steps of one history, moment by moment, and keeps what each did for every step. It is told each moment
 * with the state before it and what the rules made of it.
 */
export const createStepTrace = (method: Method) => {
  const entries = new Map<string, StepEntry[]>();

  const enter = (key: ChangeKey, entry: StepEntry): void => {
    const name = changeKey(key);
    const known = entries.get(name);
    if (known === undefined) entries.set(name, [entry]);
    else known.push(entry);
  };

  const enterStep = (
    track: Track,
    [, , openedBy, added, former]: OpenStep,
    { day, weight }: Voice,
    effect: StepEntry['effect'],
    settles: SettlingRule | null,
  ): void =>
    enter(
      { track, openedBy },
      { day, effect, adds: effect === 'ends' ? 0 : weight, for: added, against: former, settles },
    );

  const hearFormer = (track: Track, open: OpenStep, voice: Voice): void => {
    const opposed = opposeStep(open, voice);
    enterStep(track, opposed, voice, 'opposes', isOutweighed(opposed) ? 'outweighed' : null);
  };

  const hearOther = (track: Track, open: OpenStep | null, voice: Voice): void => {
    const same = open !== null && open[0] === voice.value ? open : null;
    if (open !== null && same === null) enterStep(track, open, voice, 'ends', 'third-side');
    const grown = same === null ? openStep(voice) : supportStep(same, voice);
    const confirmedBy = voice.strong ? 'strong' : 'enough';
    const settles = isConfirmedBy(grown, voice, method) ? confirmedBy : null;
    enterStep(track, grown, voice, same === null ? 'opened' : 'supports', settles);
  };

  const hearStrength = (track: StrengthTrack, moment: Moment): void => {
    if (track === null || moment.band === -1) return;
    const [band, open] = track;
    const voice = bandVoice(moment);
    if (moment.band !== band) hearOther('strength', open, voice);
    else if (open !== null) hearFormer('strength', open, voice);
  };

  const hearUndecided = ([, candidates]: Undecided, moment: Moment, confirmed: boolean): void => {
    const former = candidates.find(([step]) => step[0] === moment.direction) ?? null;
    const sums = candidates.map(([[direction, , openedBy, added]]) => ({
      openedBy,
      own: direction === moment.direction,
      sum: direction === moment.direction ? rounded(added + moment.weight) : added,
    }));
    if (former === null) sums.push({ openedBy: moment.openedBy, own: true, sum: moment.weight });
    const all = sums.reduce((total, { sum }) => total + sum, 0);
    for (const { openedBy, own, sum } of sums) {
      enter(
        { track: 'direction', openedBy },
        {
          day: moment.day,
          effect: !own ? 'opposes' : former === null ? 'opened' : 'supports',
          adds: moment.weight,
          for: sum,
          against: rounded(all - sum),
          settles: !own || !confirmed ? null : moment.strong ? 'strong' : 'enough',
        },
      );
    }
    hearStrength(former === null ? null : former[1], moment);
  };

  const hearDecided = ([, direction, track, open]: Decided, moment: Moment, confirmed: boolean): void => {
    const voice = directionVoice(moment);
    if (moment.direction === direction) {
      hearStrength(track, moment);
      if (open !== null) hearFormer('direction', open[0], voice);
      return;
    }
    hearOther('direction', open === null ? null : open[0], voice);
    hearStrength(open !== null && open[0][0] === moment.direction ? open[1] : null, moment);
    if (confirmed && track !== null && track[1] !== null) {
      enterStep('strength', track[1], voice, 'ends', 'direction-changed');
    }
  };

  return {
    hear: (before: StanceState, moment: Moment, { state, effect }: StepResult): void => {
      if (effect === 'none') return;
      const confirmed = state[0] === 1 && state[1] === moment.direction;
      if (before[0] === 0) hearUndecided(before, moment, confirmed);
      else hearDecided(before, moment, confirmed);
    },
    /** What was done for a step, in the order of the moments. */
    of: (key: ChangeKey): readonly StepEntry[] => entries.get(changeKey(key)) ?? [],
  };
};
