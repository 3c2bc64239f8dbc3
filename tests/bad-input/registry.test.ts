import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { expectUnharmed } from './support/aftermath.ts';
import { exchange } from './support/exchange.ts';
import { recordedEvents, recordGood } from './support/given.ts';
import { expectRefusal } from './support/refusal.ts';
import type { WrongRequest } from './support/refusal.ts';
import { startService } from './support/service.ts';
import type { Service } from './support/service.ts';

/** What stands in the registry: bob answers as ann, ann belongs to the party, which belongs to the union. */
const given = [
  { method: 'PUT', path: '/v1/actors/bob', body: { name: 'Bob', kind: 'person' } },
  { method: 'PUT', path: '/v1/actors/party', body: { name: 'Party', kind: 'organization' } },
  { method: 'PUT', path: '/v1/actors/union', body: { name: 'Union', kind: 'group' } },
  { method: 'PUT', path: '/v1/propositions/cut', body: { text: 'The tax should be cut.' } },
  { method: 'PUT', path: '/v1/propositions/keep', body: { text: 'The tax should be kept.' } },
  { path: '/v1/actors/bob/merge', body: { into: 'ann' } },
  { path: '/v1/actors/ann/memberships', body: { group: 'party', from: '2010' } },
  { path: '/v1/actors/party/memberships', body: { group: 'union', to: '2020' } },
  { path: '/v1/propositions/tax/relations', body: { type: 'entails', to: 'cut' } },
  { path: '/v1/propositions/cut/relations', body: { type: 'contradicts', to: 'keep' } },
  { path: '/v1/propositions/tax/relations', body: { type: 'narrows', to: 'cut' } },
  { method: 'PUT', path: '/v1/topics/money', body: { name: 'Money' } },
  { method: 'PUT', path: '/v1/topics/taxes', body: { name: 'Taxes', parent: 'money' } },
];

const recordGiven = async ({ port }: Service): Promise<void> => {
  for (const call of given) {
    const { status, text } = await exchange(port, call);
    expect(status, text).toBeLessThan(300);
  }
};

const rows = (
  path: string,
  method: string,
  list: readonly (readonly [what: string, code: WrongRequest['code'], body: unknown, at: string, says?: string])[],
): WrongRequest[] =>
  list.map(([what, code, body, at, says]) => ({
    what,
    method,
    path,
    code,
    body,
    at,
    ...(says === undefined ? {} : { says }),
  }));

