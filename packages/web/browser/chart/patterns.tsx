import type { Direction } from '../data/bands.ts';

const hatched: readonly Direction[] = ['support', 'oppose', 'neutral', 'mixed'];

/** The hatchings of what is provisional, for one picture; `prefix` keeps those of several apart. */
export const Patterns = ({ prefix }: { readonly prefix: string }) => (
  <defs>
    {hatched.map((direction) => (
      <pattern
        key={direction}
        id={`${prefix}-${direction}`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" class="hatch-ground" />
        <rect width="3" height="6" class={direction} />
      </pattern>
    ))}
  </defs>
);
