import { EventStoreError } from '@stance/event-store';
import { describe, expect, it } from 'vitest';

import { vote } from './harness.ts';
import { serve } from './served.ts';

const statements = '/v1/statements';

describe('POST /v1/statements with JSON', () => {
  it('answers 201, then 200 with the state', async () => {
    const { send } = await serve();
    const first = await send('POST', statements, vote());
    expect(first).toMatchObject({
      status: 201,
      body: { statementId: 'v1', stream: 'statement-v1', revision: 0, position: 4, outcome: 'accepted' },
    });
    expect(first.headers.get('etag')).toBe('"0"');
    expect(await send('POST', statements, vote())).toMatchObject({
      status: 200,
      body: { statementId: 'v1', position: 4, outcome: 'duplicate', state: 'active' },
    });
  });

  it('answers 409 for other content under the same id', async () => {
    const { send } = await serve();
    await send('POST', statements, vote());
    expect(await send('POST', statements, vote({ direction: 'oppose' }))).toMatchObject({
      status: 409,
      body: {
        code: 'statement-conflict',
        fields: ['direction'],
        type: 'https://stance-tracker.dev/problems/statement-conflict',
      },
    });
  });

  it('answers 404 for an unknown actor, unless it may register it', async () => {
    const { send } = await serve();
    const body = vote({ holder: 'nobody' });
    expect(await send('POST', statements, body)).toMatchObject({
      status: 404,
      body: { code: 'unknown-actor', errors: [{ path: 'holder' }] },
    });
    expect(await send('POST', `${statements}?createMissing=false`, body)).toMatchObject({ status: 404 });
    expect(await send('POST', `${statements}?createMissing=true`, body)).toMatchObject({ status: 201 });
  });

  it('takes the Idempotency-Key as the id', async () => {
    const { send } = await serve();
    const { id: _id, ...body } = vote();
    const key = { 'Idempotency-Key': 'key-1' };
    expect(await send('POST', statements, body, key)).toMatchObject({ status: 201, body: { statementId: 'key-1' } });
    expect(await send('POST', statements, { ...body, id: 'key-1' }, key)).toMatchObject({ status: 200 });
    expect(await send('POST', statements, vote(), key)).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', errors: [{ path: 'id' }] },
    });
    expect(await send('POST', statements, body, { 'Idempotency-Key': 'no id' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-input' },
    });
  });

  it.each<[string, string, unknown, number, string, string | undefined]>([
    ['what breaks a rule', statements, vote({ saidAt: '2030-01-01' }), 400, 'invalid-input', 'saidAt'],
    ['what breaks the schema', statements, vote({ strength: 2 }), 400, 'invalid-input', 'strength'],
    ['an unknown field', statements, vote({ foo: 1 }), 400, 'invalid-input', 'foo'],
    ['what is not JSON', statements, '{"holder":', 400, 'malformed-json', undefined],
    ['an unknown parameter', `${statements}?create=true`, vote(), 400, 'invalid-input', 'create'],
    ['a flag that is neither', `${statements}?createMissing=1`, vote(), 400, 'invalid-input', 'createMissing'],
    ['a choice of results', `${statements}?results=errors`, vote(), 400, 'invalid-input', 'results'],
    ['more than 64 KiB', statements, vote({ condition: 'x'.repeat(70_000) }), 413, 'too-large', undefined],
  ])('refuses %s', async (_what, path, body, status, code, field) => {
    const { send, events } = await serve();
    const reply = await send('POST', path, body);
    expect(reply).toMatchObject({ status, body: { code } });
    if (field !== undefined) expect(reply.body).toMatchObject({ errors: [{ path: field }] });
    expect(await events()).toHaveLength(3);
  });

  it('answers 503 with Retry-After where the store cannot be written to', async () => {
    const { send } = await serve({
      wrap: (store) => ({ ...store, append: () => Promise.reject(new EventStoreError('event-store-full', 'full')) }),
    });
    const reply = await send('POST', statements, vote());
    expect(reply).toMatchObject({ status: 503, body: { code: 'store-unavailable', retryable: true } });
    expect(reply.headers.get('retry-after')).toBe('5');
  });

  it('counts submissions by outcome', async () => {
    const { send, app } = await serve();
    await send('POST', statements, vote());
    await send('POST', statements, vote());
    await send('POST', statements, vote({ saidAt: '2030' }));
    const { text } = await app.kit.metrics();
    expect(text).toContain('stance_statements_submitted_total{outcome="accepted"} 1');
    expect(text).toContain('stance_statements_submitted_total{outcome="duplicate"} 1');
    expect(text).toContain('stance_statements_submitted_total{outcome="rejected"} 1');
  });
});

