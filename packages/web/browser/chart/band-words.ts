import type { Band, Span } from '../data/bands.ts';
import { dayInWords } from '../text/dates.ts';
import { text } from '../text/index.ts';

/** A stance in words: how strongly, where that was said, and where to. */
export const stanceInWords = ({ direction, strength }: Pick<Span, 'direction' | 'strength'>): string =>
  strength === null ? text.direction[direction] : `${text.strength[strength]} ${text.direction[direction]}`;

const spanInWords = (span: Span): string => {
  const status = span.status === 'provisional' ? ` (${text.status.provisional})` : '';
  const what = stanceInWords(span) + status;
  return span.to === null
    ? text.bands.since(what, dayInWords(span.from))
    : text.bands.span(what, dayInWords(span.from), dayInWords(span.to));
};

/** What a band shows, for who does not see it. */
export const bandInWords = ({ spans, withdrawn }: Pick<Band, 'spans' | 'withdrawn'>): string => {
  const parts = [...spans.map(spanInWords), ...withdrawn.map((day) => text.bands.withdrawn(dayInWords(day)))];
  return parts.length === 0 ? text.bands.nothing : parts.join('; ');
};
