import { createHash } from 'node:crypto';

import type { OpenApiDocument } from '@stance/contracts';

type Paths = NonNullable<OpenApiDocument['paths']>;
type Operation = NonNullable<Paths[string]['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .25rem; }
section > h3 { margin: 2.5rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
summary { cursor: pointer; }
nav li { list-style: none; }
`;

/** Nothing may be loaded or run but the page's own style: what it shows comes from the API's description alone. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);

/** Descriptions are Markdown; of it only `code` is used. */
const prose = (text: string | undefined): string => escape(text ?? '').replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const json = (value: unknown): string => {
  const text = escape(JSON.stringify(value, null, 2));
  return `<pre>${text.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>')}</pre>`;
};

const schema = (title: string, value: unknown): string =>
  `<details><summary>${escape(title)}</summary>${json(value)}</details>`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `<table><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>${rows
        .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
        .join('')}</table>`;

const parameterRow = (parameter: Parameter): string[] => {
  if ('$ref' in parameter) return [json(parameter), '', '', ''];
  const kind = parameter.required === true ? 'required' : 'optional';
  const description = parameter.description ?? (parameter.schema as { description?: string } | undefined)?.description;
  return [
    `<code>${escape(parameter.name)}</code>`,
    parameter.in,
    kind,
    prose(description) + schema('schema', parameter.schema),
  ];
};

const contentOf = (content: Readonly<Record<string, unknown>> | undefined): string =>
  Object.entries(content ?? {})
    .map(([type, media]) => schema(type, (media as { schema?: unknown }).schema ?? {}))
    .join('');

const operationHtml = (method: string, path: string, operation: Operation): string => {
  const { requestBody, responses = {} } = operation;
  const scope: unknown = Reflect.get(operation, 'x-scope');
  const answers = Object.entries(responses).map(([status, response]: [string, Record<string, unknown>]) => [
    `<code>${escape(status)}</code>`,
    prose(typeof response['description'] === 'string' ? response['description'] : '') +
      contentOf(response['content'] as Record<string, unknown> | undefined),
  ]);
  return [
    `<section id="${escape(operation.operationId ?? '')}"><h3><code>${method.toUpperCase()} ${escape(path)}</code></h3>`,
    `<p>${prose(operation.summary)}${typeof scope === 'string' ? ` (scope <code>${escape(scope)}</code>)` : ''}</p>`,
    operation.description === undefined ? '' : `<p>${prose(operation.description)}</p>`,
    table(['parameter', 'in', '', ''], (operation.parameters ?? []).map(parameterRow)),
    requestBody === undefined || '$ref' in requestBody ? '' : `<p>Body</p>${contentOf(requestBody.content)}`,
    table(['status', 'answer'], answers),
    '</section>',
  ].join('\n');
};

/** The description of the API as one page of HTML, without scripts. */
export const docsPage = (document: OpenApiDocument): string => {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'put', 'post', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method, path, operation, tag: operation.tags?.[0] ?? '' }];
    }),
  );
  const tags = document.tags ?? [];
  const listed = (name: string) => operations.filter(({ tag }) => tag === name);
  const contents = tags.map(
    ({ name }) =>
      `<li><a href="#tag-${escape(name)}">${escape(name)}</a><ul>${listed(name)
        .map(({ method, path, operation }) => {
          const link = `<a href="#${escape(operation.operationId ?? '')}"><code>${method.toUpperCase()} ${escape(path)}</code></a>`;
          return `<li>${link} ${prose(operation.summary)}</li>`;
        })
        .join('')}</ul></li>`,
  );
  const sections = tags.map(
    ({ name, description }) =>
      `<h2 id="tag-${escape(name)}">${escape(name)}</h2><p>${prose(description)}</p>${listed(name)
        .map(({ method, path, operation }) => operationHtml(method, path, operation))
        .join('\n')}`,
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, value]) => `<h3 id="schema-${escape(name)}">${escape(name)}</h3>${json(value)}`,
  );
  const { title, version, description } = document.info;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escape(title)}: API</title><style>${style}</style></head><body>`,
    `<h1>${escape(title)} <small>${escape(version)}</small></h1><p>${prose(description)}</p>`,
    '<p>For programs: <a href="/openapi.json">openapi.json</a></p>',
    `<nav><ul>${contents.join('')}</ul></nav>`,
    ...sections,
    '<h2>Schemas</h2>',
    ...schemas,
    '</body></html>',
  ].join('\n');
};