const wrong: readonly WrongRequest[] = [
  ...rows('/v1/actors/ann/merge', 'POST', [
    ['a merge into nothing', 'invalid-input', {}, 'into', 'required'],
    ['a merge into an id that is none', 'invalid-input', { into: '' }, 'into'],
    ['a merge that says more', 'invalid-input', { into: 'bob', at: '2020' }, 'at', 'unknown field'],
    ['a merge for an empty reason', 'invalid-input', { into: 'bob', reason: '' }, 'reason'],
    ['a merge into nobody', 'unknown-actor', { into: 'constructor' }, 'into', '"constructor"'],
    ['a merge into itself', 'merge-cycle', { into: 'ann' }, 'into'],
    ['a merge into one that answers as it', 'merge-cycle', { into: 'bob' }, 'into', 'answers as "ann"'],
  ]),
  ...rows('/v1/actors/bob/merge', 'POST', [
    ['a second merge elsewhere', 'already-merged', { into: 'party' }, 'id', '"ann"'],
  ]),
  ...rows('/v1/actors/nobody/merge', 'POST', [['a merge of nobody', 'unknown-actor', { into: 'ann' }, 'id']]),
  ...rows('/v1/actors/ann/unmerge', 'POST', [
    ['an unmerge of what is not merged', 'not-merged', {}, 'id'],
    ['an unmerge for a reason in a list', 'invalid-input', { reason: ['x'] }, 'reason'],
  ]),
  ...rows('/v1/actors/ann/memberships', 'POST', [
    ['a membership of nothing', 'invalid-input', {}, 'group', 'required'],
    ['a window that ends before it starts', 'invalid-input', { group: 'union', from: '2020', to: '2019' }, 'to'],
    ['a window of a date that does not exist', 'invalid-input', { group: 'union', from: '2023-02-29' }, 'from'],
    ['a role on two lines', 'invalid-input', { group: 'union', role: 'a\nb' }, 'role', 'control characters'],
    ['a membership in a group of nobody', 'unknown-actor', { group: 'nobody' }, 'group'],
    ['a membership on behalf of nobody', 'unknown-actor', { group: 'union', onBehalfOf: 'nobody' }, 'onBehalfOf'],
    ['a membership in itself', 'membership-cycle', { group: 'ann' }, 'group', 'ann → ann'],
  ]),
  ...rows('/v1/actors/union/memberships', 'POST', [
    [
      'a circle of memberships',
      'membership-cycle',
      { group: 'ann', to: '2015' },
      'group',
      'union → ann → party → union',
    ],
  ]),
  ...rows('/v1/propositions/tax/relations', 'POST', [
    ['a relation without a type', 'invalid-input', { to: 'cut' }, 'type', 'required'],
    ['a relation that there is not', 'invalid-input', { type: 'implies', to: 'cut' }, 'type'],
    ['a relation to no proposition', 'unknown-proposition', { type: 'entails', to: 'ann' }, 'to'],
    ['a relation to itself', 'relation-cycle', { type: 'contradicts', to: 'tax' }, 'to'],
    ['a contradiction of what it entails', 'relation-conflict', { type: 'contradicts', to: 'cut' }, 'type', 'entails'],
  ]),
  ...rows('/v1/propositions/keep/relations', 'POST', [
    [
      'an entailment of what contradicts it',
      'relation-conflict',
      { type: 'entails', to: 'cut' },
      'type',
      'contradicts',
    ],
  ]),
  ...rows('/v1/propositions/cut/relations', 'POST', [
    ['a circle of what narrows', 'relation-cycle', { type: 'narrows', to: 'tax' }, 'to', 'cut → tax → cut'],
    ['a contradiction of what entails it', 'relation-conflict', { type: 'contradicts', to: 'tax' }, 'type', 'entails'],
  ]),
  ...rows('/v1/topics/money', 'PUT', [
    ['a topic without a name', 'invalid-input', {}, 'name', 'required'],
    ['an alias of a topic that is no text', 'invalid-input', { name: 'M', aliases: [{ name: 'x' }] }, 'aliases[0]'],
    ['a topic under none that there is', 'unknown-topic', { name: 'Money', parent: 'nothing' }, 'parent'],
    ['a topic under itself', 'topic-cycle', { name: 'Money', parent: 'money' }, 'parent'],
    ['a circle of topics', 'topic-cycle', { name: 'Money', parent: 'taxes' }, 'parent', 'money → taxes → money'],
  ]),
  ...rows('/v1/actors/ann/aliases', 'POST', [
    ['evidence of 2,001 characters', 'invalid-input', { name: 'A', evidence: 'a'.repeat(2001) }, 'evidence', '2000'],
    ['empty evidence', 'invalid-input', { name: 'A', evidence: '' }, 'evidence'],
  ]),
  ...rows('/v1/actors/__proto__/merge', 'POST', [
    ['a merge of an id that is none', 'invalid-input', { into: 'ann' }, 'id'],
  ]),
];

const questions: readonly WrongRequest[] = (
  [
    ['/v1/topics/nothing', 'unknown-topic', 'nothing'],
    ['/v1/topics?q=', 'invalid-input', 'q'],
    ['/v1/topics?after=x', 'invalid-cursor', 'after'],
    ['/v1/topics?at=2020', 'invalid-input', 'at'],
    ['/v1/actors?at=soon', 'invalid-input', 'EDTF'],
    ['/v1/actors/ann?at=2024-02-30', 'invalid-input', 'no such date'],
    ['/v1/propositions?topic=a%20b', 'invalid-input', 'topic'],
  ] as const
).map(([path, code, says]) => ({ what: path, path, code, says }));

describe('what is said of how things are related', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
    await recordGood(service);
    await recordGiven(service);
  });
  afterAll(() => service.stop());

  it.each([...wrong, ...questions])('refuses $what as $code', (request) => expectRefusal(service, request));

  it('has recorded nothing of all that, and serves as before', () =>
    expectUnharmed(service, recordedEvents + given.length));
});
