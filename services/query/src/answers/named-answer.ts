import type {
  ActorAnswer,
  ActorDetail,
  ActorKind,
  ActorVersionAnswer,
  PropositionAnswer,
  PropositionDetail,
  PropositionVersionAnswer,
} from '@stance/contracts';
import { daysOf } from '@stance/domain';
import type { ActorRow, ActorVersionRow, NameRow, PropositionRow, PropositionVersionRow } from '@stance/read-model';

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

const aliasAnswer = ({ name, validFrom, validTo }: NameRow): ActorAnswer['aliases'][number] => ({
  name,
  ...(validFrom === null ? {} : { from: dateAnswer(validFrom, daysOf(validFrom)) }),
  ...(validTo === null ? {} : { to: dateAnswer(validTo, daysOf(validTo)) }),
});

/** `names` are all the actor's names; the one in use is not repeated among the aliases. */
export const actorAnswer = (row: ActorRow, names: readonly NameRow[]): ActorAnswer => ({
  id: row.id,
  revision: row.revision,
  ...actorFields(row),
  aliases: names
    .filter(({ name, validFrom, validTo }) => name !== row.name || validFrom !== null || validTo !== null)
    .map(aliasAnswer),
});

const actorVersion = (row: ActorVersionRow): ActorVersionAnswer => ({
  revision: row.revision,
  position: row.position,
  ...actorFields(row),
  ...(row.knownTo === null ? {} : { endedAt: row.knownTo }),
});

export const actorDetail = (
  row: ActorRow,
  names: readonly NameRow[],
  versions: readonly ActorVersionRow[],
): Omit<ActorDetail, 'knownAt'> => ({ ...actorAnswer(row, names), versions: versions.map(actorVersion) });

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
    revision: row.revision,
    position: row.position,
    ...propositionFields(row),
    ...(reason === undefined ? {} : { reason }),
    ...(row.knownTo === null ? {} : { endedAt: row.knownTo }),
  };
};

export const propositionDetail = (
  row: PropositionRow,
  versions: readonly PropositionVersionRow[],
): Omit<PropositionDetail, 'knownAt'> => ({ ...propositionAnswer(row), versions: versions.map(propositionVersion) });
