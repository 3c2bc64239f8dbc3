/** A statement as it is submitted. */
export type Submission = Readonly<Record<string, unknown>> & { readonly id?: string };

/** What the service has acknowledged about one statement. */
export interface RecordedStatement {
  readonly id: string;
  readonly submission: Submission;
  readonly position: number;
  /** Corrections, and at last perhaps the retraction, in order. */
  readonly changes: {
    readonly kind: 'correction' | 'retraction';
    readonly reason: string;
    readonly position: number;
  }[];
  /** Whether a change of it is under way, so that no other one is sent. */
  busy: boolean;
}

/** A request that was sent and not answered: it may have been recorded or not. */
export type Unanswered =
  | { readonly kind: 'statements'; readonly submissions: readonly Submission[] }
  | {
      readonly kind: 'correction' | 'retraction';
      readonly statement: RecordedStatement;
      readonly body: Readonly<Record<string, unknown>> & { readonly reason: string };
    };

/** All that the service has acknowledged, over all its lives. */
export interface Ledger {
  readonly statements: ReadonlyMap<string, RecordedStatement>;
  /** The highest position that was acknowledged. */
  readonly position: () => number;
  /** How much was acknowledged in all. */
  readonly count: () => number;
  /** Statements that were acknowledged or changed since this was last asked. */
  readonly takeTouched: () => RecordedStatement[];
  readonly takeUnanswered: () => Unanswered[];
  /** @throws Error where the service has acknowledged it before with another position. */
  readonly recordStatement: (id: string, submission: Submission, position: number) => void;
  readonly recordChange: (
    statement: RecordedStatement,
    kind: 'correction' | 'retraction',
    reason: string,
    position: number,
  ) => void;
  readonly addUnanswered: (request: Unanswered) => void;
}

export const isRetracted = ({ changes }: RecordedStatement): boolean => changes.at(-1)?.kind === 'retraction';

export const createLedger = (onAcknowledged: () => void): Ledger => {
  const statements = new Map<string, RecordedStatement>();
  const touched = new Set<RecordedStatement>();
  let unanswered: Unanswered[] = [];
  let position = 0;
  let count = 0;

  const acknowledge = (statement: RecordedStatement, at: number): void => {
    touched.add(statement);
    position = Math.max(position, at);
    count += 1;
    onAcknowledged();
  };

  return {
    statements,
    position: () => position,
    count: () => count,
    takeTouched() {
      const all = [...touched];
      touched.clear();
      return all;
    },
    takeUnanswered() {
      const all = unanswered;
      unanswered = [];
      return all;
    },
    recordStatement(id, submission, at) {
      const known = statements.get(id);
      if (known !== undefined && known.position !== at) {
        throw new Error(`${id} was acknowledged at position ${known.position}, and now at ${at}`);
      }
      const statement = known ?? { id, submission, position: at, changes: [], busy: false };
      statements.set(id, statement);
      acknowledge(statement, at);
    },
    recordChange(statement, kind, reason, at) {
      statement.changes.push({ kind, reason, position: at });
      acknowledge(statement, at);
    },
    addUnanswered(request) {
      unanswered.push(request);
    },
  };
};
