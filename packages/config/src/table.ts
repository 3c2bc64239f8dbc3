import { variables } from './variables.ts';
import type { Variable } from './variables.ts';

/** The table of all variables in Markdown, as the documentation shows it. */
export const variablesTable = (): string => {
  const rows = Object.values(variables).map((variable: Variable<unknown>) => {
    const fallback = variable.fallbackText ?? (variable.fallback === null ? 'none' : `\`${variable.fallback}\``);
    return `| \`${variable.name}\` | ${fallback} | ${variable.meaning} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
};
