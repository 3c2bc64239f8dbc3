import { createAsyncApiDocument, topics } from '@stance/contracts';
import type { TopicRecord } from '@stance/test-services';
import { Ajv } from 'ajv';

const document = { $id: 'asyncapi', ...createAsyncApiDocument({ version: '0' }) };
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(document);

const place = (id: string, part: string): string => `asyncapi#/components/messages/${id}/${part}`;
const fits = (pointer: string, value: unknown): boolean => ajv.validate(pointer, value);

/** Which of the messages that the AsyncAPI document has for a topic a record is, by all its parts. */
export const messagesFor = (address: string, { key, value, headers }: TopicRecord): string[] => {
  const topic = topics.find((each) => each.address === address);
  const data: unknown = value === null ? null : JSON.parse(value);
  return (topic?.messages ?? [])
    .map(({ id }) => id)
    .filter(
      (id) =>
        fits(place(id, 'headers'), headers) &&
        fits(place(id, 'payload'), data) &&
        fits(place(id, 'bindings/kafka/key'), key),
    );
};