describe('POST /v1/statements/{id}/correction and /retraction', () => {
  it('correct and retract, with If-Match', async () => {
    const { send } = await serve();
    await send('POST', statements, vote());
    const correction = { reason: 'misread', direction: 'oppose' };
    const corrected = await send('POST', `${statements}/v1/correction`, correction, { 'If-Match': '"0"' });
    expect(corrected).toMatchObject({
      status: 200,
      body: { statementId: 'v1', stream: 'statement-v1', revision: 1, outcome: 'accepted' },
    });
    expect(corrected.headers.get('etag')).toBe('"1"');
    expect(await send('POST', `${statements}/v1/correction`, correction)).toMatchObject({
      status: 200,
      body: { outcome: 'duplicate', revision: 1 },
    });
    const late = await send('POST', `${statements}/v1/retraction`, { reason: 'x' }, { 'If-Match': '"0"' });
    expect(late).toMatchObject({ status: 412, body: { code: 'revision-mismatch', revision: 1 } });
    expect(await send('POST', `${statements}/v1/retraction`, { reason: 'x' }, { 'If-Match': '"1"' })).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', revision: 2 },
    });
    expect(await send('POST', `${statements}/v1/correction`, { reason: 'y', direction: 'mixed' })).toMatchObject({
      status: 409,
      body: { code: 'statement-retracted' },
    });
  });

  it.each<[string, string, unknown, Record<string, string>, number, string, string | undefined]>([
    [
      'an unknown statement',
      'v9/correction',
      { reason: 'x', direction: 'oppose' },
      {},
      404,
      'unknown-statement',
      undefined,
    ],
    ['an unknown statement to retract', 'v9/retraction', { reason: 'x' }, {}, 404, 'unknown-statement', undefined],
    ['no reason', 'v1/correction', { direction: 'oppose' }, {}, 400, 'invalid-input', 'reason'],
    ['no change', 'v1/correction', { reason: 'x' }, {}, 400, 'invalid-input', ''],
    ['another holder', 'v1/correction', { reason: 'x', holder: 'germany' }, {}, 400, 'invalid-input', 'holder'],
    [
      'another proposition',
      'v1/correction',
      { reason: 'x', proposition: 'p' },
      {},
      400,
      'invalid-input',
      'proposition',
    ],
    [
      'more than a reason to retract',
      'v1/retraction',
      { reason: 'x', direction: 'oppose' },
      {},
      400,
      'invalid-input',
      'direction',
    ],
    [
      'If-Match without quotes',
      'v1/retraction',
      { reason: 'x' },
      { 'If-Match': '0' },
      400,
      'invalid-input',
      'if-match',
    ],
    ['an id that is none', '.v1/retraction', { reason: 'x' }, {}, 400, 'invalid-input', 'id'],
  ])('refuse %s', async (_what, path, body, headers, status, code, field) => {
    const { send, events } = await serve();
    await send('POST', statements, vote());
    const reply = await send('POST', `${statements}/${path}`, body, headers);
    expect(reply).toMatchObject({ status, body: { code } });
    if (field !== undefined) expect(reply.body).toMatchObject({ errors: [{ path: field }] });
    expect(await events()).toHaveLength(4);
  });
});

describe('actors and propositions', () => {
  it('answer 201 where something is new, and 200 else', async () => {
    const { send } = await serve();
    const macron = { name: 'Emmanuel Macron', kind: 'person' };
    expect(await send('PUT', '/v1/actors/macron', macron)).toMatchObject({
      status: 201,
      body: { actorId: 'macron', revision: 0, outcome: 'accepted' },
    });
    expect(await send('PUT', '/v1/actors/macron', macron)).toMatchObject({
      status: 200,
      body: { outcome: 'duplicate' },
    });
    expect(await send('PUT', '/v1/actors/macron', { ...macron, name: 'Macron' })).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', revision: 1 },
    });
    expect(await send('POST', '/v1/actors/macron/aliases', { name: 'Jupiter' })).toMatchObject({
      status: 201,
      body: { revision: 2 },
    });
    expect(await send('POST', '/v1/actors/macron/aliases', { name: 'Jupiter' })).toMatchObject({
      status: 200,
      body: { outcome: 'duplicate' },
    });
    expect(await send('PUT', '/v1/propositions/p', { text: 'One.' })).toMatchObject({
      status: 201,
      body: { propositionId: 'p' },
    });
    expect(await send('PUT', '/v1/propositions/p', { text: 'Two.' })).toMatchObject({
      status: 200,
      body: { outcome: 'accepted' },
    });
    expect(await send('POST', '/v1/propositions/p/revisions', { text: 'Three.' })).toMatchObject({
      status: 201,
      body: { revision: 2 },
    });
    expect(await send('POST', '/v1/propositions/p/revisions', { text: 'Three.' })).toMatchObject({
      status: 200,
      body: { outcome: 'duplicate' },
    });
  });

  it.each<[string, string, string, unknown, number, string, string | undefined]>([
    ['an actor without a kind', 'PUT', '/v1/actors/x', { name: 'X' }, 400, 'invalid-input', 'kind'],
    ['a blank name', 'PUT', '/v1/actors/x', { name: ' ', kind: 'group' }, 400, 'invalid-input', 'name'],
    [
      'an alias from after to',
      'PUT',
      '/v1/actors/x',
      { name: 'X', kind: 'group', aliases: [{ name: 'Y', from: '2002', to: '2001' }] },
      400,
      'invalid-input',
      'aliases[0].to',
    ],
    [
      'an alias with a date that does not exist',
      'POST',
      '/v1/actors/france/aliases',
      { name: 'Y', from: '2002-02-30' },
      400,
      'invalid-input',
      'from',
    ],
    ['an alias of nobody', 'POST', '/v1/actors/nobody/aliases', { name: 'Y' }, 404, 'unknown-actor', undefined],
    [
      'a scheme that is a prototype name',
      'PUT',
      '/v1/actors/x',
      '{"name":"X","kind":"group","identifiers":{"__proto__":"1"}}',
      400,
      'invalid-input',
      undefined,
    ],
    ['a proposition without a text', 'PUT', '/v1/propositions/x', {}, 400, 'invalid-input', 'text'],
    [
      'a revision of nothing',
      'POST',
      '/v1/propositions/x/revisions',
      { text: 'X.' },
      404,
      'unknown-proposition',
      undefined,
    ],
  ])('refuse %s', async (_what, method, path, body, status, code, field) => {
    const { send, events } = await serve();
    const reply = await send(method, path, body);
    expect(reply).toMatchObject({ status, body: { code } });
    if (field !== undefined) expect(reply.body).toMatchObject({ errors: [{ path: field }] });
    expect(await events()).toHaveLength(3);
  });
});
