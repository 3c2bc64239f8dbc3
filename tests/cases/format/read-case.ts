import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inputIssues } from '@stance/contracts';
import type { InputIssue } from '@stance/contracts';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';

import { caseFrom, caseSchema } from './case.ts';
import type { Case } from './case.ts';
import { checkCase } from './check-case.ts';

/** `given[2].source.publisher` as its steps. */
const stepsOf = (path: string): string[] => path.split(/[.[\]]+/).filter((step) => step !== '');

/** Where in the text something stands, or where it is missing. */
const offsetOf = (document: Document, path: string): number => {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of stepsOf(path)) {
    let found: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === step);
      found = pair?.value;
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
    } else if (isSeq(node)) {
      found = node.items[Number(step)];
      offset = (found as Node | undefined)?.range?.[0] ?? offset;
    }
    if (found === undefined) break;
    node = found;
  }
  return offset;
};

/**
 * Reads a case; `name` is the file as it is to be called.
 *
 * @throws Error naming the file, and the line and place of each thing that is wrong.
 */
export const readCase = (name: string, text: string): Case => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fail = (wrong: readonly { readonly offset: number; readonly message: string }[]): never => {
    const told = wrong.map(({ offset, message }) => `${name}.yaml:${lines.linePos(offset).line}: ${message}`);
    throw new Error(told.join('\n'));
  };
  const failAt = (issues: readonly InputIssue[]): never =>
    fail(issues.map(({ path, message }) => ({ offset: offsetOf(document, path), message: `${path}: ${message}` })));
  if (document.errors.length > 0) fail(document.errors.map(({ pos, message }) => ({ offset: pos[0], message })));
  const parsed = caseSchema.safeParse(document.toJS());
  if (!parsed.success) return failAt(inputIssues(parsed.error));
  const issues = checkCase(parsed.data);
  return issues.length > 0 ? failAt(issues) : caseFrom(name, parsed.data);
};

/** All cases in a folder and the folders in it, by name. */
export const readCases = (folder: string): Case[] =>
  globSync('**/*.yaml', { cwd: folder })
    .toSorted()
    .map((file) =>
      readCase(file.replaceAll('\\', '/').replace(/\.yaml$/, ''), readFileSync(join(folder, file), 'utf8')),
    );
