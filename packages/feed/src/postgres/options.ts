import { createLocate } from '@stance/postgres';
import type { PostgresLocation } from '@stance/postgres';

/**
 * Where a feed in PostgreSQL is. If left out, the schema is `stance_feed`, which is not the read model's: that can be made
 * anew; and there are 4 connections at most, the publishing one included, and no fewer than 2 for a publisher.
 */
export type PostgresFeedOptions = PostgresLocation;

export const locate = createLocate({ schema: 'stance_feed', connections: 4, name: 'stance feed' });
