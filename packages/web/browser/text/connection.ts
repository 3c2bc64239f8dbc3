import type { Connection } from '../data/connection.ts';
import { timeInWords } from './dates.ts';
import type { Language } from './en.ts';

/** How the page stands to the stream of changes, in the words of the place where that is said. */
export const connectionInWords = (
  connection: Connection,
  words: Pick<Language['live'], Connection['state']>,
): string => {
  switch (connection.state) {
    case 'lost':
      return words.lost(timeInWords(connection.since));
    case 'refused':
      return words.refused(connection.message);
    case 'connecting':
    case 'live':
      return words[connection.state];
  }
};
