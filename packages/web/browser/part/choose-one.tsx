import { useEffect, useRef } from 'preact/hooks';

import { useNamed } from '../data/named.ts';
import type { Kind } from '../data/named.ts';
import { Choose, Chosen } from './choose.tsx';

export interface ChooseOneProps {
  readonly label: string;
  readonly kind: Kind;
  readonly id: string | undefined;
  readonly knownAt: string | undefined;
  readonly choose: (id: string | undefined) => void;
}

/** One that is asked for and can be left, or else a field to look for it. */
export const ChooseOne = ({ label, kind, id, knownAt, choose }: ChooseOneProps) => {
  const own = useRef<HTMLDivElement>(null);
  const isMoving = useRef(false);
  const [named] = useNamed(kind, id === undefined ? [] : [id], knownAt);
  useEffect(() => {
    // What had the focus is gone.
    if (isMoving.current) own.current?.querySelector<HTMLElement>('input, button')?.focus();
    isMoving.current = false;
  }, [id]);
  const move = (to: string | undefined): void => {
    isMoving.current = true;
    choose(to);
  };
  return (
    <div ref={own} class="choose-one">
      {named === undefined ? (
        <Choose label={label} kind={kind} knownAt={knownAt} take={move} />
      ) : (
        <>
          <span class="label">{label}</span>
          <Chosen named={named} remove={() => move(undefined)} />
        </>
      )}
    </div>
  );
};
