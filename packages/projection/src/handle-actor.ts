import type { ActorAliasAdded, ActorRegistered, ActorRevised, Alias } from '@stance/contracts';
import { wordsOf } from '@stance/read-model';

import type { Batch } from './batch.ts';
import { PoisonError } from './poison.ts';
import type { ActorWork } from './state.ts';

/** An actor's version, as its row's `body` holds it. */
interface ActorBody {
  readonly name: string;
  readonly kind?: string | undefined;
  readonly aliases: readonly Alias[];
  /** Added one by one: a revision keeps them. */
  readonly added: readonly Alias[];
  readonly identifiers?: Readonly<Record<string, string>> | undefined;
  readonly description?: string | undefined;
}

const bodyOf = (actor: ActorWork): ActorBody | null =>
  // The projection wrote this text itself.
  actor.version === null ? null : (JSON.parse(actor.version.body) as ActorBody);

const aliasOf = ({ name, from, to, evidence }: Alias): Alias => ({
  name,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(evidence === undefined ? {} : { evidence }),
});

/** The same name for the same time, whoever says so on what evidence. */
const sameAlias = (a: Alias, b: Alias): boolean => a.name === b.name && a.from === b.from && a.to === b.to;

const eachOnce = (aliases: readonly Alias[]): Alias[] =>
  aliases.filter((alias, index) => aliases.findIndex((other) => sameAlias(alias, other)) === index);

const writeVersion = (
  batch: Batch,
  actor: ActorWork,
  event: { readonly position: number; readonly revision: number },
  body: ActorBody,
): void => {
  const { position, revision } = event;
  const last = actor.version;
  if (last?.open?.batch === batch.no) last.open.row[3] = position;
  else if (last !== null) batch.rows.update('actor_versions', ['known_to'], [position, last.position]);
  const text = JSON.stringify(body);
  const row = batch.rows.insert('actor_versions', [
    position,
    actor.no,
    revision,
    null,
    body.name,
    body.kind ?? null,
    text,
  ]);
  actor.version = { position, revision, body: text, open: { batch: batch.no, row } };
};

const writeName = (batch: Batch, actor: ActorWork, position: number, at: number, alias: Alias): void => {
  const { name, from, to, evidence } = alias;
  const row = batch.rows.insert('actor_names', [
    position,
    at,
    actor.no,
    null,
    name,
    from ?? null,
    to ?? null,
    evidence ?? null,
  ]);
  actor.names?.push({ position, at, open: { batch: batch.no, row } });
  for (const word of wordsOf(name)) batch.rows.add('search_words', ['a', word, actor.no]);
};

const endNames = (batch: Batch, actor: ActorWork, position: number): void => {
  for (const name of actor.names ?? []) {
    if (name.open?.batch === batch.no) name.open.row[3] = position;
    else batch.rows.update('actor_names', ['known_to'], [position, name.position, name.at]);
  }
  actor.names = [];
};

/** What a PUT says is the whole of the actor from then on; only aliases added one by one stay. */
export const handleActor = (batch: Batch, actor: ActorWork, event: ActorRegistered | ActorRevised): void => {
  if ((event.type === 'ActorRegistered') !== (event.revision === 0)) {
    throw new PoisonError(
      'out-of-sequence',
      `${event.type} cannot be revision ${String(event.revision)} of ${event.stream}`,
    );
  }
  const { name, kind, identifiers, description } = event.data;
  const aliases = (event.data.aliases ?? []).map(aliasOf);
  const added = bodyOf(actor)?.added ?? [];
  endNames(batch, actor, event.position);
  writeVersion(batch, actor, event, { name, kind, aliases, added, identifiers, description });
  for (const [at, alias] of [{ name }, ...eachOnce([...aliases, ...added])].entries())
    writeName(batch, actor, event.position, at, alias);
};

export const handleAlias = (batch: Batch, actor: ActorWork, event: ActorAliasAdded): void => {
  const body = bodyOf(actor);
  if (body === null)
    throw new PoisonError('out-of-sequence', `an alias of ${event.data.actorId}, which is not registered`);
  const alias = aliasOf(event.data.alias);
  writeVersion(batch, actor, event, { ...body, added: [...body.added, alias] });
  const known = [...body.aliases, ...body.added].some((other) => sameAlias(alias, other));
  if (!known) writeName(batch, actor, event.position, 0, alias);
};
