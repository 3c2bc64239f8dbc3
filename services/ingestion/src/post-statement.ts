import { ProblemError, readStatementInput } from '@stance/contracts';
import type { StatementInput } from '@stance/contracts';
import type { Answer, JsonInput } from '@stance/http';

import { invalidInput, revisionEtag } from './answers.ts';
import { contextOf } from './context-of.ts';
import type { Ingestion } from './ingestion.ts';
import type { LinesQuery, StatementHeaders } from './ndjson/post-lines.ts';
import type { SubmissionCounter } from './submission-counter.ts';

/** The handler of `POST /v1/statements` with one statement. */
export const postStatement =
  (ingestion: Ingestion, counter: SubmissionCounter) =>
  async (input: JsonInput<unknown, LinesQuery, StatementHeaders, StatementInput>): Promise<Answer> => {
    const { query, headers, body } = input;
    if (query.results !== undefined) refuse('results', 'belongs to NDJSON only');
    const reading = readStatementInput(withKey(body, headers['idempotency-key']), ingestion.rules());
    if ('problems' in reading) {
      counter.count('rejected');
      throw invalidInput(reading.problems);
    }
    const options = { context: contextOf(input), createMissing: query.createMissing ?? false };
    const [result] = await ingestion.recordStatements([reading.ok], options);
    if (result === undefined) throw new Error('a statement was recorded without a result');
    counter.count(result.outcome);
    if (result.outcome === 'rejected') {
      const { code, detail, errors, fields } = result.error;
      throw new ProblemError(code, {
        detail,
        ...(errors === undefined ? {} : { errors }),
        ...(fields === undefined ? {} : { extra: { fields } }),
      });
    }
    return {
      status: result.outcome === 'accepted' ? 201 : 200,
      etag: revisionEtag(result.revision),
      body: result,
    };
  };

/** The key is the caller's id, said in a header. */
const withKey = (body: StatementInput, key: string | undefined): StatementInput => {
  if (key === undefined) return body;
  if (body.id !== undefined && body.id !== key) refuse('id', `is not the Idempotency-Key, "${key}"`);
  return { ...body, id: key };
};

const refuse = (path: string, message: string): never => {
  throw invalidInput([{ path, message }]);
};
