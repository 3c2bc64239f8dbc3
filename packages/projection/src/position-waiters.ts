import { createPositionWaiters } from '@stance/event-store';
import type { PositionWaiters } from '@stance/event-store';

import { ProjectionError } from './errors.ts';

/** Those who wait until the projection has passed a position. What they are told is a `ProjectionError`. */
export const createProjectionWaiters = (): PositionWaiters =>
  createPositionWaiters({
    who: 'the projection',
    late: (message) => new ProjectionError('not-caught-up', message, { retryable: true }),
  });
