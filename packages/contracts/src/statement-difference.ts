import { sameJson } from './canonical-json.ts';
import type { StatementContent } from './statement.ts';

/** The fields in which two statements differ, sorted; empty where their content is the same. */
export const differingFields = (a: StatementContent, b: StatementContent): string[] => {
  const left = new Map<string, unknown>(Object.entries(a));
  const right = new Map<string, unknown>(Object.entries(b));
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((field) => !sameJson(left.get(field), right.get(field)))
    .sort();
};

/** Whether two statements have the same content, whatever the order of their keys. */
export const sameContent = (a: StatementContent, b: StatementContent): boolean => differingFields(a, b).length === 0;
