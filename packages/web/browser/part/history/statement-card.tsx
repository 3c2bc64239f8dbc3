import type { ComponentChildren } from 'preact';

import { addressOf, horizonOf } from '../../address/place.ts';
import { place } from '../../address/current.ts';
import type { Names } from '../../data/actor-names.ts';
import { sideOf } from '../../data/side.ts';
import type { Statement } from '../../data/side.ts';
import { instantInWords } from '../../text/dates.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';
import { weightInWords } from '../../text/weights.ts';
import { Factors } from './factors.tsx';
import { Quote } from './quote.tsx';
import { SourceLine } from './source-line.tsx';
import { StatementLink } from './statement-link.tsx';
import { statementWhy } from './why.ts';
import { nameIn, reportersInWords, saidInWords, speakerInWords } from './words.ts';

const words = text.history;

const Row = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The stance of somebody else that an endorsement or a rejection points at. */
const Pointed = ({ statement, names }: { readonly statement: Statement; readonly names: Names }) => {
  const { endorses, act, proposition } = statement;
  if (endorses === undefined) return null;
  const { holder, proposition: on = proposition } = endorses;
  return (
    <Row name={words.statement.points}>
      <a href={addressOf({ view: 'history', holder, proposition: on, ...horizonOf(place.value) })}>
        {on === proposition
          ? words.statement.pointsTo(words.act[act], nameIn(names, holder))
          : words.statement.pointsToOn(words.act[act], nameIn(names, holder), on)}
      </a>
    </Row>
  );
};

export interface StatementCardProps {
  readonly statement: Statement;
  readonly names: Names;
  /** Whether its factors are laid open. */
  readonly isOpen?: boolean;
}

/** A statement in full: its words, who spoke for whom, where it was read, what it weighs and why, and what it did. */
export const StatementCard = ({ statement, names, isOpen = false }: StatementCardProps) => {
  const side = sideOf(statement);
  const { quote, language, weight, source, heldSince, condition, disownedBy, act, recordedAt } = statement;
  const reporters = reportersInWords(statement, names);
  return (
    <article class="statement">
      <p class="statement-head">
        <span class={`chip chip-${side === 'unclear' ? 'neutral' : side}`}>{words.side[side]}</span>
        <span class="day">{spanInWords(statement.saidAt)}</span>
        <span>{words.statement.weightOf(weightInWords(weight))}</span>
      </p>
      <Quote quote={quote} language={language} />
      <dl>
        <Row name={words.statement.saidBy}>{speakerInWords(statement, names)}</Row>
        {reporters === '' ? null : <Row name={words.statement.through}>{reporters}</Row>}
        {source === undefined ? null : (
          <Row name={words.statement.source}>
            <SourceLine source={source} />
          </Row>
        )}
        <Pointed statement={statement} names={names} />
        {condition === undefined ? null : <Row name={words.statement.condition}>{condition}</Row>}
        <Row name={words.statement.role}>{statementWhy(statement, names)}</Row>
        {act === 'assert' || statement.endorses !== undefined ? null : (
          <Row name={words.statement.act}>{words.act[act]}</Row>
        )}
        {disownedBy === undefined ? null : (
          <Row name={words.statement.disownedBy}>
            <StatementLink id={disownedBy}>{disownedBy}</StatementLink>
          </Row>
        )}
        <Row name={words.statement.said}>{saidInWords(statement)}</Row>
        {heldSince === undefined ? null : <Row name={words.statement.heldSince}>{spanInWords(heldSince)}</Row>}
        <Row name={words.statement.recorded}>{instantInWords(recordedAt)}</Row>
      </dl>
      <Factors statement={statement} isOpen={isOpen} />
    </article>
  );
};
