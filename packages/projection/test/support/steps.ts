import type { StatementContent } from '@stance/contracts';
import fc from 'fast-check';

import type { RecordedLog } from './recorded-log.ts';
import { statementArbitrary } from './statements.ts';

/** Something that happens to the log; what makes no sense when its turn comes is left out. */
export type Step =
  | { readonly kind: 'make'; readonly content: StatementContent; readonly replaces: number | null }
  | { readonly kind: 'correct'; readonly which: number; readonly content: StatementContent }
  | { readonly kind: 'retract'; readonly which: number }
  | { readonly kind: 'actor'; readonly id: string; readonly name: string; readonly alias: boolean }
  | { readonly kind: 'proposition'; readonly id: string; readonly text: string; readonly topics: readonly string[] }
  | { readonly kind: 'merge'; readonly actor: string; readonly into: string }
  | { readonly kind: 'unmerge'; readonly actor: string }
  | { readonly kind: 'membership'; readonly actor: string; readonly group: string; readonly to: string | undefined }
  | { readonly kind: 'relation'; readonly from: string; readonly to: string }
  | { readonly kind: 'topic'; readonly id: string; readonly name: string }
  | { readonly kind: 'poison'; readonly which: number; readonly content: StatementContent };

const which = fc.nat(20);
const someone = fc.constantFrom('ann', 'bob', 'cem', 'dee');

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('make' as const),
      content: statementArbitrary,
      replaces: fc.option(which, { freq: 8 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('correct' as const), which, content: statementArbitrary }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retract' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('actor' as const),
      id: fc.constantFrom('ann', 'bob', 'cem'),
      name: fc.constantFrom('Ann Élan', 'Bob', 'Çem Öz'),
      alias: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('proposition' as const),
      id: fc.constantFrom('p1', 'p2'),
      text: fc.constantFrom('Trainers should be sent', 'Tanks should be sent'),
      topics: fc.subarray(['war', 'tanks', 'war']),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), actor: someone, into: someone }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unmerge' as const), actor: someone }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('membership' as const),
      actor: someone,
      group: fc.constantFrom('ann', 'party'),
      to: fc.constantFrom(undefined, '2020'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('relation' as const),
      from: fc.constantFrom('p1', 'p2', 'p3'),
      to: fc.constantFrom('p1', 'p2', 'p3'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('topic' as const),
      id: fc.constantFrom('war', 'tanks'),
      name: fc.constantFrom('War', 'Tanks'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('poison' as const), which, content: statementArbitrary }) },
);

export const stepsArbitrary = fc.array(stepArbitrary, { minLength: 1, maxLength: 40 });

/** Poison keeps a stream from going on wherever it arrives. */
export const stepsWithoutPoison = stepsArbitrary.map((all) => all.filter(({ kind }) => kind !== 'poison'));

/** Writes the steps to a log. Statements get the ids `s0`, `s1`, ...; a replaced one may come later, or never. */
export const record = async (log: RecordedLog, steps: readonly Step[]): Promise<number> => {
  const made: { content: StatementContent; retracted: boolean }[] = [];
  const actors = new Set<string>();
  const propositions = new Set<string>();
  for (const step of steps) {
    const last = 'which' in step ? made[step.which] : undefined;
    if (step.kind === 'make') {
      const id = `s${String(made.length)}`;
      const replaces = step.replaces === null ? {} : { replaces: `s${String(step.replaces)}` };
      made.push({ content: { ...step.content, ...replaces }, retracted: false });
      await log.made(id, { ...step.content, ...replaces });
    } else if (step.kind === 'actor') {
      const stream = `actor-${step.id}`;
      if (!actors.has(step.id))
        await log.append(stream, 'ActorRegistered', { actorId: step.id, name: step.name, inPassing: false });
      else if (step.alias)
        await log.append(stream, 'ActorAliasAdded', { actorId: step.id, alias: { name: step.name, from: '2020' } });
      else await log.append(stream, 'ActorRevised', { actorId: step.id, name: step.name, aliases: [{ name: 'X' }] });
      actors.add(step.id);
    } else if (step.kind === 'proposition') {
      const { id, text, topics } = step;
      const stream = `proposition-${id}`;
      const wording = { propositionId: id, text, topics: [...topics] };
      if (propositions.has(id)) await log.append(stream, 'PropositionRevised', wording);
      else await log.append(stream, 'PropositionDefined', { ...wording, inPassing: false });
      propositions.add(id);
    } else if (step.kind === 'merge') {
      // One that leads back would park the registry.
      if (step.actor < step.into) await log.registry('ActorMerged', { actorId: step.actor, into: step.into });
    } else if (step.kind === 'unmerge') {
      await log.registry('ActorUnmerged', { actorId: step.actor });
    } else if (step.kind === 'membership') {
      const { actor, group, to } = step;
      await log.registry('MembershipRecorded', { actorId: actor, group, from: '2015', ...(to && { to }) });
    } else if (step.kind === 'relation') {
      await log.registry('PropositionRelated', { from: step.from, type: 'entails', to: step.to });
    } else if (step.kind === 'topic') {
      await log.registry('TopicDefined', { topicId: step.id, name: step.name });
    } else if (step.kind === 'poison' && last === undefined) {
      // The first of its stream, and it would have replaced one that may come later.
      const statement = { ...step.content, replaces: `s${String(step.which)}` };
      const stream = `statement-lost${String(step.which)}`;
      await log.appendRaw(stream, { type: 'StatementMade', schemaVersion: 7, data: JSON.stringify({ statement }) });
    } else if (last !== undefined && !last.retracted) {
      const id = `s${String(step.which)}`;
      const { holder, proposition, replaces } = last.content;
      if (step.kind === 'retract') {
        last.retracted = true;
        await log.retracted(id, last.content);
      } else if (step.kind === 'correct') {
        const kept = replaces === undefined ? {} : { replaces };
        await log.corrected(id, { ...step.content, holder, proposition, ...kept });
      } else {
        const data = JSON.stringify({ holder, proposition, statement: step.content });
        await log.appendRaw(`statement-${id}`, { type: 'StatementMade', schemaVersion: 7, data });
      }
    }
  }
  return log.store.head();
};
