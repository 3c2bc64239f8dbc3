import { between } from './en/between.ts';
import { choose } from './en/choose.ts';
import { compare } from './en/compare.ts';
import { history } from './en/history.ts';
import { operations } from './en/operations.ts';
import { why } from './en/why.ts';
import { countInWords } from './weights.ts';

/** All that the page says, in English. Another language is another file of this shape. */
export const english = {
  title: 'Stance tracker',
  tagline: 'Who holds what, since when, and which words show it',
  noScript: 'This page needs JavaScript. What it shows is also at /docs, as an API.',
  skip: 'Skip to content',
  pages: {
    overview: 'Latest changes',
    compare: 'Compare',
    between: 'What we learnt',
    operations: 'Operations',
    api: 'API',
  },
  loading: 'Loading…',
  more: 'Show more',
  mostShown: (most: string) => `No more than ${most} are shown here. Choose less, or ask the API for the rest.`,
  again: 'Try again',
  failed: 'The service could not answer.',
  stillShown: 'What is shown is from before.',
  early: {
    title: 'What is recorded by then is not known yet',
    help: 'A day means its end (in UTC), so the last day that can be asked for is yesterday. Leave the date empty for now.',
  },
  notFound: {
    title: 'Nothing is at this address',
    text: (path: string) => `The page has nothing at “${path}”. It may have been typed or copied wrongly.`,
    back: 'Go to the latest changes',
  },
  unknown: { actor: 'There is no such actor', proposition: 'There is no such proposition' },
  token: {
    title: 'A token is needed',
    text: 'This service tells only those who give a token with the right to read.',
    label: 'Token',
    give: 'Give it',
    refused: 'That token was refused.',
  },
  search: {
    label: 'Search actors and propositions',
    placeholder: 'A name or some words',
    actors: 'Actors',
    propositions: 'Propositions',
    none: (words: string) => `Nothing matches “${words}”.`,
    also: (names: string) => `also ${names}`,
  },
  live: {
    connecting: 'Connecting…',
    live: 'Live',
    lost: (since: string) => `Connection lost at ${since}: what you see may be out of date. Trying again…`,
    refused: (message: string) => `No live changes: ${message}`,
    past: 'Looking at the past: not live',
    new: 'new',
  },
  horizon: {
    label: 'Time travel',
    at: 'Said by',
    atHelp: 'The day whose stance is shown',
    knownAt: 'Recorded by',
    knownAtHelp: 'Only what was recorded by then counts',
    now: 'Back to now',
    shown: (at: string | null, knownAt: string | null) =>
      [at === null ? null : `said by ${at}`, knownAt === null ? null : `recorded by ${knownAt}`]
        .filter((part) => part !== null)
        .join(', '),
  },
  direction: { support: 'support', oppose: 'oppose', neutral: 'neutral', mixed: 'mixed' },
  strength: { weak: 'weakly', moderate: 'moderately', strong: 'strongly' },
  status: {
    confirmed: 'confirmed',
    provisional: 'provisional',
    withdrawn: 'withdrawn',
    insufficient: 'too little said',
  },
  kind: {
    first: 'first stance',
    reversal: 'reversal',
    softening: 'softer',
    hardening: 'harder',
    'to-neutral': 'to neutral',
    'from-neutral': 'from neutral',
    'to-mixed': 'to mixed',
    'from-mixed': 'from mixed',
  },
  overview: {
    title: 'Latest changes',
    nothingThen: 'No change had come about by then.',
    arrived: (count: string, number: number) =>
      `${count} new ${number === 1 ? 'change' : 'changes'} since you opened the page`,
    earlier: {
      title: 'New, of earlier days',
      more: (count: string) => `${count} more of earlier days came in.`,
    },
    empty: {
      title: 'Nothing is recorded yet',
      text: 'Record a statement, and what follows from it appears here.',
      how: 'How to record statements',
    },
    what: (from: string | null, to: string, isProvisional: boolean) => {
      if (from !== null) return `${from} → ${to}`;
      return isProvisional ? `may be taking a stance: ${to}` : `takes a stance: ${to}`;
    },
  },
  actor: {
    title: (name: string) => name,
    aliases: 'Also known as',
    bands: 'Stances over time',
    none: 'No stance follows from what is recorded so far.',
    merged: (id: string) => `“${id}” was found to be the same, and answers as this one.`,
    kind: {
      person: 'Person',
      office: 'Office',
      organization: 'Organization',
      country: 'Country',
      group: 'Group',
    },
  },
  proposition: {
    bands: 'Who holds what, over time',
    none: 'Nobody has a stance on it so far.',
    topics: 'Topics',
  },
  bands: {
    summary: (rows: number, from: string, to: string) =>
      `Bands of ${rows === 1 ? 'one stance' : `${countInWords(rows)} stances`} from ${from} to ${to}. Above the line: support; below it: oppose; on it: neutral; both: mixed. Hatched: provisional.`,
    since: (what: string, from: string) => `${what} since ${from}`,
    span: (what: string, from: string, to: string) => `${what} from ${from} to ${to}`,
    nothing: 'nothing confirmed',
    withdrawn: (day: string) => `a change on ${day} that came to nothing`,
    filter: 'Filter by name',
    order: 'Order',
    orders: { latest: 'Latest change first', name: 'By name', steps: 'Most changes first' },
    count: (shown: number, all: number) =>
      `${shown === all ? '' : `${countInWords(shown)} of `}${countInWords(all)} ${all === 1 ? 'row' : 'rows'}`,
    table: 'As a table',
  },
  legend: {
    title: 'What the marks mean',
    support: 'support: above the line',
    oppose: 'oppose: below the line',
    neutral: 'neutral: on the line',
    mixed: 'mixed: above and below',
    provisional: 'hatched: provisional, not confirmed yet',
    contested: 'zigzag: accounts disagree',
    implied: 'dashed outline: implied by another proposition',
    withdrawn: 'cross: a change that came to nothing',
  },
  download: {
    label: 'Download',
    svg: 'Picture (SVG)',
    png: 'Picture (PNG)',
    csv: 'Data (CSV)',
    ndjson: 'Data (NDJSON)',
    print: 'Print',
    tooLarge: 'This picture is too large to be one of points (PNG). Show less of it, or take it as one of lines (SVG).',
  },
  history,
  why,
  choose,
  between,
  compare,
  operations,
} as const;

/** The shape of a language: the same keys, with words of its own. */
type Words<Text> = Text extends string
  ? string
  : Text extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof Text]: Words<Text[Key]> };

export type Language = Words<typeof english>;
