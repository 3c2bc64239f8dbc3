import { ProblemError } from '@stance/contracts';
import { ReadModelError } from '@stance/read-model';
import type { ReadModel, ReadModelErrorCode } from '@stance/read-model';

const replaced =
  'The file of the read model was replaced by another one under the running service: it has to be stopped, and started again.';

const details: Partial<Record<ReadModelErrorCode, string>> = {
  'read-model-missing':
    'The file of the read model was removed under the running service: it has to be stopped, and started again.',
  'read-model-foreign-file': replaced,
  'read-model-outdated': replaced,
  'read-model-corrupt': 'The file of the read model is damaged: the service has to be stopped, and the file rebuilt.',
  'read-model-busy': 'Another program holds the file of the read model.',
  'read-model-unavailable': 'The file of the read model cannot be read.',
};

/** A failure of the read model as the problem that the client sees; anything else comes back as it is. */
const asProblem = (error: unknown): unknown => {
  if (!(error instanceof ReadModelError)) return error;
  if (error.code === 'read-model-closed') {
    return new ProblemError('shutting-down', { detail: 'The read model has been closed.', cause: error });
  }
  const detail = details[error.code];
  return detail === undefined ? error : new ProblemError('read-model-unavailable', { detail, cause: error });
};

/** A read model whose failures come out as problems. */
export const createAnsweringReadModel = (readModel: ReadModel): ReadModel => ({
  read: async (work) => {
    try {
      return await readModel.read(work);
    } catch (error) {
      throw asProblem(error);
    }
  },
  close: () => {
    readModel.close();
  },
});
