import type { MethodDetail } from '@stance/contracts';
import { numbersOf } from '@stance/domain';
import type { Method } from '@stance/domain';

/** All numbers of a method by their paths (`authority.self`), each with its reason, and the reasons of whole groups. */
export const methodDetail = (method: Method, isDefault: boolean): MethodDetail => {
  const { name, version, reasons } = method;
  const numbers = numbersOf(method);
  const paths = new Set(numbers.map(({ path }) => path));
  return {
    name,
    version,
    default: isDefault,
    numbers: numbers.map(({ path, value }) => {
      const reason = reasons[path];
      return { name: path, value, ...(reason === undefined ? {} : { reason }) };
    }),
    reasons: Object.fromEntries(Object.entries(reasons).filter(([path]) => !paths.has(path))),
  };
};
