import { createIngestion } from '@stance/ingestion';
import type { Ingestion } from '@stance/ingestion';

import type { Life } from '../life.ts';
import { eventStoreOf } from '../ports/event-store.ts';
import type { World } from '../world.ts';

export interface IngestionProcess {
  readonly life: Life;
  readonly ingestion: Ingestion;
}

export const startIngestion = (world: World, life: Life): IngestionProcess => {
  const eventStore = world.parts.eventStore(eventStoreOf(life, world), life, world);
  const { now } = world.clockOf(life);
  const pause = (milliseconds: number): Promise<void> => life.rest(milliseconds);
  return { life, ingestion: createIngestion({ eventStore, clock: now, newId: world.newId, pause }) };
};
