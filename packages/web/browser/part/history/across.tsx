import type { HistoryAnswer } from '@stance/client';

import { place } from '../../address/current.ts';
import { addressOf, horizonOf } from '../../address/place.ts';
import type { Names } from '../../data/actor-names.ts';
import { text } from '../../text/index.ts';
import { AccountCard } from './account.tsx';
import { SourceLine } from './source-line.tsx';
import { StatementLink } from './statement-link.tsx';
import { nameIn } from './words.ts';

const words = text.history;

type AcrossHolders = NonNullable<HistoryAnswer['acrossHolders']>;

export interface AcrossProps {
  readonly across: AcrossHolders;
  readonly holder: string;
  readonly proposition: string;
  readonly names: Names;
}

/** Documents that tell one thing of the holder, and another of one who heads him or is headed by him. */
export const Across = ({ across, holder, proposition, names }: AcrossProps) =>
  across.length === 0 ? null : (
    <section>
      <h2>{words.across.title}</h2>
      <p>{words.across.text}</p>
      {across.map(({ source, accounts }, index) => (
        <section key={source.id ?? source.url ?? index} class="dispute">
          <h3>
            <SourceLine source={source} />
          </h3>
          <ul class="accounts">
            {accounts.map((account) => {
              const name = account.holderName ?? nameIn(names, account.holder);
              const there = { view: 'history', holder: account.holder, proposition } as const;
              return (
                <AccountCard
                  key={account.statementId}
                  account={account}
                  names={names}
                  holder={
                    account.holder === holder ? (
                      name
                    ) : (
                      <a href={addressOf({ ...there, ...horizonOf(place.value) })}>{name}</a>
                    )
                  }
                >
                  {account.holder === holder ? (
                    <p class="show">
                      <StatementLink id={account.statementId}>{words.statement.show}</StatementLink>
                    </p>
                  ) : null}
                </AccountCard>
              );
            })}
          </ul>
        </section>
      ))}
    </section>
  );
