const percents = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** A share from 0 to 1 as the reader writes percents. Nearly all is not all, and nearly nothing not nothing. */
export const percentInWords = (share: number): string =>
  percents.format(share > 0.99 && share < 1 ? 0.99 : share < 0.01 && share > 0 ? 0.01 : share);
