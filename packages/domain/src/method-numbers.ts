import type { Method } from './method.ts';

/** A number of a method, by its path: `authority.self`, `strong`. */
export interface MethodNumber {
  readonly path: string;
  readonly value: number;
}

const numbersIn = (value: unknown, path: string): MethodNumber[] => {
  if (typeof value === 'number') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => numbersIn(inner, path === '' ? name : `${path}.${name}`));
};

/** All numbers of a method, in the order in which they stand. Every method has the same paths. */
export const numbersOf = ({
  authority,
  directness,
  part,
  link,
  strong,
  enough,
  least,
  prevailing,
  bands,
}: Omit<Method, 'name' | 'version' | 'reasons'>): MethodNumber[] =>
  numbersIn({ authority, directness, part, link, strong, enough, least, prevailing, bands }, '');
