import { describe } from 'vitest';

import { good } from './support/given.ts';
import type { WrongRequest } from './support/refusal.ts';
import { itRefuses } from './support/table.ts';

const correction = '/v1/statements/said/correction';
const retraction = '/v1/statements/said/retraction';
const reason = 'A slip.';
const actor = { name: 'Eve', kind: 'person' };
const text = 'The tax should go.';

const invalid = (
  path: string,
  rows: readonly (readonly [what: string, body: unknown, at: string, says?: string])[],
  method = 'POST',
) =>
  rows.map(([what, body, at, says]): WrongRequest => ({
    what,
    method,
    path,
    body,
    code: 'invalid-input',
    at,
    ...(says === undefined ? {} : { says }),
  }));

const corrections: readonly WrongRequest[] = [
  ...invalid(correction, [
    ['a correction of nothing', { reason }, '', 'no field'],
    ['a correction without a reason', { strength: 1 }, 'reason', 'required'],
    ['a correction for an empty reason', { reason: '', strength: 1 }, 'reason'],
    ['a correction for a reason of 2,001 characters', { reason: 'a'.repeat(2001), strength: 1 }, 'reason', '2000'],
    ['a correction of the holder', { reason, holder: 'ann' }, 'holder', 'cannot be corrected'],
    ['a correction of the proposition', { reason, proposition: 'tax' }, 'proposition', 'cannot be corrected'],
    ['a correction of the id', { reason, id: 'said' }, 'id', 'cannot be corrected'],
    ['a correction of what it replaces', { reason, replaces: 'gone' }, 'replaces', 'cannot be corrected'],
    ['a correction of a field that there is not', { reason, mood: 'grim' }, 'mood', 'unknown field'],
    ['a correction that takes the direction away', { reason, direction: null }, 'direction', 'required'],
    ['a correction that takes the only date away', { reason, saidAt: null }, 'saidAt'],
    ['a correction that takes the holder away', { reason, holder: null }, 'holder'],
    ['a correction to a date that does not exist', { reason, saidAt: '2023-02-29' }, 'saidAt', 'no such date'],
    ['a correction to half a quote', { reason, quote: { prefix: 'a' } }, 'quote.exact', 'required'],
    ['a correction in the manner of RFC 6902', [{ op: 'remove', path: '/act' }], ''],
  ]),
  {
    what: 'a correction of a statement nobody made',
    path: '/v1/statements/never/correction',
    body: { reason, strength: 1 },
    code: 'unknown-statement',
  },
  {
    what: 'a correction of a retracted statement',
    path: '/v1/statements/gone/correction',
    body: { reason, strength: 1 },
    code: 'statement-retracted',
  },
  {
    what: 'a correction to a speaker nobody knows',
    path: correction,
    body: { reason, speaker: 'eve', authority: 'attributed' },
    code: 'unknown-actor',
    at: 'speaker',
  },
  {
    what: 'a correction under an id that is none',
    path: '/v1/statements/%20/correction',
    body: { reason, strength: 1 },
    code: 'invalid-input',
    at: 'id',
  },
  {
    what: 'a correction as lines',
    path: correction,
    headers: { 'content-type': 'application/x-ndjson' },
    body: { reason, strength: 1 },
    code: 'unsupported-media-type',
  },
];

const retractions: readonly WrongRequest[] = [
  ...invalid(retraction, [
    ['a retraction without a reason', {}, 'reason', 'required'],
    ['a retraction for a reason that is a number', { reason: 1 }, 'reason'],
    ['a retraction with a control character', { reason: 'a\u0000' }, 'reason', 'control characters'],
    ['a retraction that says more', { reason, direction: 'oppose' }, 'direction', 'unknown field'],
  ]),
  {
    what: 'a retraction of a statement nobody made',
    path: '/v1/statements/toString/retraction',
    body: { reason },
    code: 'unknown-statement',
  },
  {
    what: 'a second retraction for another reason',
    path: '/v1/statements/gone/retraction',
    body: { reason },
    code: 'statement-retracted',
  },
  {
    what: 'a retraction of an older revision',
    path: retraction,
    headers: { 'if-match': '"7"' },
    body: { reason },
    code: 'revision-mismatch',
    says: 'revision 0, not 7',
  },
  ...['W/"0"', '*', '0', '"x"', '"-1"', '"0", "1"', '"99999999999999999999"', '""'].map((tag): WrongRequest => ({
    what: `If-Match: ${tag}`,
    path: retraction,
    headers: { 'if-match': tag },
    body: { reason },
    code: 'invalid-input',
    at: 'if-match',
    says: 'revision in double quotes',
  })),
];

