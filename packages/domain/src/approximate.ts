/** Sums of decimal fractions miss by some 1e-16 (0.7 + 0.2 + 0.1 < 1); what is this near counts as equal. */
const tolerance = 1e-9;

export const atLeast = (a: number, b: number): boolean => a >= b - tolerance;
export const moreThan = (a: number, b: number): boolean => a > b + tolerance;

/** To nine decimals, so that weights read as people write them. */
export const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;
