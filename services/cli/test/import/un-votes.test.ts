import { idPattern, readStatementInput } from '@stance/contracts';
import { dayOf } from '@stance/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { unVotesImporter } from '../../src/import/un-votes.ts';
import { keepingRegistry } from './statements-of.ts';

const vote = {
  id: 'un-3-United States',
  actor: 'United States',
  actorCode: 'US',
  date: '1946-01-01',
  rollCall: 3,
  session: 1,
  resolution: 'R/1/66',
  short: 'AMENDMENTS, RULES OF PROCEDURE',
  issues: ['Human rights'],
  vote: 'yes',
  stance: 1,
};

const map = (mode: 'roll-call' | 'title', ...votes: readonly object[]) => {
  const { registry, propositions } = keepingRegistry();
  const importer = unVotesImporter(mode);
  const statements = votes.flatMap((line) =>
    importer.statements(JSON.stringify(line), registry).map((text) => JSON.parse(text) as Record<string, unknown>),
  );
  return { statements, propositions };
};

describe('a vote of the General Assembly', () => {
  test('becomes a recorded vote on the proposition of its roll call', () => {
    const { statements, propositions } = map('roll-call', vote);
    expect(statements).toEqual([
      {
        id: 'un-roll-call-3-united-states',
        holder: 'united-states',
        proposition: 'un-roll-call-3',
        direction: 'support',
        act: 'vote',
        saidAt: '1946-01-01',
        source: {
          id: 'un-roll-call-3',
          publisher: 'United Nations General Assembly',
          title: 'R/1/66: AMENDMENTS, RULES OF PROCEDURE',
          part: 'record',
        },
      },
    ]);
    expect([...propositions]).toEqual([
      [
        'un-roll-call-3',
        {
          text: 'Adopt "AMENDMENTS, RULES OF PROCEDURE" (R/1/66, session 1, roll call 3).',
          topics: ['human-rights'],
          language: 'en',
        },
      ],
    ]);
  });

  test.each([
    ['yes', 'support'],
    ['abstain', 'neutral'],
    ['no', 'oppose'],
  ])('of %s says %s', (cast, direction) => {
    expect(map('roll-call', { ...vote, vote: cast }).statements[0]).toMatchObject({ direction });
  });

  test('shares its proposition with votes of the same title, where they are taken by title', () => {
    const { statements, propositions } = map('title', vote, { ...vote, rollCall: 4, date: '1947-01-01' });
    expect(new Set(statements.map(({ proposition }) => proposition))).toEqual(new Set(propositions.keys()));
    expect(propositions.size).toBe(1);
    expect(statements.map(({ id }) => id)).toEqual(['un-title-3-united-states', 'un-title-4-united-states']);
  });

  test('without a title stays alone with its roll call, and takes the place of no title', () => {
    const { statements } = map(
      'title',
      { ...vote, short: '' },
      { ...vote, rollCall: 4, short: '' },
      {
        ...vote,
        rollCall: 5,
        short: 'untitled-roll-call-3',
      },
    );
    expect(new Set(statements.map(({ proposition }) => proposition)).size).toBe(3);
  });

  test('has a proposition of its own by title exactly where the title differs', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 200 }), { minLength: 2 }), (titles) => {
        const { statements } = map('title', ...titles.map((short, rollCall) => ({ ...vote, short, rollCall })));
        const named = statements.filter((_, index) => titles[index]?.trim() !== '');
        const distinct = new Set(titles.filter((title) => title.trim() !== ''));
        expect(new Set(named.map(({ proposition }) => proposition)).size).toBe(distinct.size);
      }),
    );
  });

  test('keeps its own date and title where lines of one roll call differ', () => {
    const { statements } = map('roll-call', vote, { ...vote, actor: 'Cuba', date: '1946-01-02' });
    expect(statements.map(({ saidAt }) => saidAt)).toEqual(['1946-01-01', '1946-01-02']);
  });

  test('is a statement that the service takes, whatever stands in its texts', () => {
    const receivedOn = dayOf(Date.parse('2024-01-01T00:00:00Z'));
    fc.assert(
      fc.property(
        fc.record({
          short: fc.string({ unit: 'grapheme', maxLength: 600 }),
          resolution: fc.string({ maxLength: 30 }),
          rollCall: fc.nat(),
          mode: fc.constantFrom('roll-call' as const, 'title' as const),
        }),
        ({ mode, ...texts }) => {
          const { statements, propositions } = map(mode, { ...vote, ...texts });
          for (const statement of statements)
            expect(readStatementInput(statement, { receivedOn })).toHaveProperty('ok');
          for (const id of propositions.keys()) expect(id).toMatch(idPattern);
        },
      ),
      {
        examples: [
          [{ short: '', resolution: ' ', rollCall: 0, mode: 'roll-call' }],
          [{ short: `${'a'.repeat(499)}🕊`, resolution: '', rollCall: 0, mode: 'title' }],
        ],
      },
    );
  });

  test.each<[string, string, RegExp]>([
    ['is not JSON', '{"actor":', /^not JSON: /],
    ['is no object', '[]', /^the line: /],
    ['is an unknown vote', JSON.stringify({ ...vote, vote: 'absent' }), /^vote: /],
    ['lacks its actor', JSON.stringify({ ...vote, actor: undefined }), /^actor: /],
    ['has a date that does not exist', JSON.stringify({ ...vote, date: '1946-02-30' }), /^date: /],
    ['has a roll call that is no number', JSON.stringify({ ...vote, rollCall: '3' }), /^rollCall: /],
  ])('that %s is refused with the place', (_, line, reason) => {
    const { registry } = keepingRegistry();
    expect(() => unVotesImporter('roll-call').statements(line, registry)).toThrow(reason);
  });
});
