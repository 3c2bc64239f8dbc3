import type { MethodDetail } from '@stance/contracts';
import type { Method } from '@stance/domain';

type MethodNumber = MethodDetail['numbers'][number];

const numbersIn = (value: unknown, path: string, reasons: Readonly<Record<string, string>>): MethodNumber[] => {
  if (typeof value === 'number') {
    const reason = reasons[path];
    return [{ name: path, value, ...(reason === undefined ? {} : { reason }) }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    numbersIn(inner, path === '' ? name : `${path}.${name}`, reasons),
  );
};

/** All numbers of a method by their paths (`authority.self`), each with its reason, and the reasons of whole groups. */
export const methodDetail = ({ name, version, reasons, ...numbers }: Method): MethodDetail => {
  const listed = numbersIn(numbers, '', reasons);
  const paths = new Set(listed.map((number) => number.name));
  return {
    name,
    version,
    default: true,
    numbers: listed,
    reasons: Object.fromEntries(Object.entries(reasons).filter(([path]) => !paths.has(path))),
  };
};
