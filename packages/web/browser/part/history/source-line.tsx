import type { Statement } from '../../data/side.ts';
import { webAddress } from '../../data/web-address.ts';
import { text } from '../../text/index.ts';
import { spanInWords } from '../../text/spans.ts';

const words = text.history;

export type Source = NonNullable<Statement['source']>;

/** Where it was read: the document with a link to it, who published it, which part, when. */
export const SourceLine = ({ source }: { readonly source: Source }) => {
  const { id, url, title, publisher, part, publishedAt, copyOf } = source;
  const address = webAddress(url);
  const name = title ?? address ?? id ?? words.anUntitled;
  const rest = [
    title === publisher ? undefined : publisher,
    part === undefined ? undefined : words.part[part],
    publishedAt === undefined ? undefined : words.statement.published(spanInWords(publishedAt)),
    copyOf === undefined ? undefined : words.statement.copyOf(copyOf),
  ].filter((one) => one !== undefined);
  return (
    <>
      {address === null ? (
        <cite class="title">{name}</cite>
      ) : (
        <a href={address} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      )}
      {rest.length === 0 ? null : <span>, {rest.join(', ')}</span>}
    </>
  );
};
