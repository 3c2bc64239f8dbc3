import type { IncomingHttpHeaders } from 'node:http';

import { problemSchema } from '@stance/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

import type { OpenApi, Operation } from './openapi.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

/** The events of a stream that carry data. */
const eventsIn = (text: string): unknown[] =>
  text
    .split('\n\n')
    .map((block) => new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string])))
    .filter((fields) => fields.has('data'))
    .map((fields) => ({ ...Object.fromEntries(fields), data: JSON.parse(fields.get('data') ?? '') as unknown }));

/** Compares answers with what the document says of them. */
export const createConformance = (document: OpenApi) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'openapi.json');

  const expectSchema = (operation: Operation, status: number, mediaType: string, value: unknown): void => {
    const steps = [
      'paths',
      operation.path,
      operation.method,
      'responses',
      String(status),
      'content',
      mediaType,
      'schema',
    ];
    const validate = ajv.getSchema(`openapi.json#/${steps.map(escaped).map(encodeURIComponent).join('/')}`);
    if (validate === undefined) throw new Error(`the document has no schema at ${steps.join(' ')}`);
    void validate(value);
    expect(validate.errors, JSON.stringify(value)).toBe(null);
  };

  return (operation: Operation, { status, headers, text }: Answer): void => {
    const described = operation.responses[String(status)];
    expect(described, `${operation.operationId} answered ${status}: ${text}`).toBeDefined();
    if (status >= 500) expect(text).toContain('"code":"not-caught-up"');
    if (described?.content === undefined) {
      expect(text).toBe('');
      return;
    }
    const mediaType = (headers['content-type'] ?? '').replace(/;.*$/, '');
    expect(Object.keys(described.content)).toContain(mediaType);
    if (status >= 400) expect(problemSchema.parse(JSON.parse(text)).status).toBe(status);
    if (mediaType.endsWith('ndjson')) {
      for (const line of text.split('\n').filter((line) => line !== '')) {
        expectSchema(operation, status, mediaType, JSON.parse(line));
      }
    } else if (mediaType === 'text/event-stream') {
      const events = eventsIn(text);
      expect(events).not.toEqual([]);
      for (const event of events) expectSchema(operation, status, mediaType, event);
    } else if (mediaType.endsWith('json')) {
      expectSchema(operation, status, mediaType, JSON.parse(text));
    }
  };
};
