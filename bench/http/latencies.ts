/** Times in milliseconds, by what they are the times of. */
export interface Latencies {
  add(milliseconds: number): void;
  count(): number;
  /** In milliseconds, two digits. */
  percentile(share: number): number;
}

export const createLatencies = (): Latencies => {
  const all: number[] = [];
  return {
    add: (milliseconds) => {
      all.push(milliseconds);
    },
    count: () => all.length,
    percentile: (share) => {
      const sorted = Float64Array.from(all).sort();
      const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
      return Math.round((at ?? Number.NaN) * 100) / 100;
    },
  };
};
