import type {
  ActorAnswer,
  ActorKind,
  ActorVersionAnswer,
  PropositionAnswer,
  PropositionDetail,
  PropositionVersionAnswer,
  RelationAnswer,
} from '@stance/contracts';
import { daysOf } from '@stance/domain';
import type {
  ActorRow,
  ActorVersionRow,
  NameRow,
  PropositionRow,
  PropositionVersionRow,
  RelationRow,
} from '@stance/read-model';

import { dateAnswer } from '../dates.ts';

type ActorBody = Pick<ActorAnswer, 'identifiers' | 'description'>;
interface PropositionBody {
  readonly topics?: string[];
  readonly language?: string;
  readonly reason?: string;
}

const actorFields = ({ name, kind, body }: ActorVersionRow) => {
  const { identifiers, description } = JSON.parse(body) as ActorBody;
  return {
    name,
    ...(kind === null ? {} : { kind: kind as ActorKind }),
    ...(identifiers === undefined ? {} : { identifiers }),
    ...(description === undefined ? {} : { description }),
  };
};

const aliasAnswer = ({ name, validFrom, validTo, evidence }: NameRow): ActorAnswer['aliases'][number] => ({
  name,
  ...(validFrom === null ? {} : { from: dateAnswer(validFrom, daysOf(validFrom)) }),
  ...(validTo === null ? {} : { to: dateAnswer(validTo, daysOf(validTo)) }),
  ...(evidence === null ? {} : { evidence }),
});

/** `names` are all the actor's names; the one in use is not repeated among the aliases. */
export const actorAnswer = (row: ActorRow, names: readonly NameRow[]): ActorAnswer => ({
  id: row.id,
  revision: row.revision,
  ...actorFields(row),
  aliases: names
    .filter(
      ({ name, validFrom, validTo, evidence }) =>
        name !== row.name || validFrom !== null || validTo !== null || evidence !== null,
    )
    .map(aliasAnswer),
});

export const actorVersion = (row: ActorVersionRow): ActorVersionAnswer => ({
  revision: row.revision,
  position: row.position,
  ...actorFields(row),
  ...(row.knownTo === null ? {} : { endedAt: row.knownTo }),
});

const propositionFields = ({ text, body }: PropositionVersionRow) => {
  const { topics, language } = JSON.parse(body) as PropositionBody;
  return {
    text,
    ...(topics === undefined || topics.length === 0 ? {} : { topics }),
    ...(language === undefined ? {} : { language }),
  };
};

export const propositionAnswer = (row: PropositionRow): PropositionAnswer => ({
  id: row.id,
  revision: row.revision,
  ...propositionFields(row),
});

const propositionVersion = (row: PropositionVersionRow): PropositionVersionAnswer => {
  const { reason } = JSON.parse(row.body) as PropositionBody;
  return {
    version: row.revision + 1,
    revision: row.revision,
    position: row.position,
    ...propositionFields(row),
    ...(reason === undefined ? {} : { reason }),
    ...(row.knownTo === null ? {} : { endedAt: row.knownTo }),
  };
};

/** More relations of one proposition are only counted. */
export const mostRelations = 1000;

export const propositionDetail = (
  row: PropositionRow,
  relations: readonly RelationRow[],
  ids: ReadonlyMap<number, string>,
  versions: readonly PropositionVersionRow[],
): Omit<PropositionDetail, 'knownAt'> => {
  const relationAnswer = ({ proposition, type, related }: RelationRow): RelationAnswer => {
    const other = ids.get(proposition === row.no ? related : proposition) ?? '';
    const ofType = { type: type as RelationAnswer['type'] };
    return proposition === row.no || type === 'contradicts' ? { ...ofType, to: other } : { ...ofType, from: other };
  };
  return {
    ...propositionAnswer(row),
    relations: relations.slice(0, mostRelations).map(relationAnswer),
    relationCount: relations.length,
    versions: versions.map(propositionVersion),
  };
};
