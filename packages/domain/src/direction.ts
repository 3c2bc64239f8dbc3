import type { Direction } from './known-statement.ts';

/** A direction that a moment or a stance can have; `unclear` never makes one. */
export type StanceDirection = Exclude<Direction, 'unclear'>;

/** How a direction is written in tails and moments: its place here. */
export const directions: readonly StanceDirection[] = ['support', 'oppose', 'neutral', 'mixed'];
export type DirectionCode = number;
export const none = -1;
export const neutral: DirectionCode = 2;
export const mixed: DirectionCode = 3;

export const directionCode = (direction: Direction | null): DirectionCode => {
  switch (direction) {
    case 'support':
      return 0;
    case 'oppose':
      return 1;
    case 'neutral':
      return neutral;
    case 'mixed':
      return mixed;
    default:
      return none;
  }
};

export const directionOf = (code: DirectionCode): StanceDirection => {
  const direction = directions[code];
  if (direction === undefined) throw new RangeError(`no direction has the code ${code}`);
  return direction;
};
