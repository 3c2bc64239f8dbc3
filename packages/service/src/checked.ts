import type { Readiness } from '@stance/contracts';

/** One of the checks of `/readyz`: whether something works, and why not. */
export const checked = (work: Promise<unknown>): Promise<Readiness['checks'][string]> =>
  work.then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
  );
