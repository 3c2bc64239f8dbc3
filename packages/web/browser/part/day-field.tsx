import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { isDay } from '../text/when.ts';

export interface DayFieldProps {
  readonly label: string;
  readonly title?: string;
  /** What is asked for; the field shows it where it is a day. */
  readonly value: string | undefined;
  /** The last day that can be asked for. */
  readonly max?: string;
  /** Takes a day, or `undefined` where the field was emptied. */
  readonly take: (day: string | undefined) => void;
  /** What stands beneath the field. */
  readonly children?: ComponentChildren;
}

/** How long somebody has to pause at typing before a day is taken, in milliseconds. */
const typing = 500;
/** A year is a year at every digit of it: one before this is taken from who leaves the field. */
const firstTyped = '1000';
/** Years of four digits are what it takes. */
const lastDay = '9999-12-31';

/** A field for a day, which is taken once nobody types any more. */
export const DayField = ({ label, title, value, max = lastDay, take, children }: DayFieldProps) => {
  const own = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const shown = value !== undefined && isDay(value) ? value : '';
  const show = (): void => {
    if (own.current !== null && own.current.value !== shown) own.current.value = shown;
  };
  // What somebody types stays while the page around it is drawn anew.
  useLayoutEffect(show, [shown]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const settle = (isTyping: boolean): void => {
    clearTimeout(timer.current);
    const { value: day = shown, validity } = own.current ?? {};
    // A day that there is not, such as 30 February, or a part of one.
    const isNone = validity?.badInput === true;
    if (isTyping && (isNone || (day !== '' && day < firstTyped))) return;
    // Who leaves it so, or empties it, sees what is asked for all the same.
    if (day === '') show();
    if (!isNone && day !== shown) take(day === '' ? undefined : day);
  };
  /** What is asked for may change while somebody pauses. */
  const settling = useRef(settle);
  settling.current = settle;
  return (
    <label title={title}>
      {label}
      <input
        ref={own}
        type="date"
        max={max}
        onInput={() => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => settling.current(true), typing);
        }}
        onBlur={() => settle(false)}
      />
      {children}
    </label>
  );
};
