const isBlank = (unit: number): boolean => unit === 32 || unit === 9 || unit === 10 || unit === 13;

/** How many colons of a JSON text follow on a quotation mark: all that stand after a name, and a few within strings. */
const countNameEnds = (text: string): number => {
  let count = 0;
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1;
    while (isBlank(text.charCodeAt(before))) before -= 1;
    if (text.charCodeAt(before) === 34) count += 1;
  }
  return count;
};

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** Reads the names of all objects, and stops at the first that its object has had before. */
const findFirstRepeated = (text: string): PropertyKey[] | null => {
  const path: PropertyKey[] = [];
  const opened: (Set<string> | null)[] = [];
  let last = '';
  for (const [found] of text.matchAll(token)) {
    const names = opened.at(-1);
    if (found === '{' || found === '[') {
      opened.push(found === '{' ? new Set() : null);
      path.push(found === '{' ? '' : 0);
    } else if (found === '}' || found === ']') {
      opened.pop();
      path.pop();
    } else if (found === ',' && names === null) {
      path.push(Number(path.pop()) + 1);
    } else if (found === ':' && names != null) {
      const name = JSON.parse(last) as string;
      path[path.length - 1] = name;
      if (names.has(name)) return path;
      names.add(name);
    }
    last = found;
  }
  return null;
};

/**
 * Where an object of a well-formed JSON text has a name twice: which of the two counts would be a guess, and
 * `JSON.parse` makes it silently. `null` where none has.
 *
 * @param names how many names are left in what `JSON.parse` has made of the text
 */
export const findRepeatedName = (text: string, names: number): PropertyKey[] | null =>
  countNameEnds(text) === names ? null : findFirstRepeated(text);
