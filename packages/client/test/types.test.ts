import type {
  ActorList,
  changeSchema,
  correctionInputSchema,
  ListedActor,
  listChanges,
  statementInputSchema,
  StatementList,
  streamChanges,
} from '@stance/contracts';
import { describe, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';

import type { ChangeEvent, Client, CorrectionInput, StatementInput } from '../src/index.ts';

type Change = z.output<typeof changeSchema>;
type ChangesQuery = NonNullable<Parameters<Client['changes']['list']>[0]>;

describe('the types of the client are those of the schemas', () => {
  test('what is sent', () => {
    expectTypeOf<StatementInput>().toEqualTypeOf<z.input<typeof statementInputSchema>>();
    expectTypeOf<Parameters<Client['statements']['record']>[0]>().toEqualTypeOf<StatementInput>();
    expectTypeOf<CorrectionInput>().toEqualTypeOf<z.input<typeof correctionInputSchema>>();
    expectTypeOf<CorrectionInput['strength']>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<StatementInput['direction']>().toEqualTypeOf<
      'support' | 'oppose' | 'neutral' | 'mixed' | 'unclear' | undefined
    >();
  });

  test('what a query takes, as the service hears it', () => {
    expectTypeOf<ChangesQuery>().toEqualTypeOf<Readonly<z.output<(typeof listChanges)['query']>>>();
    expectTypeOf<ChangesQuery['limit']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<NonNullable<ChangesQuery['status']>>().toEqualTypeOf<('provisional' | 'confirmed' | 'withdrawn')[]>();
    expectTypeOf<NonNullable<Parameters<Client['changes']['follow']>[0]>>().toEqualTypeOf<
      Readonly<z.output<(typeof streamChanges)['query']>>
    >();
  });

  test('what a list gives', () => {
    const actors = (client: Client) => client.actors.list();
    expectTypeOf<ReturnType<ReturnType<typeof actors>['page']>>().resolves.toEqualTypeOf<ActorList>();
    expectTypeOf<ReturnType<typeof actors>>().toExtend<AsyncIterable<ListedActor>>();
    const statements = (client: Client) => client.statements.list();
    expectTypeOf<ReturnType<ReturnType<typeof statements>['page']>>().resolves.toEqualTypeOf<StatementList>();
  });

  test('what an event holds, by its type', () => {
    type Detected = Extract<ChangeEvent, { type: 'StanceChangeDetected' }>;
    type Removed = Extract<ChangeEvent, { type: 'StanceChangeRemoved' }>;
    expectTypeOf<Detected>().toEqualTypeOf<{
      readonly type: 'StanceChangeDetected';
      readonly id: string;
      readonly change: Change;
    }>();
    expectTypeOf<Removed['replacedBy']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Extract<ChangeEvent, { type: 'reset' }>['reason']>().toEqualTypeOf<
      'unknown-epoch' | 'ahead' | 'holder-changed'
    >();
    // @ts-expect-error a reset tells no change
    expectTypeOf<Extract<ChangeEvent, { type: 'reset' }>['change']>();
  });
});
