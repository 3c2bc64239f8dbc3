import { rounds } from '../../support/rounds.ts';

/** A view of the page, as a service shows it that has the examples. */
export interface ViewAddress {
  readonly name: string;
  readonly path: string;
  /** Is there once the view is. */
  readonly shown: string;
  /** What the browser may complain of there. */
  readonly expects?: RegExp;
}

const views: readonly ViewAddress[] = [
  { name: 'a history', path: '/histories/us-government/trainers', shown: '.glance li' },
  { name: 'the latest changes', path: '/', shown: '.changes > li' },
  { name: 'what was found', path: '/?q=trainers', shown: '.found a' },
  { name: 'an actor', path: '/actors/joe-biden', shown: '.band-rows a' },
  { name: 'a proposition', path: '/propositions/trainers', shown: '.band-rows a' },
  { name: 'what we learnt', path: '/between?from=2020-01-01', shown: 'main a[href^="/histories/"]' },
  {
    name: 'a comparison',
    path: '/compare?holders=emmanuel-macron,joe-biden,us-government&topic=war-in-ukraine',
    shown: 'main table',
  },
  { name: 'the operations', path: '/operations', shown: 'main h2' },
  { name: 'the past', path: '/propositions/trainers?at=2024-06-07', shown: '.band-rows a' },
  { name: 'an address that is none', path: '/histories/nothing', shown: '[role=alert]' },
  { name: 'an unknown actor', path: '/actors/nobody', shown: '[role=alert]', expects: /404/ },
];

/** All of them with `CI=true`; for who waits, those with the most in them. */
export const someViews = views.slice(0, rounds(4, views.length));
