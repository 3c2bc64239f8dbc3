import type { Case, CaseStep, Question } from '../format/case.ts';
import { submissionOf } from '../format/case.ts';
import type { Answer, NameAnswer } from './answer.ts';

/** A call that records something. */
interface Call {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
}

/** Where the steps about actors and propositions are recorded. */
const registryCalls = [
  ['alias', 'actors', 'aliases'],
  ['merge', 'actors', 'merge'],
  ['unmerge', 'actors', 'unmerge'],
  ['membership', 'actors', 'memberships'],
  ['revise', 'propositions', 'revisions'],
  ['relation', 'propositions', 'relations'],
] as const;

const post = (path: string, body: unknown): Call => ({ method: 'POST', path: `/v1/${path}`, body });

/** How a step is recorded; the ids in its body are those of the case. */
const callFor = (step: CaseStep, named: (id: string) => string): Call => {
  if ('statement' in step) return post('statements', submissionOf(step));
  if ('correct' in step) {
    return post(`statements/${named(step.correct)}/correction`, { reason: step.reason, ...step.change });
  }
  if ('retract' in step) return post(`statements/${named(step.retract)}/retraction`, { reason: step.reason });
  const fields = new Map<string, unknown>(Object.entries(step));
  for (const [word, list, call] of registryCalls) {
    const id = fields.get(word);
    if (typeof id !== 'string') continue;
    fields.delete(word);
    fields.delete('recorded');
    return post(`${list}/${named(id)}/${call}`, Object.fromEntries(fields));
  }
  throw new TypeError(`nothing records ${JSON.stringify(step)}`);
};

/** Fields that hold an id of the case, wherever they stand. */
const idKeys: ReadonlySet<string> = new Set(
  'id holder proposition speaker actor replaces statementId utteranceId copyOf into group onBehalfOf to'.split(' '),
);

/** A date in an answer: the day of it, of what was last said the end. */
const dayIn = (key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('edtf' in value)) return value;
  const { earliest, latest } = value as unknown as { earliest: string | null; latest: string | null };
  return key === 'lastSaidAt' ? latest : (earliest ?? latest);
};

interface HistoryBody {
  readonly stance: { readonly statements: number } | null;
  readonly changes: readonly unknown[];
  readonly segments: readonly unknown[];
  readonly contested: readonly unknown[];
  readonly statements: { readonly items: readonly { readonly id: string }[] };
}

interface ActorsBody {
  readonly items: readonly { readonly id: string; readonly heldBy?: readonly { readonly actor: string }[] }[];
}

interface Written {
  readonly position: number;
  readonly outcome: string;
}

/**
 * A case in a service that holds others too: everything in it goes by names that begin with the case's own.
 */
export const createWorld = (baseUrl: string, name: string, { actors, propositions, given }: Case) => {
  const prefix = `${name.replaceAll('/', '.')}.`;
  const named = (id: string): string => prefix + id;
  /** The day a step was recorded on and the position it got, for each step recorded. */
  const recorded: { readonly day: string; readonly position: number }[] = [];
  let beginning = 0;

  const send = async ({ method, path, body }: Call): Promise<Written> => {
    const known = new Set([...Object.keys(actors), ...Object.keys(propositions)]);
    const text = JSON.stringify(body, (key, held: unknown) =>
      // `to` is a date in an alias or a membership, and a proposition in a relation.
      typeof held === 'string' && idKeys.has(key) && (key !== 'to' || known.has(held)) ? named(held) : held,
    );
    const response = await fetch(baseUrl + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${response.status} to ${path} ${text}: ${answer}`);
    return JSON.parse(answer) as Written;
  };
  const read = async (path: string): Promise<string> => {
    const response = await fetch(baseUrl + path);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} from ${path}: ${text}`);
    return text;
  };
  const whenKnown = (knownAt: string): number =>
    recorded.reduce((last, { day, position }) => (day <= knownAt ? Math.max(last, position) : last), beginning);

  return {
    /** Makes the actors and propositions known. */
    begin: async (): Promise<void> => {
      for (const [id, actor] of Object.entries(actors)) {
        beginning = (await send({ method: 'PUT', path: `/v1/actors/${named(id)}`, body: actor })).position;
      }
      for (const [id, text] of Object.entries(propositions)) {
        const path = `/v1/propositions/${named(id)}`;
        beginning = (await send({ method: 'PUT', path, body: { text } })).position;
      }
    },
    /** Records a step. @returns `accepted` or `duplicate` */
    record: async (step: CaseStep): Promise<string> => {
      const { position, outcome } = await send(callFor(step, named));
      recorded.push({ day: step.recorded, position });
      return outcome;
    },
    ask: async ({ name, holder, proposition, at, knownAt }: Question): Promise<Answer | NameAnswer> => {
      const parameters = new URLSearchParams({ limit: '1000', ...(at === undefined ? {} : { at }) });
      if (knownAt === undefined) parameters.set('minPosition', String(whenKnown(given.at(-1)?.recorded ?? '')));
      else parameters.set('knownAt', String(whenKnown(knownAt)));
      if (name !== undefined) {
        parameters.set('q', name);
        const { items } = JSON.parse(await read(`/v1/actors?${parameters.toString()}`)) as ActorsBody;
        // Other worlds have people of the same name.
        const ofThisWorld = items.filter(({ id }) => id.startsWith(prefix));
        return {
          actors: ofThisWorld.map(({ id }) => id.slice(prefix.length)).toSorted(),
          heldBy: ofThisWorld
            .flatMap(({ heldBy = [] }) => heldBy.map(({ actor }) => actor.slice(prefix.length)))
            .toSorted(),
        };
      }
      const text = await read(`/v1/histories/${named(holder)}/${named(proposition)}?${parameters.toString()}`);
      const body = JSON.parse(text.replaceAll(prefix, ''), dayIn) as HistoryBody;
      return {
        ...body,
        stance: { ...body.stance, ...((body.stance?.statements ?? 0) === 0 ? { status: 'none' } : {}) },
        statements: Object.fromEntries(body.statements.items.map((item) => [item.id, item])),
      };
    },
  };
};

export type World = ReturnType<typeof createWorld>;
