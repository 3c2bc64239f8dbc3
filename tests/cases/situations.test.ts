import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startService } from '../bad-input/support/service.ts';
import type { Service } from '../bad-input/support/service.ts';
import { rounds } from '../support/rounds.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { compare } from './answers/answer.ts';
import { askedAtTheEnd, shuffled, withDuplicates, withoutNames } from './answers/arrival.ts';
import { askDomain } from './answers/domain.ts';
import { createWorld } from './answers/service.ts';
import type { World } from './answers/service.ts';
import { readCases } from './format/read-case.ts';

const seed = Number(process.env['STANCE_TEST_SEED'] ?? 20_240_607);
const shuffles = rounds(1, 5);
const cases = readCases(join(import.meta.dirname, 'situations'));

describe(`the situations (STANCE_TEST_SEED=${seed})`, () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ STANCE_REQUESTS_PER_SECOND: '1000000' });
  });
  afterAll(() => service.stop());

  const newWorld = async (run: string, each: (typeof cases)[number]): Promise<World> => {
    const world = createWorld(service.baseUrl, `${run}.${each.name}`, each);
    await world.begin();
    return world;
  };

  for (const [number, each] of cases.entries()) {
    const { name, title, pending, given } = each;
    describe.skipIf(pending !== undefined)(
      `${name}${pending === undefined ? '' : ` (waits for ${pending})`}: ${title}`,
      () => {
        test('the rules alone answer it', async () => {
          const { answered, expected } = await compare(withoutNames(each), askDomain(each));
          expect(answered).toEqual(expected);
        });

        test('the service answers it', async () => {
          const world = await newWorld('told', each);
          for (const step of given) expect(await world.record(step)).toBe('accepted');
          const { answered, expected } = await compare(each, world.ask);
          expect(answered).toEqual(expected);
        });

        test.for(Array.from({ length: shuffles }, (_, round) => round))(
          'the service answers it whatever came first (%i)',
          async (round) => {
            const world = await newWorld(`shuffled-${round}`, each);
            const arrived = shuffled(given, seededRandom(seed + round).fork(number));
            for (const step of arrived) expect(await world.record(step)).toBe('accepted');
            const { answered, expected } = await compare(askedAtTheEnd(each), world.ask);
            expect(answered).toEqual(expected);
          },
        );

        test('the service answers it when much is sent twice', async () => {
          const world = await newWorld('twice', each);
          for (const { step, again } of withDuplicates(given, seededRandom(seed).fork(number))) {
            expect(await world.record(step)).toBe(again ? 'duplicate' : 'accepted');
          }
          const { answered, expected } = await compare(each, world.ask);
          expect(answered).toEqual(expected);
        });
      },
    );
  }
});
