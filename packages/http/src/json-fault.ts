/** Where a text stops being JSON: `offset` in UTF-16 units from 0; `line` and `column` from 1. */
export interface JsonFault {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const blank = /[ \t\n\r]*/y;
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalarToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expecting = 'value' | 'value or ]' | 'property name' | 'property name or }' | ':' | ', or ]' | ', or }' | 'end';

const matchAt = (pattern: RegExp, text: string, offset: number): number => {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

const faultAt = (text: string, offset: number, expected: string): JsonFault => {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { offset, line: before.split('\n').length, column: offset - lineStart + 1, expected };
};

/**
 * Finds the place of the first fault in a text that `JSON.parse` has refused; its own messages name the place only
 * sometimes. `null` where the text is JSON.
 */
export const findJsonFault = (text: string): JsonFault | null => {
  const closers: (']' | '}')[] = [];
  let expecting: Expecting = 'value';
  let offset = matchAt(blank, text, 0);

  const afterValue = (): Expecting => {
    const closer = closers.at(-1);
    return closer === undefined ? 'end' : closer === ']' ? ', or ]' : ', or }';
  };

  while (offset < text.length) {
    const char = text.charAt(offset);
    let next = offset + 1;
    if ((expecting === 'value' || expecting === 'value or ]') && char === '{') {
      closers.push('}');
      expecting = 'property name or }';
    } else if ((expecting === 'value' || expecting === 'value or ]') && char === '[') {
      closers.push(']');
      expecting = 'value or ]';
    } else if (char === closers.at(-1) && expecting.endsWith(`or ${char}`)) {
      closers.pop();
      expecting = afterValue();
    } else if (expecting === 'value' || expecting === 'value or ]') {
      next = matchAt(char === '"' ? stringToken : scalarToken, text, offset);
      if (next === -1) return faultAt(text, offset, char === '"' ? 'a well-formed string' : expecting);
      expecting = afterValue();
    } else if (expecting === 'property name' || expecting === 'property name or }') {
      next = matchAt(stringToken, text, offset);
      if (next === -1) return faultAt(text, offset, char === '"' ? 'a well-formed string' : expecting);
      expecting = ':';
    } else if (expecting === ':' && char === ':') {
      expecting = 'value';
    } else if (expecting === ', or ]' && char === ',') {
      expecting = 'value';
    } else if (expecting === ', or }' && char === ',') {
      expecting = 'property name';
    } else {
      return faultAt(text, offset, expecting);
    }
    offset = matchAt(blank, text, next);
  }
  return expecting === 'end' ? null : faultAt(text, offset, expecting);
};
