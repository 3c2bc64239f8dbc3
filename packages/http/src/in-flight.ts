import type { Socket } from 'node:net';

import { ProblemError } from '@stance/contracts';

import type { Exchange } from './exchange.ts';
import type { HttpLimits } from './limits.ts';
import { sendProblem } from './problem-reply.ts';

/** How often it is looked for calls whose time is up: one timer for all is cheaper than one each. */
const sweepEveryMs = 250;

/** The calls that have begun and are not answered to the end; those whose time is up are told so. */
export interface InFlight {
  add(exchange: Exchange): void;
  remove(exchange: Exchange): void;
  /** How many they are, without those that never end. */
  size(): number;
  /** The answer to this one never ends. */
  holdOpen(exchange: Exchange): void;
  /** How many never end. */
  heldOpen(): number;
  /** The connections that they came over. */
  sockets(): Set<Socket>;
  /** Cuts off all that is left; returns how many that were. */
  cutOff(reason: Error): number;
  close(): void;
}

export const createInFlight = (limits: HttpLimits): InFlight => {
  const exchanges = new Set<Exchange>();
  /** Apart, so that nobody walks thousands of them to see whose time is up. */
  const endless = new Set<Exchange>();
  const all = (): Exchange[] => [...exchanges, ...endless];

  const giveUp = (exchange: Exchange, problem: ProblemError): void => {
    exchange.abort(problem);
    sendProblem(exchange.request, exchange.reply, problem);
  };

  const sweep = (): void => {
    const now = performance.now();
    for (const exchange of exchanges) {
      const waited = now - exchange.phaseAt;
      if (exchange.phase === 'streaming' || exchange.reply.raw.headersSent) continue;
      if (exchange.phase === 'receiving' && waited > limits.bodyTimeoutMs) {
        exchange.reply.header('connection', 'close');
        const detail = `The body did not arrive within ${limits.bodyTimeoutMs / 1000} s.`;
        giveUp(exchange, new ProblemError('request-timeout', { detail }));
      } else if (exchange.phase === 'answering' && waited > limits.answerTimeoutMs) {
        const detail = `There was no answer within ${limits.answerTimeoutMs / 1000} s.`;
        giveUp(exchange, new ProblemError('overloaded', { detail }));
      }
    }
  };
  const timer = setInterval(sweep, sweepEveryMs).unref();

  return {
    add: (exchange) => void exchanges.add(exchange),
    remove(exchange) {
      exchanges.delete(exchange);
      endless.delete(exchange);
    },
    size: () => exchanges.size,
    holdOpen(exchange) {
      exchange.phase = 'endless';
      if (exchanges.delete(exchange)) endless.add(exchange);
    },
    heldOpen: () => endless.size,
    sockets: () => new Set(all().map(({ request }) => request.raw.socket)),
    cutOff(reason) {
      const left = all();
      for (const exchange of left) {
        exchange.abort(reason);
        exchange.reply.raw.destroy();
      }
      return left.length;
    },
    close: () => clearInterval(timer),
  };
};
