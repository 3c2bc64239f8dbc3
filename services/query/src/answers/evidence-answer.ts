import type { ContestedMomentAnswer, EvidenceAnswer } from '@stance/contracts';
import type { ContestedMoment, Evidence, Ground } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import { groundAnswer } from './ground-answer.ts';
import type { Materials, ShownStatement } from './materials.ts';

/** How many accounts or statements of a moment are shown. */
const mostAccounts = 20;

/** What a reader needs of a statement to judge it without another call. */
export const accountAnswer = ({ row, content, saidAt }: ShownStatement, weight: number) => ({
  statementId: row.id,
  weight,
  saidAt,
  speaker: content.speaker ?? content.holder,
  authority: content.authority,
  ...(content.source?.publisher === undefined ? {} : { publisher: content.source.publisher }),
  ...(content.source?.part === undefined ? {} : { part: content.source.part }),
  ...(content.quote === undefined
    ? {}
    : { quote: { exact: content.quote.exact, directness: content.quote.directness } }),
});

/** What the endorsements and rejections of a history rest on, by statement. */
export type Grounds = ReadonlyMap<string, Ground>;

const noGrounds: Grounds = new Map();

export const evidenceAnswer = (
  evidence: readonly Evidence[],
  materials: Pick<Materials, 'statement'>,
  grounds: Grounds = noGrounds,
): EvidenceAnswer[] =>
  evidence.flatMap(({ statementId, weight, role }) => {
    const statement = materials.statement(statementId);
    if (statement === undefined) return [];
    const ground = grounds.get(statementId);
    const direction = ground?.direction ?? statement.content.direction;
    return [
      {
        role,
        ...(direction === undefined ? {} : { direction }),
        ...(ground === undefined ? {} : { ground: groundAnswer(ground) }),
        ...accountAnswer(statement, weight),
      },
    ];
  });

/** At most so many of the weightiest, in order of id. */
export const weightiest = <Account extends { readonly statementId: string; readonly weight: number }>(
  accounts: readonly Account[],
): readonly Account[] =>
  accounts.length <= mostAccounts
    ? accounts
    : accounts
        .toSorted((a, b) => b.weight - a.weight || (a.statementId < b.statementId ? -1 : 1))
        .slice(0, mostAccounts)
        .sort((a, b) => (a.statementId < b.statementId ? -1 : 1));

/** The accounts of a moment that are shown. */
export const shownAccounts = ({ accounts }: ContestedMoment): ContestedMoment['accounts'] => weightiest(accounts);

export const contestedAnswer = (moment: ContestedMoment, materials: Materials): ContestedMomentAnswer => {
  const utterances = new Map<string, number>();
  const accounts = shownAccounts(moment).flatMap(({ statementId, utterance, direction, weight }) => {
    const statement = materials.statement(statementId);
    if (statement === undefined) return [];
    const number = utterances.get(utterance) ?? utterances.size + 1;
    utterances.set(utterance, number);
    const title = statement.content.source?.title;
    const account = { direction, utterance: number, ...accountAnswer(statement, weight) };
    return [title === undefined ? account : { ...account, title }];
  });
  const { day, prevailing, weights } = moment;
  return { at: dayAnswer(day), prevailing, weights, accounts };
};
