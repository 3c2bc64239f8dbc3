import type { StoredEvent } from '@stance/event-store';
import { expect } from 'vitest';

import { getJson } from '../traffic/client.ts';
import { isRetracted } from '../traffic/ledger.ts';
import type { RecordedStatement } from '../traffic/ledger.ts';

const eventTypes = { correction: 'StatementCorrected', retraction: 'StatementRetracted' } as const;

/** Expects that the log holds all that was acknowledged about these statements where it was said to be. */
export const expectInLog = (
  streams: ReadonlyMap<string, readonly StoredEvent[]>,
  statements: readonly RecordedStatement[],
): void => {
  for (const { id, submission, position, changes } of statements) {
    const held = streams.get(`statement-${id}`) ?? [];
    const acknowledged = [
      ['StatementMade', position],
      ...changes.map((change) => [eventTypes[change.kind], change.position]),
    ];
    // Behind it there may be a change that was recorded and not answered.
    expect(held.slice(0, acknowledged.length).map((event) => [event.type, event.position])).toEqual(acknowledged);
    const { id: _, ...content } = submission;
    expect(JSON.parse(held[0]?.data ?? '{}')).toMatchObject({ statementId: id, statement: content });
    for (const [index, { reason }] of changes.entries()) {
      expect(JSON.parse(held[index + 1]?.data ?? '{}')).toMatchObject({ reason });
    }
  }
};

interface StatementAnswer {
  readonly id: string;
  readonly state: string;
  readonly versions: readonly { readonly position: number }[];
  readonly retraction?: { readonly position: number };
}

/** Expects that these statements are answered with every version that was acknowledged. */
export const expectInAnswers = async (
  baseUrl: string,
  statements: readonly RecordedStatement[],
  minPosition: number,
): Promise<void> => {
  for (const statement of statements) {
    const { id, position, changes } = statement;
    const answer = await getJson<StatementAnswer>(`${baseUrl}/v1/statements/${id}?minPosition=${minPosition}`);
    const corrections = changes.filter(({ kind }) => kind === 'correction');
    expect(answer).toMatchObject({
      id,
      state: isRetracted(statement) ? 'retracted' : corrections.length > 0 ? 'corrected' : 'active',
    });
    expect(answer.versions.map((version) => version.position)).toEqual([
      position,
      ...corrections.map((change) => change.position),
    ]);
    expect(answer.retraction?.position).toBe(isRetracted(statement) ? changes.at(-1)?.position : undefined);
  }
};
