const weights = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });
const whole = new Intl.NumberFormat();

/** A weight or a sum of weights, as the reader writes numbers. */
export const weightInWords = (weight: number): string => weights.format(weight);

export const countInWords = (count: number): string => whole.format(count);
