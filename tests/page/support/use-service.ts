import { afterAll, beforeAll } from 'vitest';

import { startPageService } from './page-service.ts';
import type { PageService } from './page-service.ts';

/** A service for the tests of a `describe`; call the result to get it, within a test. */
export const useService = (
  environment: Readonly<Record<string, string>> = {},
  prepare: (service: PageService) => Promise<void> = async () => undefined,
): (() => PageService) => {
  let service: PageService | undefined;
  beforeAll(async () => {
    service = await startPageService(environment);
    await prepare(service);
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
  });
  return () => {
    if (service === undefined) throw new Error('no test has begun yet');
    return service;
  };
};
