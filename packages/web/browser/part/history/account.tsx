import type { ComponentChildren } from 'preact';

import type { Names } from '../../data/actor-names.ts';
import type { Direction } from '../../data/bands.ts';
import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';
import { weightInWords } from '../../text/weights.ts';
import { Quote } from './quote.tsx';
import { speakerInWords } from './words.ts';

const words = text.history;

export interface Account {
  readonly statementId: string;
  readonly holder: string;
  readonly direction: Direction | 'unclear';
  readonly weight: number;
  readonly saidAt: Statement['saidAt'];
  readonly speaker: string;
  readonly authority: Statement['authority'];
  readonly publisher?: string | undefined;
  readonly title?: string | undefined;
  readonly part?: keyof typeof words.part | undefined;
  readonly quote?: Parameters<typeof Quote>[0]['quote'];
}

export interface AccountCardProps {
  readonly account: Account;
  readonly names: Names;
  /** Whose stance it tells of, where that is not plain from where it stands. */
  readonly holder?: ComponentChildren;
  /** Leads to the statement. */
  readonly children?: ComponentChildren;
}

/** One account, to stand beside others: which part of what says what, and how much that weighs. */
export const AccountCard = ({ account, names, holder, children }: AccountCardProps) => {
  const { direction, weight, part, publisher, title, quote, saidAt } = account;
  const where = [part === undefined ? undefined : words.part[part], publisher, title].filter(
    (one) => one !== undefined,
  );
  return (
    <li class={`account account-${direction}`}>
      <p class="statement-head">
        {holder === undefined ? null : <strong>{holder}</strong>}
        <span class={`chip chip-${direction === 'unclear' ? 'neutral' : direction}`}>{words.side[direction]}</span>
        <span>{words.statement.weightOf(weightInWords(weight))}</span>
      </p>
      {where.length === 0 ? null : <p class="where">{where.join(', ')}</p>}
      <Quote quote={quote} />
      <p class="aside">
        {speakerInWords(account, names)}, {spanInWords(saidAt)}
      </p>
      {children}
    </li>
  );
};