const actors: readonly WrongRequest[] = [
  ...invalid(
    '/v1/actors/eve',
    [
      ['an actor without a kind', { name: 'Eve' }, 'kind', 'required'],
      ['an actor of a kind that there is not', { ...actor, kind: 'robot' }, 'kind'],
      ['an actor with an empty name', { ...actor, name: '' }, 'name'],
      ['a name with half of a surrogate pair', { ...actor, name: '\udfff' }, 'name', 'surrogates'],
      ['a name of 501 characters', { ...actor, name: 'é'.repeat(501) }, 'name', '500'],
      [
        'an alias that ends before it begins',
        { ...actor, aliases: [{ name: 'E', from: '2020', to: '2019' }] },
        'aliases[0].to',
      ],
      [
        'an alias from a date that does not exist',
        { ...actor, aliases: [{ name: 'E', from: '2020-02-30' }] },
        'aliases[0].from',
      ],
      ['201 aliases', { ...actor, aliases: Array.from({ length: 201 }, () => ({ name: 'E' })) }, 'aliases', '200'],
      ['identifiers in a list', { ...actor, identifiers: ['Q1'] }, 'identifiers'],
      ['an identifier that is a number', { ...actor, identifiers: { wikidata: 1 } }, 'identifiers.wikidata'],
      [
        'an identifier under a name that is none',
        { ...actor, identifiers: { 'wiki data': 'Q1' } },
        'identifiers.wiki data',
      ],
      [
        'an identifier under __proto__',
        '{"name":"Eve","kind":"person","identifiers":{"__proto__":"Q1"}}',
        'identifiers.__proto__',
        'not allowed',
      ],
      ['the id of an actor in the body', { ...actor, id: 'eve' }, 'id', 'unknown field'],
    ],
    'PUT',
  ),
  ...invalid('/v1/actors/ann/aliases', [
    ['an alias without a name', {}, 'name', 'required'],
    ['an alias that ends before it begins, added later', { name: 'A', from: '2020', to: '2019' }, 'to', 'before'],
  ]),
  {
    what: 'an alias of nobody',
    path: '/v1/actors/nobody/aliases',
    body: { name: 'Nobody' },
    code: 'unknown-actor',
  },
  {
    what: 'an actor under an id that is none',
    method: 'PUT',
    path: '/v1/actors/__proto__',
    body: actor,
    code: 'invalid-input',
    at: 'id',
  },
  {
    what: 'an actor of more than 64 KiB',
    method: 'PUT',
    path: '/v1/actors/eve',
    body: { ...actor, description: 'a'.repeat(64 * 1024) },
    code: 'too-large',
    says: '65536',
  },
];

const propositions: readonly WrongRequest[] = [
  ...invalid(
    '/v1/propositions/new',
    [
      ['a proposition without a text', {}, 'text', 'required'],
      ['a proposition on two lines', { text: 'a\nb' }, 'text', 'control characters'],
      ['a proposition of 2,001 characters', { text: 'a'.repeat(2001) }, 'text', '2000'],
      ['a topic that is no id', { text, topics: ['a', ''] }, 'topics[1]'],
      ['a language that is none', { text, language: 'english_GB' }, 'language', 'BCP 47'],
    ],
    'PUT',
  ),
  ...invalid('/v1/propositions/tax/revisions', [
    ['a revision without a text', { reason }, 'text', 'required'],
    ['a revision of the topics', { text, topics: [] }, 'topics', 'unknown field'],
  ]),
  {
    what: 'a revision of no proposition',
    path: '/v1/propositions/nothing/revisions',
    body: { text },
    code: 'unknown-proposition',
  },
];

const retracted: readonly WrongRequest[] = [
  {
    what: 'other words under the id of a retracted statement',
    path: '/v1/statements',
    body: { ...good, id: 'gone', direction: 'oppose' },
    code: 'statement-conflict',
  },
];

describe('what is said of the record', () => {
  itRefuses([...corrections, ...retractions, ...actors, ...propositions, ...retracted]);
});
