import type { ExplanationAnswer } from '@stance/client';

import type { Names } from '../../data/actor-names.ts';
import type { MethodNumbers } from '../../data/method.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';
import { AccountCard } from './account.tsx';
import { useLatest } from './latest.tsx';
import { StatementLink } from './statement-link.tsx';
import { disputeWhy } from './why.ts';

const words = text.history;

export interface ContestedProps {
  readonly contested: ExplanationAnswer['contested'];
  readonly holder: string;
  readonly method: MethodNumbers;
  readonly names: Names;
}

/** Moments whose accounts disagree: each account beside the others, which prevails, and what came of it. */
export const Contested = ({ contested, holder, method, names }: ContestedProps) => {
  const [shown, earlier] = useLatest('disputes', contested, 10);
  return contested.length === 0 ? null : (
    <section>
      <h2>{words.contested.title}</h2>
      {earlier}
      {shown.map(({ at, kind, accounts, resolved, ...moment }) => (
        <section key={`${at.edtf}${kind}`} class="dispute">
          <h3>{words.disputed(spanInWords(at), words.contested.kind[kind])}</h3>
          <ul class="accounts">
            {accounts.map((account) => (
              <AccountCard key={account.statementId} account={{ ...account, holder }} names={names}>
                <p class="show">
                  <StatementLink id={account.statementId}>{words.statement.show}</StatementLink>
                </p>
              </AccountCard>
            ))}
          </ul>
          <p>
            {disputeWhy(moment, method)}{' '}
            {resolved === null
              ? words.contested.open
              : words.contested.resolved(spanInWords(resolved.at), words.side[resolved.direction])}
          </p>
        </section>
      ))}
    </section>
  );
};
