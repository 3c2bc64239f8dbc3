/** So many are kept by the server for each connection; it holds their plans. */
const mostNames = 200;
/** So many texts are counted at most before counting begins anew. */
const mostCounted = 1000;
/** A text that comes less often is not worth a name: lists of every length make texts of their own. */
const oftenEnough = 3;

/** Gives names to the statements that come often: the server parses such a one once for each connection, and plans it seldom. */
export const createStatementNames = (): ((text: string) => string | undefined) => {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();

  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === mostNames) return known;
    const count = (counts.get(text) ?? 0) + 1;
    if (count < oftenEnough) {
      if (counts.size === mostCounted) counts.clear();
      counts.set(text, count);
      return undefined;
    }
    counts.delete(text);
    const name = `stance_${String(names.size)}`;
    names.set(text, name);
    return name;
  };
};
