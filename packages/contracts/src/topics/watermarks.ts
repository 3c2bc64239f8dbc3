import { z } from 'zod';

const milliseconds = z.int().min(0).meta({ description: 'In milliseconds since 1970-01-01T00:00:00Z; 0: of nothing' });

export const eventWatermarkSchema = z
  .strictObject({
    position: z.int().min(0).meta({ description: 'Of the log' }),
    count: z.int().min(0).meta({ description: 'How many events the log has up to there' }),
    recordedAt: milliseconds,
  })
  .meta({
    id: 'EventWatermark',
    description: 'Of the events up to a position, those of this partition stand in it, in front of this',
  });

export const feedWatermarkSchema = z
  .strictObject({
    feed: z.string().meta({ description: 'The epoch of the feed' }),
    generation: z.int().min(1),
    position: z.int().min(0).meta({ description: 'Of the feed' }),
    head: z.int().min(0).meta({ description: 'The last position of the feed when this was sent' }),
    recordedAt: milliseconds,
  })
  .meta({
    id: 'FeedWatermark',
    description: 'Of the entries up to a position, those of this partition stand in it, in front of this',
  });
