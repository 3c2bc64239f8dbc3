import { decodeEvent } from '@stance/contracts';
import type { StatementContent } from '@stance/contracts';
import { foldHistory, groundHistories, historyId, survivorsOf, toKnownStatement } from '@stance/domain';
import type { KnownHistory, KnownStatement, Method, StanceChange } from '@stance/domain';
import type { StoredEvent } from '@stance/event-store';

interface Version {
  readonly recordedAt: number;
  readonly content: StatementContent;
}

/**
 * What all events together say, put together by itself: the changes of every history, by `historyId`. Nothing of it is
 * the projection's own; no event may be poison.
 */
export const changesBy = (events: readonly StoredEvent[], method: Method): Map<string, readonly StanceChange[]> => {
  const versions = new Map<string, Version>();
  const replaced = new Set<string>();
  const merges = new Map<string, string>();
  for (const stored of events) {
    const event = decodeEvent(stored);
    if (event.type === 'StatementMade' || event.type === 'StatementCorrected') {
      const { statementId, statement: content } = event.data;
      versions.set(statementId, { recordedAt: event.recordedAt, content });
      if (event.type === 'StatementMade' && content.replaces !== undefined) replaced.add(content.replaces);
    } else if (event.type === 'StatementRetracted') versions.delete(event.data.statementId);
    else if (event.type === 'ActorMerged') merges.set(event.data.actorId, event.data.into);
    else if (event.type === 'ActorUnmerged') merges.delete(event.data.actorId);
  }
  const survivors = survivorsOf([...merges].map(([actor, into]) => ({ actor, into })));
  const known = [...versions]
    .filter(([id]) => !replaced.has(id))
    .map(([id, { recordedAt, content }]) => ({
      proposition: content.proposition,
      statement: toKnownStatement(id, recordedAt, content, survivors.of),
    }));
  const disowningsOf = (holder: string): KnownStatement[] =>
    known.map(({ statement }) => statement).filter((one) => one.holder === holder && one.disowns !== null);
  const histories = new Map<string, KnownHistory>();
  for (const { statement, proposition } of known) {
    const id = historyId({ holder: statement.holder, proposition });
    const before = histories.get(id);
    const disownings = before?.disownings ?? disowningsOf(statement.holder);
    histories.set(id, { statements: [...(before?.statements ?? []), statement], disownings });
  }
  const grounded = groundHistories(histories, method);
  return new Map([...grounded].map(([id, statements]) => [id, foldHistory(statements, method).changes]));
};
