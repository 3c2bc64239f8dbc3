/** Lets each key do `perSecond` calls a second in the long run, and up to `burst` at once. */
export interface RateLimit {
  /** 0 where the call may go on, else the seconds to wait. */
  take(key: string): number;
}

interface Bucket {
  left: number;
  filledAt: number;
}

/** Beyond this many keys, those are dropped that have been idle long enough to be full again. */
const mostBuckets = 10_000;

export const createRateLimit = (
  perSecond: number,
  burst: number,
  now: () => number = () => performance.now(),
): RateLimit => {
  const buckets = new Map<string, Bucket>();
  const filled = (bucket: Bucket, at: number): number =>
    Math.min(burst, bucket.left + ((at - bucket.filledAt) / 1000) * perSecond);

  const makeRoom = (at: number): void => {
    for (const [key, bucket] of buckets) {
      if (filled(bucket, at) >= burst) buckets.delete(key);
    }
    // Many keys at once, all of them busy: the oldest goes, so that memory stays bounded.
    const oldest = buckets.keys().next();
    if (buckets.size >= mostBuckets && oldest.done !== true) buckets.delete(oldest.value);
  };

  return {
    take(key) {
      const at = now();
      let bucket = buckets.get(key);
      if (bucket === undefined) {
        if (buckets.size >= mostBuckets) makeRoom(at);
        bucket = { left: burst, filledAt: at };
        buckets.set(key, bucket);
      }
      bucket.left = filled(bucket, at);
      bucket.filledAt = at;
      if (bucket.left < 1) return Math.ceil((1 - bucket.left) / perSecond);
      bucket.left -= 1;
      return 0;
    },
  };
};
