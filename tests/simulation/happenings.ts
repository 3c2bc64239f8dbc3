import type { Life } from './life.ts';
import type { Population } from './processes/population.ts';
import type { Choice, Happening } from './scheduler.ts';
import type { World } from './world.ts';

/** What happens from outside, and how often beside each other. */
export const happeningsOf = (world: World, population: Population): Happening[] => {
  const { scheduler, plan, distribution, files, group, feedSessions } = world;
  const { random } = scheduler;
  const { topic } = distribution;
  let losses = 0;

  const always = (what: string, go: () => void) => (): Choice => ({ what, go });
  const partition = (): number => random.integer(plan.partitions);

  const loseReadModel = (): Choice | null =>
    plan.losesReadModel && losses < 3
      ? {
          what: 'the read model is lost, and made anew',
          go() {
            losses += 1;
            population.killProjectors();
            files.emptyReadModel(`generation-${String(world.seed)}-${String(losses)}`);
          },
        }
      : null;

  const loseFeed = (): Choice | null =>
    plan.losesFeed && losses < 3
      ? {
          what: 'the feed is lost, and begun anew',
          go() {
            losses += 1;
            population.killProjectors();
            files.emptyFeed(`epoch-${String(world.seed)}-${String(losses)}`);
          },
        }
      : null;

  /**
   * A projector stands still while it writes, and another one takes over: it comes back as a zombie, and what it had under
   * way comes late.
   */
  const takeOverFrom = (writing: string) => (): Choice | null => {
    const isWriting = (life: Life): boolean =>
      scheduler.of(life).some(({ kind, what }) => kind === 'effect' && what.includes(writing));
    const life = population.projectors().find((one) => one.isRunning() && isWriting(one));
    if (life === undefined) return null;
    return {
      what: `${life.name} stands still, and another one takes over`,
      async go() {
        life.stop();
        scheduler.holdUp(life, random.integer(20_000));
        await feedSessions.cut()?.go();
        await group.rebalance()?.go();
      },
    };
  };

  return [
    { weight: 20, ready: population.startOne },
    { weight: 10, ready: population.killOne },
    { weight: 10, ready: population.stopOne },
    { weight: 12, ready: population.goOnOne },
    { weight: 10, ready: group.rebalance },
    { weight: 6, ready: group.tellZombie },
    { weight: 20, ready: takeOverFrom('commit') },
    { weight: 60, ready: takeOverFrom('publish') },
    { weight: 6, ready: feedSessions.cut },
    { weight: 4, ready: always('time jumps', () => scheduler.jump(random.integer(30_000))) },
    { weight: 4, ready: always('clocks are put forward and back', world.shiftClocks) },
    {
      weight: 4,
      ready: always('an offset is reset', () => {
        const at = partition();
        const { first, end } = topic.bounds(at);
        world.setOffset(at, random.pick([null, end, first + BigInt(random.integer(20))]));
      }),
    },
    {
      weight: 2,
      ready: always('old records go', () => {
        const at = partition();
        const { first, end } = topic.bounds(at);
        const before = first + BigInt(random.integer(12));
        topic.truncate(at, before < end ? before : end);
      }),
    },
    {
      weight: 1,
      ready: always('a record of somebody else comes in', () => {
        topic.append(partition(), [{ kind: 'unreadable', reason: 'it is none of ours' }]);
      }),
    },
    { weight: 1, ready: always('the topic is made anew', topic.recreate) },
    { weight: 6, ready: loseReadModel },
    { weight: 3, ready: loseFeed },
  ];
};
