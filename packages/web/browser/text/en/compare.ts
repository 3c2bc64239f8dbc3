import { countInWords } from '../weights.ts';

/** What the view `compare` says. */
export const compare = {
  title: 'Who agrees with whom',
  intro: 'Choose holders, and a topic or a proposition on which they are compared.',
  holders: 'Add a holder',
  chosen: 'Holders',
  topic: 'On a topic',
  proposition: 'Or on a proposition',
  need: {
    title: 'More has to be chosen first',
    subject: 'Choose a topic or a proposition.',
    holders: 'On a topic the holders have to be named: add two or more.',
    both: 'The address names a topic and a proposition: remove one of them.',
  },
  tooLarge: {
    title: 'That is too much to be compared at a time',
    holders: (given: number, most: number) =>
      `${countInWords(given)} holders are named; at most ${countInWords(most)} can be. Remove some.`,
    stances: (holders: number, propositions: number, most: number) =>
      `${countInWords(holders)} holders on ${countInWords(propositions)} propositions are more than ${countInWords(most)} stances. Remove some holders, or choose a narrower topic.`,
    choose: 'Compare some of them',
    help: 'Name fewer holders, or choose a narrower topic or a single proposition.',
  },
  onTopic: (topic: string) => `On the topic “${topic}”:`,
  scope: (holders: number, propositions: number, day: string) =>
    `${holders === 1 ? 'One holder' : `${countInWords(holders)} holders`}, ${
      propositions === 1
        ? 'one proposition'
        : `${countInWords(propositions)} propositions on which one of them at least has said something`
    }, by ${day}.`,
  nothing: 'None of them has said anything on it that is recorded.',
  incomplete: 'Events are parked that belong to this, so it may be incomplete.',
  agreement: {
    title: 'Agreement',
    caption:
      'How often both of two holders take the same direction, of the propositions on which both have a stance. The fuller the circle, the more they agree.',
    label: 'Agreement of each pair',
    holder: 'Holder',
    share: (percent: string, agree: number, both: number) =>
      `${percent}, ${countInWords(agree)} of ${countInWords(both)}`,
    of: (agree: number, both: number) => `${countInWords(agree)}/${countInWords(both)}`,
    none: 'no proposition in common',
    same: 'the same holder',
    one: 'One holder alone agrees with nobody: add another one.',
    large: 'With more than 50 holders pairs are not compared: name those that matter.',
  },
  standing: {
    title: 'Who stands where',
    caption: 'The stance of each holder on each proposition.',
    label: 'Stances by proposition and holder',
    proposition: 'Proposition',
    stance: 'Stance',
    since: 'Since',
    nothing: 'nothing said',
    provisional: (stance: string) => `${stance} (provisional)`,
    more: (rows: number) => `Show ${countInWords(rows)} more`,
  },
  together: {
    title: 'Who moved with whom',
    none: 'No two of them went to the same direction on the same proposition after their first stance.',
    to: (direction: string) => `to ${direction}`,
  },
} as const;
