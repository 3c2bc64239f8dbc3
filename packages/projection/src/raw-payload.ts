import { idPattern } from '@stance/contracts';

/** What can be told of a payload that nobody could read: which histories it would have touched. */
export interface NamedInPassing {
  readonly holder: string | null;
  readonly proposition: string | null;
  /** The statement that it would have replaced. */
  readonly replaces: string | null;
}

const nobody: NamedInPassing = { holder: null, proposition: null, replaces: null };

const idIn = (value: unknown): string | null => (typeof value === 'string' && idPattern.test(value) ? value : null);

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

/** Reads what it names out of a statement event's JSON, whatever else may be wrong with it. */
export const namedInRawPayload = (data: string): NamedInPassing => {
  let payload: unknown;
  try {
    payload = JSON.parse(data);
  } catch {
    return nobody;
  }
  const statement = field(payload, 'statement');
  return {
    holder: idIn(field(payload, 'holder')) ?? idIn(field(statement, 'holder')),
    proposition: idIn(field(payload, 'proposition')) ?? idIn(field(statement, 'proposition')),
    replaces: idIn(field(statement, 'replaces')),
  };
};
