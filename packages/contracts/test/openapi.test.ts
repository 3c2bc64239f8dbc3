import { createOpenApiDocument, endpoints, problems, readStatementInput } from '@stance/contracts';
import { dayOf } from '@stance/domain';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const document = createOpenApiDocument({ version: '1.2.3', endpoints });
const plain = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(document)));

const byName = (a = '', b = ''): number => a.localeCompare(b);
const exampleSchema = z.object({ summary: z.string(), value: z.unknown() });
const responseSchema = z.object({ description: z.string(), content: z.record(z.string(), z.unknown()).optional() });

describe('the OpenAPI document', () => {
  it('is a valid OpenAPI 3.1 document, all of whose references resolve', async () => {
    const validator = new Validator();
    const result = await validator.validate(plain);
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it('has every endpoint under its own operation id', () => {
    const ids = Object.values(document.paths ?? {}).flatMap((path) =>
      [path.get, path.post, path.put, path.delete].flatMap((operation) => operation?.operationId ?? []),
    );
    expect(ids.toSorted(byName)).toEqual(endpoints.map(({ operationId }) => operationId).toSorted(byName));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names its parameters in the path as the path does', () => {
    for (const endpoint of endpoints) {
      const named = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const path = document.paths?.[endpoint.path]?.[endpoint.method];
      const described = (path?.parameters ?? []).flatMap((parameter) =>
        'in' in parameter && parameter.in === 'path' ? [parameter.name] : [],
      );
      expect(described.toSorted(byName), endpoint.operationId).toEqual(named.toSorted(byName));
    }
  });

  it('gives examples of statements that are accepted as they stand', () => {
    const body = document.paths?.['/v1/statements']?.post?.requestBody;
    const examples = z
      .object({
        content: z.object({ 'application/json': z.object({ examples: z.record(z.string(), exampleSchema) }) }),
      })
      .parse(body).content['application/json'].examples;
    expect(Object.keys(examples)).toEqual(['statement', 'vote', 'endorsement']);
    for (const { value } of Object.values(examples))
      expect(readStatementInput(value, { receivedOn: dayOf(Date.UTC(2025, 0)) })).toHaveProperty('ok');
  });

  it('says of every field of a statement what it means', () => {
    const described = z.record(z.string(), z.object({ properties: z.record(z.string(), z.unknown()) }));
    const { StatementInput, Source, Quote } = described.parse({
      StatementInput: document.components?.schemas?.['StatementInput'],
      Source: document.components?.schemas?.['Source'],
      Quote: document.components?.schemas?.['Quote'],
    });
    const fields = Object.entries({ ...StatementInput?.properties, ...Source?.properties, ...Quote?.properties });
    expect(fields.length).toBeGreaterThan(25);
    const said = z.union([
      z.object({ description: z.string().min(10) }),
      z.object({ $ref: z.string().regex(/schemas\/(?!Id$)/) }),
    ]);
    for (const [name, field] of fields) expect(said.safeParse(field).success, name).toBe(true);
  });

  it('gives the problems of a call as problem+json under their status', () => {
    for (const endpoint of endpoints) {
      for (const code of endpoint.problems) {
        const { status } = problems[code];
        const operation = document.paths?.[endpoint.path]?.[endpoint.method];
        const response = responseSchema.parse(operation?.responses?.[String(status)]);
        expect(response.description, `${endpoint.operationId} ${code}`).toContain(`\`${code}\``);
        expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json']);
      }
    }
  });
});
