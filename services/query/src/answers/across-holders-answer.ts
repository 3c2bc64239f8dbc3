import type { AcrossHoldersAnswer } from '@stance/contracts';
import { daysOf, spokenDirection } from '@stance/domain';

import type { AccountAcross } from '../accounts-across.ts';
import { dateAnswer } from '../dates.ts';
import { accountAnswer } from './evidence-answer.ts';
import type { Materials } from './materials.ts';

type Account = AcrossHoldersAnswer['accounts'][number];

const accountOf = ({ history, placed }: AccountAcross, materials: Materials): Account[] => {
  const statement = materials.statement(placed.statement.id);
  const direction = spokenDirection(placed.statement);
  if (statement === undefined || direction === null || direction === 'unclear') return [];
  const { holder, holderName } = materials.subject(history);
  const name = holderName === undefined ? {} : { holderName };
  return [{ holder, ...name, direction, ...accountAnswer(statement, placed.weight) }];
};

/** The accounts of one document, whatever it is known by. */
export const acrossHoldersAnswer = (accounts: readonly AccountAcross[], materials: Materials): AcrossHoldersAnswer => {
  const [first] = accounts;
  const source = first === undefined ? undefined : materials.statement(first.placed.statement.id)?.content.source;
  const { id, url, publisher, title, publishedAt } = source ?? {};
  return {
    source: {
      ...(id === undefined ? {} : { id }),
      ...(url === undefined ? {} : { url }),
      ...(publisher === undefined ? {} : { publisher }),
      ...(title === undefined ? {} : { title }),
      ...(publishedAt === undefined ? {} : { publishedAt: dateAnswer(publishedAt, daysOf(publishedAt)) }),
    },
    accounts: accounts.flatMap((account) => accountOf(account, materials)),
  };
};
