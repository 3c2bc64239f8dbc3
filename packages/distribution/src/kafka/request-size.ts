/** Of what goes to one partition in one request: below what brokers take where nobody has set it. */
const mostBytes = 700 * 1024;
/** What headers and key take, roughly. */
const overhead = 700;

/** Counts what is in a request, so that it is sent before it becomes larger than brokers take. */
export interface RequestSize {
  /**
   * Counts one more message, if it fits; alone it always does.
   *
   * @param slot the partition it goes to.
   * @param data its value; `null` where it has none.
   */
  takes(slot: number, data: string | null): boolean;
  /** A new request has begun. */
  reset(): void;
}

export function createRequestSize(): RequestSize {
  const sizes = new Map<number, number>();
  return {
    takes(slot, data) {
      const before = sizes.get(slot) ?? 0;
      const after = before + Buffer.byteLength(data ?? '') + overhead;
      if (before > 0 && after > mostBytes) return false;
      sizes.set(slot, after);
      return true;
    },
    reset: () => sizes.clear(),
  };
}
