import fc from 'fast-check';

import type { Desk, GivenStatement } from './desk.ts';

const holders = ['ann', 'bob', 'cem'];
const propositions = ['tax', 'war'];
const ids = Array.from({ length: 12 }, (_, index) => `s${String(index)}`);

/** One thing that happens to the record; what is not possible at the time does not happen. */
export interface Happening {
  readonly kind: 'state' | 'correct' | 'retract' | 'alias' | 'revise' | 'late-actor' | 'merge' | 'unmerge' | 'relate';
  readonly id: string;
  readonly holder: string;
  /** Whose stance is endorsed or rejected, and whom a merge is into. */
  readonly other: string;
  readonly proposition: string;
  readonly act: 'assert' | 'endorse' | 'reject' | 'disown';
  readonly direction: 'support' | 'oppose' | 'neutral' | 'mixed' | 'unclear';
  readonly authority: 'self' | 'spokesperson' | 'attributed' | 'unnamed-source';
  readonly saidAt: string;
  readonly strength: number | null;
  readonly publisher: string | null;
  readonly condition: string | null;
  readonly replaces: string | null;
}

const saidAt = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 28 }).map((day) => `2024-02-${String(day).padStart(2, '0')}`) },
  { weight: 1, arbitrary: fc.constantFrom('2024-02', '2024-01', '2024-02-03/2024-02-09') },
);

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.oneof(
    { weight: 10, arbitrary: fc.constant('state' as const) },
    { weight: 4, arbitrary: fc.constantFrom('correct' as const, 'retract' as const) },
    { weight: 2, arbitrary: fc.constantFrom('merge' as const, 'unmerge' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('alias' as const, 'revise' as const, 'late-actor' as const, 'relate' as const),
    },
  ),
  id: fc.constantFrom(...ids),
  holder: fc.constantFrom(...holders),
  other: fc.constantFrom(...holders),
  proposition: fc.constantFrom(...propositions),
  act: fc.oneof(
    { weight: 5, arbitrary: fc.constant('assert' as const) },
    { weight: 4, arbitrary: fc.constantFrom('endorse' as const, 'reject' as const, 'disown' as const) },
  ),
  direction: fc.constantFrom('support', 'oppose', 'neutral', 'mixed', 'unclear'),
  authority: fc.constantFrom('self', 'spokesperson', 'attributed', 'unnamed-source'),
  saidAt,
  strength: fc.option(fc.constantFrom(0.2, 0.5, 0.9)),
  publisher: fc.option(fc.constantFrom('A', 'B')),
  condition: fc.option(fc.constantFrom('if asked', 'if paid'), { freq: 6 }),
  replaces: fc.option(fc.constantFrom(...ids), { freq: 4 }),
});

export const happenings = fc.array(happening, { minLength: 1, maxLength: 25 });

const pointing = (of: Happening): Partial<GivenStatement> => {
  if (of.act === 'assert') return { direction: of.direction };
  if (of.act === 'disown')
    return { act: 'disown', direction: undefined, disowns: { utteranceId: `u-${of.direction}` } };
  return { act: of.act, direction: undefined, endorses: { holder: of.other } };
};

const statementOf = (of: Happening): GivenStatement => ({
  holder: of.holder,
  proposition: of.proposition,
  authority: of.authority,
  saidAt: of.saidAt,
  quote: { exact: `${of.direction} ${of.saidAt}`, directness: 'indirect' },
  ...pointing(of),
  // Some utterances have a name, so that they can be taken back.
  ...(of.act === 'assert' && of.strength === null ? { utteranceId: `u-${of.direction}` } : {}),
  ...(of.strength === null ? {} : { strength: of.strength }),
  ...(of.publisher === null ? {} : { source: { publisher: of.publisher } }),
  ...(of.condition === null ? {} : { condition: of.condition }),
});

/** A desk that knows the holders and propositions; what happens after what happened there before, happens as far as it can. */
export const openPlay = async (desk: Desk): Promise<(all: readonly Happening[]) => Promise<void>> => {
  for (const holder of holders) await desk.actor(holder);
  for (const proposition of propositions) await desk.proposition(proposition);
  const alive = new Map<string, Happening>();
  const made = new Set<string>();

  const happen = async (of: Happening): Promise<void> => {
    const current = alive.get(of.id);
    if (of.kind === 'state' && !made.has(of.id)) {
      const replaces = of.replaces === null || of.replaces === of.id ? {} : { replaces: of.replaces };
      await desk.state(of.id, { ...statementOf(of), ...replaces });
      alive.set(of.id, of);
      made.add(of.id);
    } else if (of.kind === 'correct' && current !== undefined) {
      await desk.correct(of.id, statementOf({ ...of, holder: current.holder, proposition: current.proposition }));
    } else if (of.kind === 'retract' && current !== undefined) {
      await desk.retract(of.id, statementOf(current));
      alive.delete(of.id);
    } else if (of.kind === 'alias') await desk.alias(of.holder, `alias ${of.id}`);
    else if (of.kind === 'revise') await desk.revise(of.proposition, `wording ${of.id}`);
    else if (of.kind === 'merge') {
      // One that leads back would be refused.
      if (of.holder < of.other) await desk.registry('ActorMerged', { actorId: of.holder, into: of.other });
    } else if (of.kind === 'unmerge') await desk.registry('ActorUnmerged', { actorId: of.holder });
    else if (of.kind === 'relate') {
      await desk.registry('PropositionRelated', { from: 'war', type: 'entails', to: 'tax' });
    } else if (of.kind === 'late-actor' && !made.has(`late-${of.id}`)) {
      await desk.actor(`late-${of.id}`);
      made.add(`late-${of.id}`);
    }
  };

  return async (all) => {
    for (const of of all) {
      desk.pass(1);
      await happen(of);
    }
  };
};
