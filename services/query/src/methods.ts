import { ProblemError } from '@stance/contracts';
import type { MethodReference } from '@stance/contracts';
import type { Method } from '@stance/domain';

/** The methods that answers can be made by. */
export interface Methods {
  /** By which the projection works, and answers are made where none is asked for. */
  readonly standard: Method;
  readonly all: readonly Method[];
  find(name: string): Method | undefined;
  /**
   * The method that a parameter names.
   *
   * @throws ProblemError `unknown-method` with those that there are.
   */
  asked(parameter: string, name: string): Method;
}

export const referenceTo = ({ name, version }: Method): MethodReference => ({ name, version });

/** The first one is the standard one. */
export const createMethods = (all: readonly [Method, ...Method[]]): Methods => {
  const byName = new Map(all.map((method) => [method.name, method]));
  return {
    standard: all[0],
    all,
    find: (name) => byName.get(name),
    asked: (parameter, name) => {
      const method = byName.get(name);
      if (method !== undefined) return method;
      const detail = `There is no method "${name}"; there is ${[...byName.keys()].join(', ')}.`;
      throw new ProblemError('unknown-method', { detail, errors: [{ path: parameter, message: detail }] });
    },
  };
};
