import { go, place } from '../address/current.ts';
import { horizonOf } from '../address/place.ts';
import type { Horizon, Place } from '../address/place.ts';
import { text } from '../text/index.ts';

const without = (from: Place, name: keyof Horizon): Place => {
  const { [name]: _gone, ...rest } = from;
  return rest;
};

const set = (name: keyof Horizon, value: string): void => {
  const { value: here } = place;
  go(value === '' ? without(here, name) : { ...here, [name]: value });
};

/** Two dates by which one travels in time: when it was said, and when it was recorded. */
export const HorizonControl = () => {
  const { at, knownAt } = horizonOf(place.value);
  const isPast = at !== undefined || knownAt !== undefined;
  return (
    <fieldset class={isPast ? 'horizon past' : 'horizon'}>
      <legend>{text.horizon.label}</legend>
      <label title={text.horizon.atHelp}>
        {text.horizon.at}
        <input type="date" value={at ?? ''} onChange={({ currentTarget }) => set('at', currentTarget.value)} />
      </label>
      <label title={text.horizon.knownAtHelp}>
        {text.horizon.knownAt}
        <input
          type="date"
          value={/^\d{4}-\d{2}-\d{2}$/.test(knownAt ?? '') ? knownAt : ''}
          onChange={({ currentTarget }) => set('knownAt', currentTarget.value)}
        />
      </label>
      {isPast ? (
        <>
          <output>{text.horizon.shown(at ?? null, knownAt ?? null)}</output>
          <button type="button" onClick={() => go(without(without(place.value, 'at'), 'knownAt'))}>
            {text.horizon.now}
          </button>
        </>
      ) : null}
    </fieldset>
  );
};
