import type { SeededRandom } from '../../support/seeded-random.ts';
import type { FrailCluster } from './frail-cluster.ts';

/** What a fault has to work with. */
export interface Ground {
  readonly cluster: FrailCluster;
  readonly random: SeededRandom;
  /** Resolves once so many calls more have been acknowledged. */
  untilAcknowledged(more: number): Promise<void>;
  /** Lets a fault last for so many milliseconds. */
  last(milliseconds: number): Promise<void>;
}

/** Something that goes wrong, and is put right again where that takes an operator. */
export interface Fault {
  readonly name: string;
  happen(ground: Ground): Promise<void>;
}
