import { resolve } from 'node:path';

import { createOpenApiDocument, endpoints } from '@stance/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exchange } from '../bad-input/support/exchange.ts';
import { recordGood } from '../bad-input/support/given.ts';
import { startService } from '../bad-input/support/service.ts';
import type { Service } from '../bad-input/support/service.ts';
import { rounds } from '../support/rounds.ts';
import { createConformance } from './conformance.ts';
import { operationsOf, resolver } from './openapi.ts';
import type { OpenApi, Operation } from './openapi.ts';
import { requestTo } from './request.ts';

const seed = Number(process.env['STANCE_TEST_SEED'] ?? Date.now() % 2 ** 31);
const requests = rounds(40, 1_500);
const waryMethod = resolve(import.meta.dirname, '../support/wary-method.json');

const operations = operationsOf(createOpenApiDocument({ version: '0', endpoints }) as unknown as OpenApi);

describe(`the service, whatever it is sent (STANCE_TEST_SEED=${seed}),`, () => {
  let service: Service;
  let document: OpenApi;
  let expectConformance: (operation: Operation, answer: Awaited<ReturnType<typeof exchange>>) => void;
  beforeAll(async () => {
    process.stderr.write(`${requests} requests to each operation with STANCE_TEST_SEED=${seed}\n`);
    service = await startService({ STANCE_REQUESTS_PER_SECOND: '1000000', STANCE_METHODS: waryMethod });
    await recordGood(service);
    document = JSON.parse((await exchange(service.port, { path: '/openapi.json' })).text) as OpenApi;
    expectConformance = createConformance(document);
  });
  afterAll(() => service.stop());

  it('has the operations described that are tested here', () => {
    const names = ({ operationId }: Operation): string => operationId;
    expect(operationsOf(document).map(names)).toEqual(operations.map(names));
  });

  it.each(operations)(
    'answers $operationId as it is documented',
    async (operation) => {
      await fc.assert(
        fc.asyncProperty(requestTo(operation, resolver(document)), async (request) => {
          expectConformance(operation, await exchange(service.port, request));
        }),
        { seed, numRuns: requests },
      );
    },
    rounds(30_000, 300_000),
  );

  it('says not-caught-up of a position that is not reached', async () => {
    const operation = operations.find(({ operationId }) => operationId === 'listActors');
    const answer = await exchange(service.port, { path: '/v1/actors?minPosition=123456789012345' });
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) } });
    if (operation !== undefined) expectConformance(operation, answer);
  });

  it('goes on, with nothing that it could not handle', async () => {
    expect(await exchange(service.port, { path: '/healthz' })).toMatchObject({ status: 200 });
    expect(await exchange(service.port, { path: '/readyz' })).toMatchObject({ status: 200 });
    const { text } = await exchange(service.port, { path: '/metrics' });
    expect(text).toMatch(/^stance_projection_parked_streams 0$/m);
    expect(text).toMatch(/^stance_projection_restarts 0$/m);
    expect(service.log()).not.toMatch(/"level":[56]0/);
  });
});
