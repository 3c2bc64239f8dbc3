import { ProblemError } from '@stance/contracts';

import type { Access } from './access.ts';
import type { InFlight } from './in-flight.ts';
import type { HttpKit } from './kit.ts';
import type { HttpLimits } from './limits.ts';
import { createRateLimit } from './rate-limit.ts';

export interface AdmissionOptions {
  readonly limits: HttpLimits;
  readonly access: Access;
  readonly inFlight: InFlight;
  readonly stopping: AbortSignal;
}

/** What every call with a scope has to pass before its body is read: cheapest check first. */
export const admission = ({ limits, access, inFlight, stopping }: AdmissionOptions): HttpKit['admit'] => {
  const rate = createRateLimit(limits.requestsPerSecond, limits.requestsPerSecond * 2);
  return (request, scope) => {
    const target = request.raw.url ?? '/';
    if (target.length > limits.targetLength) {
      throw new ProblemError('too-large', {
        detail: `The path with its query has ${target.length} characters; at most ${limits.targetLength} are taken.`,
      });
    }
    if (scope === null) return;
    if (stopping.aborted)
      throw new ProblemError('shutting-down', { detail: 'The service is stopping; try again soon.' });
    if (inFlight.size() > limits.concurrentRequests) {
      throw new ProblemError('overloaded', { detail: `More than ${limits.concurrentRequests} calls are under way.` });
    }
    const caller = access.identify(request.raw);
    const wait = rate.take(
      caller.name === null ? `address ${request.raw.socket.remoteAddress}` : `token ${caller.name}`,
    );
    if (wait > 0) {
      throw new ProblemError('too-many-requests', {
        detail: `More than ${limits.requestsPerSecond} calls a second.`,
        headers: { 'retry-after': String(wait) },
      });
    }
    access.permit(request.raw, caller, scope);
    request.exchange.caller = caller;
    const encoding = request.raw.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      throw new ProblemError('unsupported-media-type', {
        detail: `A body with Content-Encoding ${encoding} is not taken.`,
      });
    }
  };
};
