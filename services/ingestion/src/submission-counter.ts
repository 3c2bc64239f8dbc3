import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';

import type { StatementResult } from './statement-result.ts';

/** Counts submissions by what became of them, for Prometheus. */
export interface SubmissionCounter {
  count(outcome: StatementResult['outcome'], howMany?: number): void;
}

export const createSubmissionCounter = (registry: Registry): SubmissionCounter => {
  const counter = new Counter({
    name: 'stance_statements_submitted_total',
    help: 'Statements submitted, by what became of them.',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  for (const outcome of ['accepted', 'duplicate', 'rejected'] as const) counter.inc({ outcome }, 0);
  return {
    count: (outcome, howMany = 1) => counter.inc({ outcome }, howMany),
  };
};
