import { ProblemError } from '@stance/contracts';
import { ReadModelError } from '@stance/read-model';
import type { ReadModel, ReadModelErrorCode } from '@stance/read-model';

const replaced =
  'The read model was replaced by something else under the running service: it has to be stopped, and started again.';

/** In seconds: so soon it may have passed. */
const soon = '1';

/** What clients are told, whatever the read model is kept in; `null` for what is no failure of reading. */
const details: Readonly<Record<ReadModelErrorCode, string | null>> = {
  'read-model-missing':
    'The read model was removed under the running service: it has to be stopped, and started again, unless it is being made anew at this moment.',
  'read-model-foreign-file': replaced,
  'read-model-foreign-schema': replaced,
  'read-model-outdated': replaced,
  'read-model-corrupt': 'The read model is damaged: the service has to be stopped, and the read model rebuilt.',
  'read-model-busy': 'The read model took too long to answer, or another program holds it.',
  'read-model-full': 'There is no space or memory left where the read model is.',
  'read-model-unavailable': 'The read model cannot be read.',
  'read-model-refused': 'The read model refuses the service: its user, its password or its TLS settings.',
  'read-model-no-rights': 'The service lacks a right to read the read model.',
  'read-model-read-only': 'The read model takes no writes, and reading it took one.',
  'read-model-too-large': 'The read model cannot take a value as long as this one.',
  'read-model-unsupported-server': 'The read model is on a server that will not do.',
  'read-model-closed': null,
  'read-model-of-another-log': null,
  'checkpoint-conflict': null,
  'rebuild-under-way': null,
  'version-conflict': null,
  'version-refused': null,
  'version-unknown': null,
};

/** A failure of the read model as the problem that the client sees; anything else comes back as it is. */
const asProblem = (error: unknown): unknown => {
  if (!(error instanceof ReadModelError)) return error;
  if (error.code === 'read-model-closed') {
    return new ProblemError('shutting-down', { detail: 'The read model has been closed.', cause: error });
  }
  const detail = details[error.code];
  if (detail === null) return error;
  const headers = error.retryable ? { 'retry-after': soon } : {};
  return new ProblemError('read-model-unavailable', { detail, headers, cause: error });
};

/** A read model whose failures come out as problems. */
export const createAnsweringReadModel = (readModel: ReadModel): ReadModel => {
  const answering = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    try {
      return await run();
    } catch (error) {
      throw asProblem(error);
    }
  };
  return {
    read: (work) => answering(() => readModel.read(work)),
    together: (work) => answering(() => readModel.together(work)),
    close: () => readModel.close(),
  };
};
