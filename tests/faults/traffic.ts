import { NoAnswer, postJson, postLines, UnexpectedAnswer } from './client.ts';
import { isRetracted } from './ledger.ts';
import type { Ledger, RecordedStatement, Submission, Unanswered } from './ledger.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { correction, submission } from './submissions.ts';

const lanes = 8;
const kinds = ['one', 'one', 'one', 'one', 'lines', 'again', 'correction', 'correction', 'retraction'] as const;

/** Sends what clients send, several at a time, and notes what is acknowledged, until the service answers no more. */
export const sendUntilGone = async (
  baseUrl: string,
  ledger: Ledger,
  random: SeededRandom,
  round: string,
): Promise<void> => {
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const client = createClient(baseUrl, ledger, random.fork(lane), `${round}-${lane}`);
      while (await client.sendNext());
    }),
  );
};

/** Sends again what was not answered: the service must take each for what it is, new or a duplicate. */
export const settle = async (baseUrl: string, ledger: Ledger, unanswered: readonly Unanswered[]): Promise<void> => {
  for (const request of unanswered) {
    if (!(await sendOnce(baseUrl, ledger, request)))
      throw new Error('the service has gone while nothing was to end it');
  }
};

const createClient = (baseUrl: string, ledger: Ledger, random: SeededRandom, name: string) => {
  let sent = 0;
  const newSubmissions = (count: number): Submission[] =>
    Array.from({ length: count }, () => submission(random, `statement-${name}-${sent++}`));

  const pickStatement = (): RecordedStatement | undefined => {
    const known = [...ledger.statements.values()];
    const statement = known[random.integer(Math.max(1, known.length))];
    return statement === undefined || statement.busy || isRetracted(statement) ? undefined : statement;
  };

  const nextRequest = (): Unanswered => {
    const kind = random.pick(kinds);
    const statement = pickStatement();
    if (kind === 'lines') return { kind: 'statements', submissions: newSubmissions(2 + random.integer(60)) };
    if (statement === undefined || kind === 'one') return { kind: 'statements', submissions: newSubmissions(1) };
    if (kind === 'again') return { kind: 'statements', submissions: [statement.submission] };
    const reason = `because of ${name}-${sent++}`;
    return { kind, statement, body: kind === 'correction' ? correction(random, reason) : { reason } };
  };

  /** Whether the service still answers. */
  const sendNext = (): Promise<boolean> => sendOnce(baseUrl, ledger, nextRequest());
  return { sendNext };
};

/** Sends a request and notes what is acknowledged of it; what is not answered is noted as such. Says whether all was. */
const sendOnce = async (baseUrl: string, ledger: Ledger, request: Unanswered): Promise<boolean> => {
  if (request.kind === 'statements') return sendStatements(baseUrl, ledger, request.submissions);
  const { kind, statement, body } = request;
  statement.busy = true;
  try {
    const written = await postJson(`${baseUrl}/v1/statements/${statement.id}/${kind}`, body);
    if (written.revision !== statement.changes.length + 1) {
      throw new UnexpectedAnswer(
        `revision ${written.revision} of ${statement.id} for change ${statement.changes.length + 1}`,
      );
    }
    ledger.recordChange(statement, kind, body.reason, written.position);
    statement.busy = false;
    return true;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    // It stays busy: no other change may come between it and its retry.
    ledger.addUnanswered(request);
    return false;
  }
};

const sendStatements = async (
  baseUrl: string,
  ledger: Ledger,
  submissions: readonly Submission[],
): Promise<boolean> => {
  const url = `${baseUrl}/v1/statements?createMissing=true`;
  let answered = 0;
  try {
    const [only] = submissions;
    if (submissions.length === 1 && only !== undefined) {
      const { statementId, position } = await postJson(url, only);
      ledger.recordStatement(statementId, only, position);
      return true;
    }
    await postLines(url, submissions, ({ line, outcome, statementId, position }) => {
      const submitted = submissions[line - 1];
      if (submitted === undefined || outcome === 'rejected' || statementId === undefined || position === undefined) {
        throw new UnexpectedAnswer(`line ${line} of ${submissions.length} was ${outcome}`);
      }
      ledger.recordStatement(statementId, submitted, position);
      answered = line;
    });
    if (answered < submissions.length) throw new NoAnswer(`${answered} of ${submissions.length} lines were answered`);
    return true;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    ledger.addUnanswered({ kind: 'statements', submissions: submissions.slice(answered) });
    return false;
  }
};
