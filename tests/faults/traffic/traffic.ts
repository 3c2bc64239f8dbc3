import { setTimeout as delay } from 'node:timers/promises';

import { NoAnswer, postJson, postLines, Unavailable, UnexpectedAnswer } from './client.ts';
import { isRetracted } from './ledger.ts';
import type { Ledger, RecordedStatement, Submission, Unanswered } from './ledger.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
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
      const client = createClient({ baseUrl, ledger, random: random.fork(lane), name: `${round}-${lane}`, lines: 60 });
      while (await isAnswered(client.sendNext()));
    }),
  );
};

/** Sends again what was not answered: the service must take each for what it is, new or a duplicate. */
export const settle = async (baseUrl: string, ledger: Ledger, unanswered: readonly Unanswered[]): Promise<void> => {
  for (const request of unanswered) {
    if (!(await isAnswered(sendOnce(baseUrl, ledger, request))))
      throw new Error('the service has gone while nothing was to end it');
  }
};

export interface SteadyTraffic {
  readonly baseUrl: string;
  readonly ledger: Ledger;
  readonly random: SeededRandom;
  /** Of the traffic, for what it sends to differ from what other traffic does. */
  readonly name: string;
  readonly stopping: AbortSignal;
}

/** Clients pause between two calls, in milliseconds, at most. */
const longestPause = 200;

/** Sends what clients send, each of them over and over what was not answered before anything else, until told to stop. */
export const sendUntilStopped = async ({ stopping, ...traffic }: SteadyTraffic): Promise<void> => {
  const { baseUrl, ledger, name } = traffic;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const random = traffic.random.fork(lane);
      const client = createClient({ baseUrl, ledger, random, name: `${name}-${lane}`, lines: 8 });
      while (!stopping.aborted) {
        const unanswered = ledger.takeUnanswered();
        for (const request of unanswered) await sendOnce(baseUrl, ledger, request);
        if (unanswered.length === 0) await client.sendNext();
        await delay(random.integer(longestPause));
      }
    }),
  );
};

/** Sends again what was not answered, until all is: the service may need a while. */
export const settleInTime = async (baseUrl: string, ledger: Ledger): Promise<void> => {
  for (let waiting = ledger.takeUnanswered(); waiting.length > 0; waiting = ledger.takeUnanswered()) {
    for (const request of waiting) if ((await sendOnce(baseUrl, ledger, request)) !== 'answered') await delay(100);
  }
};

type Answered = 'answered' | 'gone' | 'unavailable';

const isAnswered = async (answer: Promise<Answered>): Promise<boolean> => {
  const answered = await answer;
  if (answered === 'unavailable') throw new Error('the service cannot do it although nothing hinders it');
  return answered === 'answered';
};

interface ClientOptions extends Omit<SteadyTraffic, 'stopping'> {
  /** At most, of one call. */
  readonly lines: number;
}

const createClient = ({ baseUrl, ledger, random, name, lines }: ClientOptions) => {
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
    if (kind === 'lines') return { kind: 'statements', submissions: newSubmissions(2 + random.integer(lines)) };
    if (statement === undefined || kind === 'one') return { kind: 'statements', submissions: newSubmissions(1) };
    if (kind === 'again') return { kind: 'statements', submissions: [statement.submission] };
    const reason = `because of ${name}-${sent++}`;
    return { kind, statement, body: kind === 'correction' ? correction(random, reason) : { reason } };
  };

  const sendNext = (): Promise<Answered> => sendOnce(baseUrl, ledger, nextRequest());
  return { sendNext };
};

/** Sends a request and notes what is acknowledged of it; what is not answered is noted as such. */
const sendOnce = async (baseUrl: string, ledger: Ledger, request: Unanswered): Promise<Answered> => {
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
    return 'answered';
  } catch (error) {
    const answered = answeredBy(error);
    // It stays busy: no other change may come between it and its retry.
    ledger.addUnanswered(request);
    return answered;
  }
};

/** @throws the error itself, where it says more than that there is no answer. */
const answeredBy = (error: unknown): Answered => {
  if (error instanceof Unavailable) return 'unavailable';
  if (error instanceof NoAnswer) return 'gone';
  throw error;
};

const sendStatements = async (
  baseUrl: string,
  ledger: Ledger,
  submissions: readonly Submission[],
): Promise<Answered> => {
  const url = `${baseUrl}/v1/statements?createMissing=true`;
  let answered = 0;
  try {
    const [only] = submissions;
    if (submissions.length === 1 && only !== undefined) {
      const { statementId, position } = await postJson(url, only);
      ledger.recordStatement(statementId, only, position);
      return 'answered';
    }
    await postLines(url, submissions, ({ line, outcome, statementId, position, error }) => {
      if (error?.retryable === true) throw new Unavailable(`line ${line}: ${error.code}`);
      const submitted = submissions[line - 1];
      if (submitted === undefined || outcome === 'rejected' || statementId === undefined || position === undefined) {
        throw new UnexpectedAnswer(`line ${line} of ${submissions.length} was ${outcome}`);
      }
      ledger.recordStatement(statementId, submitted, position);
      answered = line;
    });
    if (answered < submissions.length) throw new NoAnswer(`${answered} of ${submissions.length} lines were answered`);
    return 'answered';
  } catch (error) {
    const answer = answeredBy(error);
    ledger.addUnanswered({ kind: 'statements', submissions: submissions.slice(answered) });
    return answer;
  }
};
