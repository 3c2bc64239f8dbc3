import type { Names } from '../../data/actor-names.ts';
import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';
import { StatementLink } from './statement-link.tsx';
import { speakerInWords } from './words.ts';

const words = text.history;

export interface TakenBackProps {
  readonly statements: readonly Statement[];
  readonly names: Names;
}

/** What was said for the holder and taken back, and by which words. */
export const TakenBack = ({ statements, names }: TakenBackProps) => {
  const taken = statements.filter(({ disownedBy }) => disownedBy !== undefined);
  if (taken.length === 0) return null;
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const Words = ({ id }: { readonly id: string }) => {
    const statement = byId.get(id);
    const quote = statement?.quote?.exact;
    return (
      <>
        <StatementLink id={id}>{quote === undefined ? id : <q dir="auto">{quote}</q>}</StatementLink>
        {statement === undefined ? null : (
          <span class="aside">
            {' '}
            ({speakerInWords(statement, names)}, {spanInWords(statement.saidAt)})
          </span>
        )}
      </>
    );
  };
  return (
    <section>
      <h2>{words.disowned.title}</h2>
      <ul>
        {taken.map(({ id, disownedBy = '' }) => (
          <li key={id}>
            <Words id={id} />, {words.disowned.by} <Words id={disownedBy} />
          </li>
        ))}
      </ul>
    </section>
  );
};
