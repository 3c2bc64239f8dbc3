const word = /\s*((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+)\s*/gs;

/** The words of a simple command, as a shell splits and unquotes them; nothing else of a shell is understood. */
export const wordsOf = (command: string): string[] => {
  const joined = command.replaceAll('\\\n', ' ');
  const words = [...joined.matchAll(word)].map(([, text]) => unquote(text ?? ''));
  if (/(^|\s)[|&;<>]/.test(joined.replaceAll(/'[^']*'|"[^"]*"/g, '')))
    throw new Error(`not a simple command: ${command}`);
  return words;
};

const unquote = (text: string): string =>
  text.replaceAll(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
    (_all, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
  );
