import { ProblemError } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';

/** @throws ProblemError `not-found` unless it is the projection that there is. */
export const requireProjection = (name: string): void => {
  if (name !== defaultMethod.name) throw new ProblemError('not-found', { detail: `There is no projection "${name}".` });
};
