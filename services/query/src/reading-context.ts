import type { MethodReference } from '@stance/contracts';

import type { RequestedDay } from './dates.ts';

/** What an answer is of: all pages of one list have the same. */
export interface ReadingContext {
  /** The position of the log. */
  readonly knownAt: number;
  /** Nobody asked for a position: what the feed says of today belongs to the answer. */
  readonly live: boolean;
  readonly at: RequestedDay;
  /** `at` as it was asked for. */
  readonly atText: string | undefined;
  readonly method: MethodReference;
  /** The name of the method as it was asked for. */
  readonly methodText: string | undefined;
}
