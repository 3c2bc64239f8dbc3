import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readCase } from './read-case.ts';

const good = `title: A speech
because: Her own words.
actors:
  marsh: {name: Senator Marsh, kind: person}
propositions:
  pipeline: The pipeline should be built.
given:
  - statement: speech
    recorded: 2024-01-11
    direction: support
    saidAt: 2024-01-10
    source: {publisher: The Post}
  - {correct: speech, recorded: 2024-01-12, reason: A slip., change: {saidAt: 2024-01-09}}
asked:
  - knownAt: 2024-01-12
    because: One statement.
    stance: {status: provisional}
`;

describe('a case', () => {
  test('is about its first actor and proposition where it names none', () => {
    const { given, asked } = readCase('speech', good);
    expect(given[0]).toMatchObject({ statement: 'speech', holder: 'marsh', proposition: 'pipeline' });
    expect(asked[0]).toMatchObject({
      holder: 'marsh',
      proposition: 'pipeline',
      expected: { stance: { status: 'provisional' } },
    });
  });

  test('is told of in the docs by one that is there', () => {
    const root = join(import.meta.dirname, '../../..');
    const [, file = '', block] =
      /`([^`\s]+\.yaml)`:\n\n```yaml\n(.*?)```/s.exec(readFileSync(join(root, 'docs/how-to/add-a-case.md'), 'utf8')) ??
      [];
    expect(block).toBe(readFileSync(join(root, file), 'utf8'));
  });

  test.each([
    ['title: A speech', '', '1: title: is required'],
    ['title: A speech', 'titel: A speech', '1: title: is required\nspeech.yaml:1: titel: unknown field'],
    ['because: Her own words.', 'because: Her: own words.', '2: Nested mappings are not allowed in compact mappings'],
    ['kind: person', 'kind: human', '4: actors.marsh.kind: must be one of person, office'],
    ['statement: speech', 'speech: speech', '8: given[0]: must have one of statement, correct, retract, alias'],
    ['recorded: 2024-01-11', 'recorded: 11 January', '9: given[0].recorded: must be a day, YYYY-MM-DD'],
    ['direction: support', 'direction: for', '10: given[0].direction: must be one of support, oppose'],
    ['saidAt: 2024-01-10', 'saidAt: 2024-01-12', '11: given[0].saidAt: saidAt ends on 2024-01-12'],
    ['saidAt: 2024-01-10', 'said: 2024-01-10', '11: given[0].said: unknown field'],
    ['publisher: The Post', 'paper: The Post', '12: given[0].source.paper: unknown field'],
    ['{correct: speech', '{correct: speach', '13: given[1].correct: is not given before'],
    ['recorded: 2024-01-12', 'recorded: 2024-01-10', '13: given[1].recorded: is before 2024-01-11'],
    [
      'saidAt: 2024-01-09}',
      'saidAt: 2025}',
      '13: given[1].change.saidAt: Invalid input: expected string, received number',
    ],
    ['saidAt: 2024-01-09}', 'saidAt: 2025-01-09}', '13: given[1].change: saidAt ends on 2025-01-09'],
    ['saidAt: 2024-01-09}', 'holder: marsh}', '13: given[1].change.holder: cannot be corrected'],
    ['knownAt: 2024-01-12', 'holder: march', '15: asked[0].holder: "march" is not among the actors'],
    ['because: One statement.', '', '15: asked[0].because: is required'],
    ['stance: {status: provisional}', '', '15: asked[0]: must say what is answered: one of stance, changes'],
    ['knownAt: 2024-01-12', 'name: Marsh', '17: asked[0].stance: does not answer a question for a name'],
    ['{status: provisional}', '{state: provisional}', '17: asked[0].stance.state: unknown field'],
    ['{status: provisional}', '{since: now}', '17: asked[0].stance.since: must be a day'],
  ])('with %j turned to %j is refused, with file, line and place', (was, is, message) => {
    expect(() => readCase('speech', good.replace(was, is))).toThrow(`speech.yaml:${message}`);
  });
});
