import type { Life } from '../life.ts';
import type { Choice } from '../scheduler.ts';
import type { World } from '../world.ts';
import { nothingHeld, startFollower } from './follower.ts';
import type { Follower } from './follower.ts';
import { startIngestion } from './ingestion.ts';
import { startProjector } from './projector.ts';
import { startRelay } from './relay.ts';

/** All processes that can be killed, stopped and started again. */
export interface Population {
  readonly followers: readonly Follower[];
  killOne(): Choice | null;
  stopOne(): Choice | null;
  goOnOne(): Choice | null;
  startOne(): Choice | null;
  /** Kills all that project at once, so that nothing is under way any more. */
  killProjectors(): void;
  projectors(): readonly Life[];
  /** Everybody runs. */
  startAll(): void;
}

interface Place {
  readonly name: string;
  readonly begin: (life: Life) => void;
  life: Life | null;
  starts: number;
}

const places = (count: number, name: string, begin: (life: Life, index: number) => void): Place[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `${name}-${String(index)}`,
    begin: (life) => begin(life, index),
    life: null,
    starts: 0,
  }));

export const createPopulation = (world: World): Population => {
  const { plan, scheduler } = world;
  const followers: Follower[] = [];
  const projectors = places(plan.projectors, 'projector', (life) => startProjector(world, life));
  const all: Place[] = [
    ...places(plan.ingestions, 'ingestion', (life, index) => {
      world.ingestions[index] = startIngestion(world, life);
    }),
    ...places(plan.relays, 'relay', (life) => startRelay(world, life)),
    ...projectors,
    ...places(plan.followers, 'follower', (life, index) => {
      const follower = followers[index] ?? { held: nothingHeld, kept: nothingHeld, life };
      followers[index] = follower;
      follower.life = life;
      startFollower(world, follower);
    }),
  ];

  const start = (place: Place): void => {
    place.life = scheduler.live(`${place.name}.${String(place.starts)}`);
    place.starts += 1;
    place.begin(place.life);
  };
  const isRunning = ({ life }: Place): boolean => life?.isRunning() === true;
  const isGone = ({ life }: Place): boolean => life === null || life.isDead();
  const isStopped = (place: Place): boolean => !isRunning(place) && !isGone(place);

  const oneOf = (able: (place: Place) => boolean, what: string, go: (place: Place) => void): Choice | null => {
    const found = all.filter(able);
    const place = found[scheduler.random.integer(found.length)];
    return place === undefined ? null : { what: `${place.name} ${what}`, go: () => go(place) };
  };

  for (const place of all) start(place);

  return {
    followers,
    killOne: () =>
      oneOf(
        (place) => !isGone(place),
        'is killed',
        ({ life }) => life?.kill(),
      ),
    stopOne: () => oneOf(isRunning, 'stands still', ({ life }) => life?.stop()),
    goOnOne: () => oneOf(isStopped, 'goes on', ({ life }) => life?.goOn()),
    startOne: () => oneOf(isGone, 'is started', start),
    killProjectors() {
      for (const { life } of projectors) {
        life?.kill();
        if (life !== null) for (const one of scheduler.of(life)) scheduler.remove(one);
      }
    },
    projectors: () => projectors.flatMap(({ life }) => (life === null ? [] : [life])),
    startAll() {
      for (const place of all) {
        if (isGone(place)) start(place);
        else place.life?.goOn();
      }
    },
  };
};
