import type { InputIssue } from '@stance/contracts';

import { caseFrom } from './case.ts';
import type { CaseStep, WrittenCase } from './case.ts';
import { learn, nothingKnown } from './known.ts';

type Named = Readonly<Record<string, string | undefined>>;

/** The actors that a step names, by the field that names them. */
const actorsIn = (step: CaseStep): Named => {
  if ('statement' in step) {
    const links = (step.reportedBy ?? []).map(({ actor }, index) => [`reportedBy[${index}].actor`, actor]);
    const { holder, speaker, endorses } = step;
    return { holder, speaker, 'endorses.holder': endorses?.holder, ...(Object.fromEntries(links) as Named) };
  }
  if ('alias' in step) return { alias: step.alias };
  if ('merge' in step) return { merge: step.merge, into: step.into };
  if ('unmerge' in step) return { unmerge: step.unmerge };
  if ('membership' in step) return { membership: step.membership, group: step.group, onBehalfOf: step.onBehalfOf };
  return {};
};

const propositionsIn = (step: CaseStep): Named => {
  if ('statement' in step) {
    return { proposition: step.proposition, 'endorses.proposition': step.endorses?.proposition };
  }
  if ('revise' in step) return { revise: step.revise };
  if ('relation' in step) return { relation: step.relation, to: step.to };
  return {};
};

const answerFields = {
  name: ['actors', 'heldBy'],
  stance: ['stance', 'changes', 'segments', 'contested', 'statements', 'saysAndDoes'],
} as const;

/** What is wrong with a case whose single fields are in order. */
export const checkCase = (written: WrittenCase): readonly InputIssue[] => {
  const { actors, propositions, given, asked } = caseFrom('', written);
  const issues: InputIssue[] = [];
  const mustBeListed = (
    within: string,
    named: Named,
    list: Readonly<Record<string, unknown>>,
    listName: string,
  ): void => {
    for (const [path, id] of Object.entries(named)) {
      if (id !== undefined && !Object.hasOwn(list, id)) {
        issues.push({ path: `${within}.${path}`, message: `"${id}" is not among the ${listName}` });
      }
    }
  };
  const known = nothingKnown();
  let day = '';
  for (const [index, step] of given.entries()) {
    const within = `given[${index}]`;
    if (step.recorded < day) {
      issues.push({ path: `${within}.recorded`, message: `is before ${day}, when the step above was recorded` });
    }
    day = step.recorded;
    mustBeListed(within, actorsIn(step), actors, 'actors');
    mustBeListed(within, propositionsIn(step), propositions, 'propositions');
    for (const { path, message } of learn(known, step)) issues.push({ path: `${within}.${path}`, message });
  }
  for (const [index, { name, holder, proposition, expected }] of asked.entries()) {
    const within = `asked[${index}]`;
    mustBeListed(within, { holder }, actors, 'actors');
    mustBeListed(within, { proposition }, propositions, 'propositions');
    const fields: readonly string[] = name === undefined ? answerFields.stance : answerFields.name;
    const given = Object.keys(expected);
    if (given.length === 0) {
      issues.push({ path: within, message: `must say what is answered: one of ${fields.join(', ')}` });
    }
    for (const field of given) {
      if (!fields.includes(field)) {
        issues.push({
          path: `${within}.${field}`,
          message: `does not answer a question for a ${name === undefined ? 'stance' : 'name'}`,
        });
      }
    }
  }
  return issues;
};
