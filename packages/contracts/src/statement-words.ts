import { z } from 'zod';

import { choiceSchema } from './choice.ts';

/** The words of a record of words and their meanings, as the types have them. */
const wordsIn = <Word extends string>(meanings: Readonly<Record<Word, string>>): Word[] =>
  Object.keys(meanings) as Word[];

/** For descriptions. */
const listed = (meanings: Readonly<Record<string, string>>): string =>
  Object.entries(meanings)
    .map(([word, meaning]) => `\`${word}\`: ${meaning}.`)
    .join('\n');

const directions = {
  support: 'is for what the proposition says',
  oppose: 'is against it',
  neutral: 'says that he takes no side, or abstains from a vote',
  mixed: 'is for it and against it in one breath',
  unclear: 'speaks of it, but the words do not tell which; weighs nothing',
} as const;

export const directionSchema = z.enum(wordsIn(directions)).meta({
  id: 'Direction',
  description: `Where the holder stands. Silence, "no comment" and absence are never a direction.\n${listed(directions)}`,
});

const acts = {
  assert: 'states the stance',
  reaffirm: 'says that it is what it was',
  deny: 'contradicts a claim about the stance; `direction` is what is held, not what is denied',
  pledge: 'promises to act on it',
  decline: 'was asked and does not say ("no comment"): weighs nothing, with the direction `unclear`',
  endorse: "agrees with another one's stance, which `endorses` names; without a direction of its own",
  reject: "disagrees with another one's stance, which `endorses` names; without a direction of its own",
  disown: 'takes back what was said for the holder, which `disowns` names; without a direction of its own',
  vote: 'a vote: yes is `support`, no is `oppose`, an abstention is `neutral`; with the part `record` it weighs 1 and decides its day',
} as const;

export const actSchema = z.enum(wordsIn(acts)).meta({
  id: 'Act',
  description:
    'What was done by saying it; `assert` where absent. The first four weigh the same, and are told apart for ' +
    `readers.\n${listed(acts)}`,
});

const authorities = {
  self: "the holder's own words, quoted or reported; the default",
  spokesperson: 'somebody who speaks for the holder by office: `speaker`',
  attributed: 'somebody else tells it of the holder, by name; the default where another `speaker` is given',
  'unnamed-source': 'somebody tells it who is not named ("officials say")',
  inferred: 'nobody said so: the coder or the writer concluded it from something else',
} as const;

export const authoritySchema = z.enum(wordsIn(authorities)).meta({
  id: 'Authority',
  description: `With what standing the words were said for the holder.\n${listed(authorities)}`,
});

const parts = {
  headline: 'the title',
  lead: 'the opening paragraph',
  body: 'the running text',
  caption: 'what stands under a picture',
  teaser: 'what announces the document elsewhere',
  record: 'an official record: roll call, minutes, transcript',
} as const;

export const partSchema = z.enum(wordsIn(parts)).meta({
  description:
    'Where in the document it stands. A headline, caption or teaser is another account of what the running text says ' +
    `of the same holder and proposition.\n${listed(parts)}`,
});

const directnesses = {
  direct: "the speaker's words, in quotation marks",
  indirect: 'reported speech ("he said that ...")',
  paraphrase: "the writer's words for the gist of it",
} as const;

export const directnessSchema = choiceSchema(wordsIn(directnesses)).meta({
  description: `Whose words \`exact\` are.\n${listed(directnesses)}`,
});
