import { describe, expect, it } from 'vitest';

import { bench, context, problemOf, submission } from './harness.ts';

const recorded = async () => {
  const parts = await bench();
  await parts.record([submission({ source: { id: 'doc', publisher: 'Post', part: 'body' }, heldSince: '2022' })]);
  const { ingestion } = parts;
  return {
    ...parts,
    correct: (patch: Readonly<Record<string, unknown>>, expectedRevision?: number, reason = 'misread') =>
      ingestion.correctStatement(
        'v1',
        { reason, patch },
        { context, ...(expectedRevision === undefined ? {} : { expectedRevision }) },
      ),
    retract: (reason = 'never said', expectedRevision?: number) =>
      ingestion.retractStatement('v1', reason, {
        context,
        ...(expectedRevision === undefined ? {} : { expectedRevision }),
      }),
  };
};

describe('correcting a statement', () => {
  it('records the patch, what it changed, and the whole statement after it', async () => {
    const { correct, events } = await recorded();
    const patch = { direction: 'oppose', heldSince: null, source: { publisher: null } };
    expect(await correct(patch)).toEqual({ outcome: 'accepted', stream: 'statement-v1', revision: 1, position: 5 });
    expect((await events()).at(-1)).toMatchObject({
      type: 'StatementCorrected',
      data: { statementId: 'v1', holder: 'france', proposition: 'trainers', reason: 'misread', patch },
    });
    const last = (await events()).at(-1);
    const changed = ['direction', 'heldSince', 'source.publisher'];
    expect(last?.type === 'StatementCorrected' ? last.data.changed : null).toEqual(changed);
    expect(last?.type === 'StatementCorrected' ? last.data.statement : null).toEqual({
      holder: 'france',
      proposition: 'trainers',
      direction: 'oppose',
      act: 'vote',
      authority: 'self',
      saidAt: '2024-06-08',
      source: { id: 'doc', part: 'body' },
    });
  });

  it('builds on the corrections before it', async () => {
    const { correct, events } = await recorded();
    await correct({ direction: 'oppose' });
    await correct({ strength: 0.9 });
    expect((await events()).at(-1)).toMatchObject({
      revision: 2,
      data: { statement: { direction: 'oppose', strength: 0.9 } },
    });
  });

  it('answers the same correction as a duplicate, also after others, so that a late retry undoes nothing', async () => {
    const { correct } = await recorded();
    await correct({ direction: 'oppose' });
    await correct({ direction: 'neutral' });
    expect(await correct({ direction: 'oppose' })).toEqual({
      outcome: 'duplicate',
      stream: 'statement-v1',
      revision: 1,
      position: 5,
    });
  });

  it('applies it again where the caller names the revision that it builds on', async () => {
    const { correct } = await recorded();
    await correct({ direction: 'oppose' });
    await correct({ direction: 'neutral' });
    expect(await correct({ direction: 'oppose' }, 2)).toMatchObject({ outcome: 'accepted', revision: 3 });
    expect(await correct({ direction: 'oppose' }, 2)).toMatchObject({ outcome: 'duplicate', revision: 3 });
  });

  it('says of what it names only what is another now', async () => {
    const { correct, events } = await recorded();
    await correct({ direction: 'oppose', saidAt: '2024-06-08', condition: null, source: { part: 'body', title: 'T' } });
    expect((await events()).at(-1)?.data).toMatchObject({ changed: ['direction', 'source.title'] });
  });

  it('answers one that changes nothing as a duplicate of what stands', async () => {
    const { correct, events } = await recorded();
    expect(await correct({ direction: 'support', strength: null })).toMatchObject({
      outcome: 'duplicate',
      revision: 0,
      position: 4,
    });
    expect(await events()).toHaveLength(4);
  });

  it('refuses a revision that is not the last', async () => {
    const { correct } = await recorded();
    await correct({ direction: 'oppose' });
    const problem = await problemOf(correct({ strength: 0.5 }, 0));
    expect(problem.code).toBe('revision-mismatch');
    expect(problem.document()).toMatchObject({
      status: 412,
      revision: 1,
      detail: 'Statement "v1" is at revision 1, not 0.',
    });
  });

  it('refuses what would break a rule, and says where', async () => {
    const { correct } = await recorded();
    const problem = await problemOf(correct({ direction: null }));
    expect(problem.document()).toMatchObject({
      code: 'invalid-input',
      errors: [{ path: 'direction', message: 'is required' }],
    });
    expect((await problemOf(correct({ saidAt: '2024-06-31' }))).document()).toMatchObject({
      errors: [{ path: 'saidAt' }],
    });
    expect((await problemOf(correct({ quote: { prefix: 'x' } }))).document()).toMatchObject({
      errors: [{ path: 'quote.exact', message: 'is required' }, { path: 'quote.directness' }],
    });
  });

  it('refuses an unknown speaker', async () => {
    const { correct } = await recorded();
    expect((await problemOf(correct({ speaker: 'nobody', authority: 'attributed' }))).code).toBe('unknown-actor');
  });

  it('refuses what is retracted, and what is not there', async () => {
    const { correct, retract, ingestion } = await recorded();
    await correct({ direction: 'oppose' });
    await retract();
    expect((await problemOf(correct({ direction: 'neutral' }))).code).toBe('statement-retracted');
    expect(await correct({ direction: 'oppose' })).toMatchObject({ outcome: 'duplicate' });
    const missing = ingestion.correctStatement('v2', { reason: 'x', patch: { direction: 'oppose' } }, { context });
    expect((await problemOf(missing)).code).toBe('unknown-statement');
  });

  it('loses nobody’s correction in a race', async () => {
    const { correct, events } = await recorded();
    const strengths = [0.1, 0.2, 0.3, 0.4];
    const results = await Promise.all([
      ...strengths.map((strength) => correct({ strength })),
      correct({ language: 'fr' }),
    ]);
    expect(results.map(({ revision }) => revision).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect((await events()).at(-1)).toMatchObject({ data: { statement: { language: 'fr' } } });
  });

  it('lets all through that one process takes, however many come at once', async () => {
    const { correct } = await recorded();
    const strengths = Array.from({ length: 60 }, (_, index) => index / 100);
    const results = await Promise.all(strengths.map((strength) => correct({ strength })));
    expect(results.map(({ revision }) => revision)).toEqual(strengths.map((_, index) => index + 1));
  });

  it('goes on after one that was refused', async () => {
    const { correct } = await recorded();
    const [refused, taken] = await Promise.allSettled([correct({ direction: null }), correct({ strength: 0.3 })]);
    expect([refused.status, taken.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('lets one of several win that build on the same revision', async () => {
    const { correct } = await recorded();
    const results = await Promise.allSettled([0.1, 0.2, 0.3].map((strength) => correct({ strength }, 0)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});

describe('retracting a statement', () => {
  it('records who lost what, and why', async () => {
    const { retract, events } = await recorded();
    expect(await retract()).toEqual({ outcome: 'accepted', stream: 'statement-v1', revision: 1, position: 5 });
    expect((await events()).at(-1)).toMatchObject({
      type: 'StatementRetracted',
      data: { statementId: 'v1', holder: 'france', proposition: 'trainers', reason: 'never said' },
    });
  });

  it('answers the same retraction as a duplicate, and refuses another one', async () => {
    const { retract } = await recorded();
    await retract();
    expect(await retract()).toEqual({ outcome: 'duplicate', stream: 'statement-v1', revision: 1, position: 5 });
    expect(await retract('never said', 0)).toMatchObject({ outcome: 'duplicate' });
    expect((await problemOf(retract('another reason'))).code).toBe('statement-retracted');
  });

  it('refuses a revision that is not the last, and what is not there', async () => {
    const { correct, retract, ingestion } = await recorded();
    await correct({ direction: 'oppose' });
    expect((await problemOf(retract('x', 0))).code).toBe('revision-mismatch');
    expect(await retract('x', 1)).toMatchObject({ outcome: 'accepted', revision: 2 });
    expect((await problemOf(ingestion.retractStatement('v2', 'x', { context }))).code).toBe('unknown-statement');
  });

  it('happens once, however many retract at the same time', async () => {
    const { retract, events } = await recorded();
    const results = await Promise.all(Array.from({ length: 10 }, () => retract()));
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    expect(await events()).toHaveLength(5);
  });
});
