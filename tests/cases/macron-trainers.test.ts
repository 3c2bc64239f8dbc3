import { readFileSync } from 'node:fs';

import { actorInputSchema, idSchema, propositionInputSchema, readStatementInput } from '@stance/contracts';
import {
  dayOf,
  daysOf,
  defaultMethod,
  foldHistory,
  formatDay,
  groundHistories,
  historyId,
  stanceAt,
  toKnownStatement,
  type History,
} from '@stance/domain';
import { describe, expect, test } from 'vitest';

const lines = (name: string): unknown[] =>
  readFileSync(new URL(`../../examples/macron-trainers/${name}.ndjson`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

const receivedOn = dayOf(Date.parse('2024-07-01T00:00:00Z'));

const submitted = lines('statements').map((line) => {
  const reading = readStatementInput(line, { receivedOn });
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.ok;
});

const grounded = groundHistories(
  new Map(
    [...Map.groupBy(submitted, ({ content }) => historyId(content))].map(([id, some]) => [
      id,
      {
        statements: some.map((one) => toKnownStatement(one.id, receivedOn * 86_400_000, one.content)),
        disownings: [],
      },
    ]),
  ),
  defaultMethod,
);

const historyOf = (holder: string, proposition: string): History =>
  foldHistory(grounded.get(historyId({ holder, proposition })) ?? [], defaultMethod);

/** What the history comes to: status, direction, and each change as kind, direction and status. */
const answer = (history: History): unknown => {
  const { status, direction } = stanceAt(history);
  return [status, direction, ...history.changes.map(({ kind, to, status }) => `${kind} ${to.direction} ${status}`)];
};

const rolesIn = (history: History): Record<string, string> =>
  Object.fromEntries(history.placed.map(({ statement, role }) => [statement.id, role]));

describe('the article on trainers for Ukraine, folded', () => {
  test('everything that its statements name is registered', () => {
    const idOf = (line: unknown): string => idSchema.parse((line as { id: unknown }).id);
    const actors = lines('actors').map((line) => (actorInputSchema.extend({ id: idSchema }).parse(line), idOf(line)));
    const propositions = lines('propositions').map(
      (line) => (propositionInputSchema.extend({ id: idSchema }).parse(line), idOf(line)),
    );
    for (const { content } of submitted) {
      expect(actors).toContain(content.holder);
      expect(actors).toContain(content.speaker ?? content.holder);
      expect(propositions).toContain(content.proposition);
    }
  });

  test('Biden opposes American soldiers, confirmed, as claimed since 2022-02, and nothing changed', () => {
    const history = historyOf('joe-biden', 'american-soldiers');
    expect(answer(history)).toEqual(['confirmed', 'oppose', 'first oppose confirmed']);
    const { claimedSince } = stanceAt(history);
    expect(claimedSince === null ? null : formatDay(claimedSince)).toBe('2022-02-01');
    expect(daysOf('2022-02').earliest).toBe(claimedSince);
  });

  test('"It was the case then" is a reaffirmation, spoken by Kirby as spokesperson, strong by itself', () => {
    const { placed } = historyOf('joe-biden', 'american-soldiers');
    const words = placed.find(({ statement }) => statement.id === 'body-biden-soldiers-still');
    expect(words).toMatchObject({
      weight: 0.9,
      reaffirmation: true,
      statement: { speaker: 'john-kirby', authority: 'spokesperson' },
    });
  });

  test('the government of the United States opposes taking part, provisionally: there is one briefing', () => {
    expect(answer(historyOf('us-government', 'us-takes-part'))).toEqual([
      'provisional',
      'oppose',
      'first oppose provisional',
    ]);
  });

  test('on the trainers only a headline says that the government opposes them, which is too little', () => {
    const history = historyOf('us-government', 'trainers');
    expect(answer(history)).toEqual(['insufficient', 'oppose', 'first oppose provisional']);
    expect(history.placed.map(({ statement, weight }) => [statement.part, weight])).toEqual([['headline', 0.3]]);
  });

  test('Biden supports the trainers through Kirby, provisionally, and headline and body do not dispute each other', () => {
    const history = historyOf('joe-biden', 'trainers');
    expect(answer(history)).toEqual(['provisional', 'support', 'first support provisional']);
    expect(history.contested).toEqual([]);
    const approval = history.placed.find(({ statement }) => statement.id === 'body-biden-trainers');
    expect(approval).toMatchObject({
      weight: 0.72,
      statement: { direction: null, ground: { reason: 'endorsed', path: [{ holder: 'emmanuel-macron' }] } },
    });
  });

  test('Macron supports the trainers, and nothing changed', () => {
    expect(answer(historyOf('emmanuel-macron', 'trainers'))).toEqual([
      'confirmed',
      'support',
      'first support confirmed',
    ]);
  });

  test('the several countries that Macron speaks of are hearsay, which is too little', () => {
    expect(answer(historyOf('several-countries', 'trainers'))).toEqual([
      'insufficient',
      'support',
      'first support provisional',
    ]);
  });

  test.each([
    ['joe-biden', 'trainers', 'teaser-biden-trainers'],
    ['joe-biden', 'american-soldiers', 'teaser-biden-soldiers'],
    ['several-countries', 'trainers', 'teaser-countries-trainers'],
  ])('the teaser adds reach and no weight for %s on %s', (holder, proposition, teaser) => {
    const history = historyOf(holder, proposition);
    expect(rolesIn(history)[teaser]).toBe('repeats');
    const without = history.placed.filter(({ statement }) => statement.id !== teaser).map(({ statement }) => statement);
    expect(answer(foldHistory(without, defaultMethod))).toEqual(answer(history));
  });

  test('Biden opposes an escalation in his own words, and Macron, who reiterated it, provisionally', () => {
    expect(answer(historyOf('joe-biden', 'escalation'))).toEqual(['confirmed', 'oppose', 'first oppose confirmed']);
    expect(answer(historyOf('emmanuel-macron', 'escalation'))).toEqual([
      'provisional',
      'oppose',
      'first oppose provisional',
    ]);
  });

  test('Zelensky and Selensky are one actor', () => {
    const names = lines('actors')
      .map((line) => line as { id: string; name: string; aliases?: { name: string }[] })
      .filter(({ name, aliases = [] }) => /[ZS]elensky/.test([name, ...aliases.map((alias) => alias.name)].join(' ')));
    expect(names.map(({ id }) => id)).toEqual(['volodymyr-zelensky']);
    expect(names[0]?.aliases?.map(({ name }) => name)).toContain('Volodymyr Selensky');
  });
});
