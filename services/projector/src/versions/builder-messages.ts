import type { EventStoreLocation, ReadModelLocation } from '@stance/config';
import type { VersionProgress } from '@stance/projection';

import type { Fault } from '../messages.ts';

export interface BuilderOptions {
  readonly eventStore: EventStoreLocation;
  readonly readModel: ReadModelLocation;
  readonly version: number;
  /** Whether others go first where all processors are busy. */
  readonly yields: boolean;
}

export type FromBuilder =
  | { readonly kind: 'progress'; readonly progress: VersionProgress }
  /** Trying again after a while. */
  | { readonly kind: 'retrying'; readonly fault: Fault }
  /** It ends because of it: the catalogue says so, too. */
  | { readonly kind: 'halted'; readonly fault: Fault };
