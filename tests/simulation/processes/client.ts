import { ProblemError } from '@stance/contracts';

import type { Life } from '../life.ts';
import type { Acknowledged, Request, Traffic } from '../traffic.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';

export interface Client {
  isDone(): boolean;
}

/** What is worth another try: nothing is known of what became of it. */
const passing: ReadonlySet<string> = new Set(['store-unavailable', 'concurrent-write', 'shutting-down']);

class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

const isWorthAnotherTry = (error: unknown): boolean =>
  error instanceof ConnectionLost || (error instanceof ProblemError && passing.has(error.code));

/** One of so many answers gets lost on its way. */
const answersLost = 12;
/** In milliseconds. */
const pause = 300;

/** Makes so many requests, each again and again until it is answered. */
export const startClient = (world: World, life: Life, traffic: Traffic, requests: number): Client => {
  const { scheduler } = world;
  let isDone = false;

  const post = (request: Request): Promise<Acknowledged> =>
    new Promise((resolve, reject) => {
      const lose = (): void => life.hear(`loses ${request.what}`, () => reject(new ConnectionLost()));
      void life.ask(`asks for ${request.what}`, () => {
        const server = world.anyIngestion();
        if (server === null) return lose();
        server.life.onEnd(lose);
        request.send(server.ingestion).then(
          (acknowledged) => {
            if (scheduler.strikes(answersLost)) lose();
            else life.hear(`hears of ${request.what}`, () => resolve(acknowledged));
          },
          (error: unknown) =>
            life.hear(`hears of ${request.what}`, () =>
              reject(error instanceof Error ? error : new Error(String(error))),
            ),
        );
      });
    });

  const untilAnswered = async (request: Request): Promise<void> => {
    for (;;) {
      try {
        world.acknowledge(request, await post(request));
        return;
      } catch (error) {
        if (!isWorthAnotherTry(error)) {
          if (error instanceof ProblemError) return;
          throw error;
        }
        await life.rest(pause);
      }
    }
  };

  const run = async (): Promise<void> => {
    for (let made = 0; made < requests;) {
      for (const request of traffic.next()) {
        await untilAnswered(request);
        made += 1;
      }
    }
    isDone = true;
  };

  run().catch((error: unknown) => {
    world.fail(new Violation('a request is answered or refused in words', String(error), error));
  });
  return { isDone: () => isDone };
};
