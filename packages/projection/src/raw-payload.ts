import { idPattern } from '@stance/contracts';

/** What can be told of a payload that nobody could read: which histories it would have touched. */
export interface NamedInPassing {
  readonly holder: string | null;
  readonly proposition: string | null;
  /** The statement that it would have replaced. */
  readonly replaces: string | null;
}

const idIn = (value: unknown): string | null => (typeof value === 'string' && idPattern.test(value) ? value : null);

/** `null` where it is no JSON. */
const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
};

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

/** Reads out of the JSON of an event of the registry whose histories it would put together or set apart. */
export const mergedInRawPayload = (data: string): readonly string[] => {
  const payload = parsed(data);
  return ['actorId', 'into'].flatMap((name) => idIn(field(payload, name)) ?? []);
};

/** Reads what it names out of a statement event's JSON, whatever else may be wrong with it. */
export const namedInRawPayload = (data: string): NamedInPassing => {
  const payload = parsed(data);
  const statement = field(payload, 'statement');
  return {
    holder: idIn(field(payload, 'holder')) ?? idIn(field(statement, 'holder')),
    proposition: idIn(field(payload, 'proposition')) ?? idIn(field(statement, 'proposition')),
    replaces: idIn(field(statement, 'replaces')),
  };
};
