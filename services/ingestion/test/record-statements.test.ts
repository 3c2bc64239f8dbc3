import { EventStoreError } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bench, context, problemOf, submission } from './harness.ts';

describe('recording statements', () => {
  it('records a new one in a stream of its own, with who recorded it', async () => {
    const { record, events } = await bench();
    const [result] = await record([submission()]);
    expect(result).toEqual({
      outcome: 'accepted',
      statementId: 'v1',
      stream: 'statement-v1',
      revision: 0,
      position: 4,
    });
    expect((await events()).at(-1)).toMatchObject({
      type: 'StatementMade',
      stream: 'statement-v1',
      revision: 0,
      correlationId: 'request-1',
      recordedBy: 'desk',
      data: { statementId: 'v1', statement: submission().content },
    });
  });

  it('answers the same statement sent again as a duplicate, with the position of the first', async () => {
    const { record, events } = await bench();
    await record([submission()]);
    expect(await record([submission()])).toEqual([
      { outcome: 'duplicate', statementId: 'v1', stream: 'statement-v1', revision: 0, position: 4, state: 'active' },
    ]);
    expect(await events()).toHaveLength(4);
  });

  it('takes a statement without an id twice for one', async () => {
    const { record } = await bench();
    const [first] = await record([submission({ id: undefined })]);
    const [second] = await record([submission({ id: undefined })]);
    expect([first?.outcome, second?.outcome]).toEqual(['accepted', 'duplicate']);
    expect(first?.statementId).toBe(second?.statementId);
  });

  it('says what became of a duplicate', async () => {
    const { record, ingestion } = await bench();
    await record([submission()]);
    await ingestion.correctStatement('v1', { reason: 'misread', patch: { direction: 'oppose' } }, { context });
    expect(await record([submission()])).toMatchObject([{ outcome: 'duplicate', state: 'corrected', position: 4 }]);
    await ingestion.retractStatement('v1', 'never said', { context });
    expect(await record([submission()])).toMatchObject([{ outcome: 'duplicate', state: 'retracted', position: 4 }]);
  });

  it('refuses other content under the same id, and names the fields', async () => {
    const { record, events } = await bench();
    await record([submission()]);
    const [result] = await record([submission({ direction: 'oppose', strength: 0.5, source: { part: 'body' } })]);
    expect(result).toEqual({
      outcome: 'rejected',
      statementId: 'v1',
      error: {
        code: 'statement-conflict',
        detail: 'Statement "v1" is recorded with other content: direction, source, strength.',
        retryable: false,
        fields: ['direction', 'source', 'strength'],
      },
    });
    expect(await events()).toHaveLength(4);
  });

  it('compares the statements of one batch with each other', async () => {
    const { record, events } = await bench();
    const results = await record([
      submission(),
      submission(),
      submission({ direction: 'oppose' }),
      submission({ id: 'v2' }),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'duplicate', 'rejected', 'accepted']);
    expect(results[1]).toMatchObject({ position: 4, revision: 0, state: 'active' });
    expect(results[2]).toMatchObject({ error: { code: 'statement-conflict', fields: ['direction'] } });
    expect(await events()).toHaveLength(5);
  });

  it('records the first of one id that names nobody unknown', async () => {
    const { record } = await bench();
    const results = await record([submission({ holder: 'nobody' }), submission(), submission({ holder: 'nobody' })]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['rejected', 'accepted', 'rejected']);
  });

  it('refuses what names an unknown actor or proposition, and says where', async () => {
    const { record, events } = await bench();
    const results = await record([
      submission({ id: 'a', holder: 'nobody' }),
      submission({ id: 'b', proposition: 'nothing' }),
      submission({ id: 'c', speaker: 'x', reportedBy: [{ name: 'A' }, { actor: 'y' }] }),
      submission({ id: 'd', act: 'endorse', direction: undefined, endorses: { holder: 'germany', proposition: 'z' } }),
    ]);
    expect(results.map((result) => (result.outcome === 'rejected' ? result.error : null))).toEqual([
      {
        code: 'unknown-actor',
        detail: 'holder: there is no actor "nobody"',
        retryable: false,
        errors: [{ path: 'holder', message: 'there is no actor "nobody"' }],
      },
      {
        code: 'unknown-proposition',
        detail: 'proposition: there is no proposition "nothing"',
        retryable: false,
        errors: [{ path: 'proposition', message: 'there is no proposition "nothing"' }],
      },
      {
        code: 'unknown-actor',
        detail: 'speaker: there is no actor "x"; reportedBy[1].actor: there is no actor "y"',
        retryable: false,
        errors: [
          { path: 'speaker', message: 'there is no actor "x"' },
          { path: 'reportedBy[1].actor', message: 'there is no actor "y"' },
        ],
      },
      {
        code: 'unknown-proposition',
        detail: 'endorses.proposition: there is no proposition "z"',
        retryable: false,
        errors: [{ path: 'endorses.proposition', message: 'there is no proposition "z"' }],
      },
    ]);
    expect(await events()).toHaveLength(3);
  });

  it('finds what others have registered, by their streams', async () => {
    const eventStore = createMemoryEventStore({ clock: () => 0 });
    await bench(eventStore);
    const other = await bench(eventStore, { knownIds: 1 });
    const results = await other.record([submission(), submission({ id: 'v2', holder: 'germany' })]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
  });

  it('tells an actor from a proposition of the same id', async () => {
    const { record } = await bench();
    expect(await record([submission({ holder: 'trainers' })])).toMatchObject([{ error: { code: 'unknown-actor' } }]);
  });

  it('takes statements about statements that are not there yet', async () => {
    const { record } = await bench();
    const results = await record([
      submission({ replaces: 'later' }),
      submission({ id: 'd', act: 'disown', direction: undefined, disowns: { statementId: 'later' } }),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
  });

  it('has nothing to do with nothing', async () => {
    const { record } = await bench();
    expect(await record([])).toEqual([]);
  });
});

describe('order and duplicates', () => {
  it('gives the same streams for any permutation and duplication, in batches of any size', async () => {
    const statements = [
      ...Array.from({ length: 6 }, (_, n) => submission({ id: `s${n}`, holder: n % 2 === 0 ? 'france' : 'germany' })),
      ...['oppose', 'neutral'].map((direction) => submission({ id: undefined, direction })),
    ];
    const streamsAfter = async (order: readonly number[], batchSize: number): Promise<Record<string, string>> => {
      const { record, eventStore } = await bench();
      for (let first = 0; first < order.length; first += batchSize) {
        const batch = order.slice(first, first + batchSize).flatMap((index) => statements[index] ?? []);
        await record(batch);
      }
      const { events } = await eventStore.readAll({ after: 3, limit: 1000 });
      return Object.fromEntries(events.map(({ stream, data }) => [stream, data]));
    };
    const all = statements.map((_, index) => index);
    const expected = await streamsAfter(all, 100);
    expect(Object.keys(expected)).toHaveLength(statements.length);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(statements.length - 1), { maxLength: 12 }),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 8 }),
        async (again, order, batchSize) => {
          expect(await streamsAfter([...again, ...order, ...again], batchSize)).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('records one statement once, however many send it at the same time', async () => {
    const { record, events } = await bench();
    const results = (await Promise.all(Array.from({ length: 50 }, () => record([submission()])))).flat();
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(49);
    expect(await events()).toHaveLength(4);
  });
});

describe('a store that fails', () => {
  it('is asked again with the same event ids while it does not answer', async () => {
    const inner = createMemoryEventStore({ clock: () => 0 });
    const { ingestion } = await bench(inner);
    expect(ingestion.limits.batchLines).toBeGreaterThan(0);
    let failures = 2;
    const flaky = await bench({
      ...inner,
      append: async (requests) => {
        const results = await inner.append(requests);
        // It was written, but the answer is lost.
        if (requests.some(({ stream }) => stream.startsWith('statement-')) && failures > 0) {
          failures -= 1;
          throw new EventStoreError('event-store-unavailable', 'gone', { retryable: true });
        }
        return results;
      },
    });
    expect(await flaky.record([submission()])).toMatchObject([{ outcome: 'accepted', position: 4 }]);
    expect(failures).toBe(0);
  });

  it.each([
    ['event-store-unavailable', 'store-unavailable', true],
    ['event-store-denied', 'store-unavailable', true],
    ['event-store-full', 'store-unavailable', true],
    ['event-store-read-only', 'store-unavailable', true],
    ['event-store-closed', 'shutting-down', true],
    ['event-store-corrupt', 'internal', false],
  ] as const)('with %s is answered as %s', async (code, problem, retryable) => {
    const inner = createMemoryEventStore({ clock: () => 0 });
    await bench(inner);
    const broken = await bench({
      ...inner,
      append: (requests) =>
        requests.some(({ stream }) => stream.startsWith('statement-'))
          ? Promise.reject(new EventStoreError(code, 'broken'))
          : inner.append(requests),
    });
    const error = await problemOf(broken.record([submission()]));
    expect([error.code, error.retryable]).toEqual([problem, retryable]);
  });
});
