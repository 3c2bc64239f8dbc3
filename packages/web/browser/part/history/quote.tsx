import type { Statement } from '../../data/side.ts';
import { text } from '../../text/index.ts';

const words = text.history;

export interface QuoteProps {
  readonly quote:
    | (Pick<NonNullable<Statement['quote']>, 'exact' | 'directness'> &
        Partial<Pick<NonNullable<Statement['quote']>, 'prefix' | 'suffix'>>)
    | undefined;
  readonly language?: string | undefined;
}

/** The words of a document letter by letter, with what stands around them, and whose words they are. */
export const Quote = ({ quote, language }: QuoteProps) =>
  quote === undefined ? (
    <p class="aside">{words.statement.noWords}</p>
  ) : (
    <blockquote class="quote">
      <p lang={language} dir="auto">
        {quote.prefix === undefined ? null : <span class="around">… {quote.prefix}</span>}
        <q>{quote.exact}</q>
        {quote.suffix === undefined ? null : <span class="around">{quote.suffix} …</span>}
      </p>
      <p class="aside">{words.directness[quote.directness]}</p>
    </blockquote>
  );
