export * from './endpoint.ts';
export * from './endpoints.ts';
export * from './common.ts';
export * from './writing-results.ts';
export * from './writing-statements.ts';
export * from './writing-registry.ts';
export * from './operating.ts';
export * from './reading/index.ts';
