import type { Socket } from 'node:net';

import type { ProblemCode } from '@stance/contracts';

import type { HttpLimits } from './limits.ts';
import { rawProblem } from './problem-reply.ts';

const faultsOf = ({ headerBytes }: HttpLimits): Readonly<Record<string, readonly [ProblemCode, string]>> => ({
  HPE_HEADER_OVERFLOW: ['too-large', `The headers of the request are larger than ${headerBytes} bytes.`],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The headers of the request did not arrive in time.'],
});

/** Answers bytes that Node could not read as a request, and closes the connection: what follows has no known start. */
export const clientErrorAnswerer = (limits: HttpLimits) => {
  const faults = faultsOf(limits);
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
      socket.destroy();
      return;
    }
    const [code, detail] = faults[error.code ?? ''] ?? [
      'invalid-input',
      'The bytes received are not an HTTP/1.1 request.',
    ];
    socket.end(rawProblem(code, detail), () => socket.destroy());
  };
};
