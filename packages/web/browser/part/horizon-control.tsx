import { go, place } from '../address/current.ts';
import { horizonOf } from '../address/place.ts';
import type { Horizon, Place } from '../address/place.ts';
import { lastDayOver } from '../data/days.ts';
import { text } from '../text/index.ts';
import { saidByInWords, whenInWords } from '../text/when.ts';
import { DayField } from './day-field.tsx';

const without = (from: Place, name: keyof Horizon): Place => {
  const { [name]: _gone, ...rest } = from;
  return rest;
};

const set = (name: keyof Horizon, day: string | undefined): void => {
  const rest = without(place.peek(), name);
  go(day === undefined ? rest : { ...rest, [name]: day });
};

/** Two dates by which one travels in time: when it was said, and when it was recorded. */
export const HorizonControl = () => {
  const { at, knownAt } = horizonOf(place.value);
  const isPast = at !== undefined || knownAt !== undefined;
  return (
    <fieldset class={isPast ? 'horizon past' : 'horizon'}>
      <legend>{text.horizon.label}</legend>
      <DayField label={text.horizon.at} title={text.horizon.atHelp} value={at} take={(day) => set('at', day)} />
      <DayField
        label={text.horizon.knownAt}
        title={text.horizon.knownAtHelp}
        value={knownAt}
        max={lastDayOver()}
        take={(day) => set('knownAt', day)}
      />
      {isPast ? (
        <>
          <output>
            {text.horizon.shown(
              at === undefined ? null : saidByInWords(at),
              knownAt === undefined ? null : whenInWords(knownAt),
            )}
          </output>
          <button type="button" onClick={() => go(without(without(place.value, 'at'), 'knownAt'))}>
            {text.horizon.now}
          </button>
        </>
      ) : null}
    </fieldset>
  );
};
