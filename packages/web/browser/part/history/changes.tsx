import type { ExplanationAnswer } from '@stance/client';

import { stanceInWords } from '../../chart/band-words.ts';
import type { MethodNumbers } from '../../data/method.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';
import { StatementLink } from './statement-link.tsx';
import { useLatest } from './latest.tsx';
import { changeWhy, entryWhy } from './why.ts';

const words = text.history;

type Explained = ExplanationAnswer['changes'][number];
type Entry = Explained['entries'][number];

const EntryLine = ({ entry }: { readonly entry: Entry }) => {
  const { statements, statementCount } = entry;
  return (
    <li>
      <p>{entryWhy(entry)}</p>
      {statements.map(({ statementId, quote }) => (
        <blockquote key={statementId} dir="auto">
          <StatementLink id={statementId}>{quote === undefined ? statementId : <q>{quote.exact}</q>}</StatementLink>
        </blockquote>
      ))}
      {statementCount <= statements.length ? null : (
        <p class="aside">{words.why.repeats(statements.length, statementCount)}</p>
      )}
    </li>
  );
};

interface ExplainedLineProps {
  readonly explained: Explained;
  readonly method: MethodNumbers;
}

const ExplainedLine = ({ explained, method }: ExplainedLineProps) => {
  const { change, entries, entryCount } = explained;
  const { kind, status, from, to, at, confirmedAt, withdrawnAt, disownedBy } = change;
  const days = [
    words.why.opened(spanInWords(at)),
    confirmedAt === undefined ? undefined : words.why.confirmed(spanInWords(confirmedAt)),
    withdrawnAt === undefined ? undefined : words.why.withdrawn(spanInWords(withdrawnAt)),
  ].filter((day) => day !== undefined);
  return (
    <li class="change">
      <h3 class="change-head">
        <span class={`chip chip-${to.direction}`}>{text.kind[kind]}</span>
        <span class={`status status-${status}`}>{text.status[status]}</span>
        <span>
          {from === null ? words.why.first(stanceInWords(to)) : words.why.from(stanceInWords(from), stanceInWords(to))}
        </span>
      </h3>
      <p class="day">{days.join(', ')}</p>
      <p>{changeWhy(explained, method)}</p>
      {disownedBy === undefined ? null : (
        <p>
          {words.why.disowned} <StatementLink id={disownedBy}>{disownedBy}</StatementLink>
        </p>
      )}
      {entries.length === 0 ? null : (
        <ol class="entries">
          {entries.map((entry) => (
            <EntryLine key={`${entry.at.edtf}${entry.effect}`} entry={entry} />
          ))}
        </ol>
      )}
      {entryCount <= entries.length ? null : <p class="aside">{words.why.skipped(entries.length, entryCount)}</p>}
    </li>
  );
};

export interface ChangesProps {
  readonly changes: readonly Explained[];
  readonly method: MethodNumbers;
}

/** Each change in order: what opened, moved and settled it, with the sums and the words; of many the last ones first. */
export const Changes = ({ changes, method }: ChangesProps) => {
  const [shown, earlier] = useLatest('steps', changes, 20);
  return (
    <>
      {earlier}
      <ol class="changes">
        {shown.map((explained) => (
          <ExplainedLine key={explained.change.id} explained={explained} method={method} />
        ))}
      </ol>
    </>
  );
};
