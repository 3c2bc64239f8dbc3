export { registerIngestion } from './register-ingestion.ts';
export { createIngestion } from './ingestion.ts';
export type { Ingestion, IngestionOptions } from './ingestion.ts';
export { defaultIngestionLimits } from './limits.ts';
export type { IngestionLimits } from './limits.ts';
export type { StatementResult } from './statement-result.ts';
export type { WriteContext } from './write-context.ts';
export type { Written } from './written.ts';
