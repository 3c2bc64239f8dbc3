import type { ClientError } from '@stance/client';
import type { InputIssue, ProblemDocument } from '@stance/contracts';

import { issueLines } from './terminal/issue-lines.ts';
import { oneLine } from './terminal/text.ts';

const findActor = '`stance actors -q NAME` finds the id of an actor by any of its names.';
const findProposition = '`stance propositions -q WORDS` finds the id of a proposition by its words.';
const findTopic = '`stance topics` lists the topics, `stance topics -q NAME` finds one by any of its names.';
const findStatement = '`stance history HOLDER PROPOSITION` ends each statement with its id.';

/** What helps with this command where the service answers with a problem of this code. */
const codeHints: Readonly<Record<string, string>> = {
  unauthorized: 'Give a token with --token, or in STANCE_TOKEN.',
  'unknown-actor': findActor,
  'unknown-proposition': findProposition,
  'unknown-topic': findTopic,
  'unknown-statement': findStatement,
  'not-parked': '`stance parked list` tells what is parked.',
};

/** What helps where something that is no id was given for one. */
const idHints: Readonly<Record<string, string>> = {
  holder: findActor,
  holders: findActor,
  proposition: findProposition,
  topic: findTopic,
};

const noId = 'must be an id: letters, digits and . _ : ~ -, without blanks';

const isNoId = ({ message }: InputIssue): boolean => message.startsWith('must match [A-Za-z0-9]');

/** `knownAt` and `kind[0]` as the command calls them. */
const optionName = (path: string): string =>
  path.replace(/\[\d+\]$/, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What a command gave in the path or the query; a body is told of as its schema has it. */
const isOfOptions = ({ code, issues }: ClientError, problem: ProblemDocument): boolean =>
  code === 'invalid-input' && issues.length > 0 && /^The (?:query string|path) is not valid/.test(problem.detail);

const hintOf = ({ code, issues }: ClientError): string | undefined => {
  const issue = issues.find(isNoId);
  return codeHints[code] ?? (issue === undefined ? undefined : idHints[optionName(issue.path)]);
};

/** A problem that the service answered with, for people: what is wrong, where, and what to do. */
export const problemText = (error: ClientError, problem: ProblemDocument): string[] => {
  const { issues } = error;
  const lines = [`error: ${problem.title} (${error.code})`];
  if (isOfOptions(error, problem)) {
    lines.push(
      ...issues.map((issue) => `  ${optionName(issue.path)}: ${isNoId(issue) ? noId : oneLine(issue.message)}`),
    );
  } else {
    if (problem.detail !== problem.title) lines.push(`  ${oneLine(problem.detail)}`);
    lines.push(...issueLines(problem.detail, issues));
  }
  const hint = hintOf(error);
  return hint === undefined ? lines : [...lines, `  ${hint}`];
};
