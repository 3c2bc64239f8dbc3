import { useEffect, useRef, useState } from 'preact/hooks';

/** A value that changes often, passed on at most once in so many milliseconds: as it is by then. */
export const useAtMostEvery = <Value>(value: Value, milliseconds: number): Value => {
  const [passed, pass] = useState(value);
  const latest = useRef(value);
  latest.current = value;
  const isBehind = !Object.is(value, passed);
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(() => pass(() => latest.current), milliseconds);
    return () => clearTimeout(timer);
  }, [isBehind, milliseconds]);
  return passed;
};
