import { defaultMethod } from '@stance/domain';

import { code, table } from './table.ts';

/** The numbers of a method by their path, in the order of the file. */
const numbers = (value: object, prefix = ''): [path: string, value: number][] =>
  Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, number][] => {
    if (typeof inner === 'number' && name !== 'version') return [[prefix + name, inner]];
    return typeof inner === 'object' && inner !== null ? numbers(inner, `${prefix}${name}.`) : [];
  });

export const methodPage = (): string => {
  const reasons: Readonly<Record<string, string>> = defaultMethod.reasons;
  return `# The method \`${defaultMethod.name}\`, version ${defaultMethod.version}

These numbers decide how statements become changes; [how changes come about](../explanation/how-changes-come-about.md)
says what they are used for. They never change: other numbers would be another version. Every answer names the method it
was made by. \`GET /v1/methods/${defaultMethod.name}\` answers the same.

A statement weighs authority × directness × part × link for each link of the chain of reporters after the first ×
certainty × confidence of the extraction. A recorded vote weighs 1.

${table(
  ['number', 'value', 'why'],
  numbers(defaultMethod).map(([path, value]) => [
    code(path),
    String(Math.round(value * 1e4) / 1e4),
    reasons[path] ?? '',
  ]),
)}

${Object.entries(reasons)
  .filter(([path]) => path in defaultMethod && typeof Reflect.get(defaultMethod, path) === 'object')
  .map(([path, reason]) => `- ${code(path)}: ${reason}`)
  .join('\n')}
`;
};
