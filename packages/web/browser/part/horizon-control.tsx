import { useEffect, useRef } from 'preact/hooks';

import { go, place } from '../address/current.ts';
import { horizonOf } from '../address/place.ts';
import type { Horizon, Place } from '../address/place.ts';
import { text } from '../text/index.ts';
import { saidByInWords, whenInWords } from '../text/when.ts';

const without = (from: Place, name: keyof Horizon): Place => {
  const { [name]: _gone, ...rest } = from;
  return rest;
};

const set = (name: keyof Horizon, value: string): void => {
  const { value: here } = place;
  go(value === '' ? without(here, name) : { ...here, [name]: value });
};

/** What a field for a day can show: the API takes more, and the words beside it show that. */
const dayIn = (given: string | undefined): string => (/^\d{4}-\d{2}-\d{2}$/.test(given ?? '') ? (given ?? '') : '');

/** A date is a date at every digit of its year: one is gone to once nobody types for so long, in milliseconds. */
const typing = 500;

interface DayFieldProps {
  readonly label: string;
  readonly help: string;
  readonly name: keyof Horizon;
  readonly value: string;
}

const DayField = ({ label, help, name, value }: DayFieldProps) => {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label title={help}>
      {label}
      <input
        type="date"
        value={value}
        onChange={({ currentTarget }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => set(name, currentTarget.value), typing);
        }}
      />
    </label>
  );
};

/** Two dates by which one travels in time: when it was said, and when it was recorded. */
export const HorizonControl = () => {
  const { at, knownAt } = horizonOf(place.value);
  const isPast = at !== undefined || knownAt !== undefined;
  return (
    <fieldset class={isPast ? 'horizon past' : 'horizon'}>
      <legend>{text.horizon.label}</legend>
      <DayField label={text.horizon.at} help={text.horizon.atHelp} name="at" value={dayIn(at)} />
      <DayField label={text.horizon.knownAt} help={text.horizon.knownAtHelp} name="knownAt" value={dayIn(knownAt)} />
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
