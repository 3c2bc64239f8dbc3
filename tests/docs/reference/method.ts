import { defaultMethod, numbersOf } from '@stance/domain';

import { code, table } from './table.ts';

export const methodPage = (): string => {
  const reasons: Readonly<Record<string, string>> = defaultMethod.reasons;
  return `# The method \`${defaultMethod.name}\`, version ${defaultMethod.version}

These numbers decide how statements become changes; [how changes come about](../explanation/how-changes-come-about.md)
says what they are used for. They never change: other numbers would be another version. Every answer names the method it
was made by. \`GET /v1/methods/${defaultMethod.name}\` answers the same. A method of your own has the same numbers with other values:
[how to add one](../how-to/add-a-method.md).

A statement weighs authority × directness × part × link for each link of the chain of reporters after the first ×
certainty × confidence of the extraction. A recorded vote weighs 1.

${table(
  ['number', 'value', 'why'],
  numbersOf(defaultMethod).map(({ path, value }) => [
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
