import fc from 'fast-check';

import { recordedEvents } from '../bad-input/support/given.ts';
import { hostileText, hostileValue, nearly } from './hostile-value.ts';
import type { JsonSchema, Operation } from './openapi.ts';
import { validValue } from './valid-value.ts';

export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

type Resolve = (schema: JsonSchema) => JsonSchema;
type Pair = readonly [name: string, value: string];

const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

/** What can stand in a header at all: the client would not send anything else. */
const headerText = (text: string): string => text.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '').trim();

/** A position that is not reached is waited for, as long as the service may: that is a test of its own. */
const isWaitedFor = ([name, value]: Pair): boolean => name === 'minPosition' && Number(value) > recordedEvents;

const mostlyValid = <Value>(valid: fc.Arbitrary<Value>, hostile: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ arbitrary: valid, weight: 12 }, { arbitrary: hostile, weight: 1 });

const parametersOf = (
  operation: Operation,
  place: 'path' | 'query' | 'header',
  resolve: Resolve,
): fc.Arbitrary<Pair[]> => {
  const pairs = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === place)
    .map(({ name, schema, required }) => {
      const value = mostlyValid(validValue(schema, resolve, name).map(String), hostileText);
      const pair = value.map((text): Pair => [name, text]);
      return required === true
        ? pair.map((one) => [one])
        : fc.oneof(
            fc.constant<Pair[]>([]),
            pair.map((one) => [one]),
          );
    });
  return fc.tuple(...pairs).map((all) => all.flat().filter((pair) => !isWaitedFor(pair)));
};

const unknownParameters: fc.Arbitrary<Pair[]> = mostlyValid(
  fc.constant<Pair[]>([]),
  fc.array(fc.tuple(fc.oneof(hostileText, fc.constantFrom('limit', 'holder')), hostileText), { maxLength: 2 }),
);

/** A value as JSON text, now and then as a text that nearly is. */
const textOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  mostlyValid(
    value.map((given) => JSON.stringify(given) ?? ''),
    fc.oneof(
      hostileText,
      fc.tuple(value, fc.nat({ max: 400 })).map(([given, end]) => (JSON.stringify(given) ?? '').slice(0, end)),
    ),
  );

const bodyOf = (
  operation: Operation,
  resolve: Resolve,
): fc.Arbitrary<readonly [type: string, text: string] | undefined> => {
  const content = Object.entries(operation.requestBody?.content ?? {});
  if (content.length === 0) return fc.constant(undefined);
  const bodies = content.map(([type, { schema }]) => {
    const valid = validValue(schema, resolve, '');
    const text = textOf(fc.oneof(valid, nearly(valid), nearly(nearly(valid)), mostlyValid(valid, hostileValue)));
    const whole = type.endsWith('ndjson') ? fc.array(text, { maxLength: 5 }).map((lines) => lines.join('\n')) : text;
    const named = mostlyValid(fc.constant(type), fc.constantFrom('text/plain', 'application/json;charset=x', ''));
    return fc.tuple(named, whole);
  });
  return fc.oneof(...bodies);
};

/** Requests to one operation: right, nearly right, and hostile ones. */
export const requestTo = (operation: Operation, resolve: Resolve): fc.Arbitrary<FuzzedRequest> =>
  fc
    .record({
      path: parametersOf(operation, 'path', resolve),
      query: parametersOf(operation, 'query', resolve),
      further: unknownParameters,
      headers: parametersOf(operation, 'header', resolve),
      body: bodyOf(operation, resolve),
    })
    .map(({ path, query, further, headers, body }) => {
      const values = new Map(path);
      const target = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(values.get(name) ?? ''));
      const search = [...query, ...further].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
      return {
        method: operation.method.toUpperCase(),
        path: search === '' ? target : `${target}?${search}`,
        headers: Object.fromEntries([
          ...headers.map(([name, value]) => [name, headerText(value)] as const),
          ...(body === undefined ? [] : [['content-type', body[0]] as const]),
        ]),
        body: body?.[1],
      };
    });
