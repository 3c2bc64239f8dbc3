/** What was done, as far as one looks back, and a number that stands for all of it. */
export interface Trace {
  add(time: number, what: string): void;
  last(): readonly string[];
  fingerprint(): number;
}

const kept = 60;

export const createTrace = (): Trace => {
  const lines: string[] = [];
  let steps = 0;
  let hash = 0x811c9dc5;

  return {
    add(time, what) {
      lines[steps % kept] = `${time} ${what}`;
      steps += 1;
      for (let index = 0; index < what.length; index += 1) hash = Math.imul(hash ^ what.charCodeAt(index), 0x01000193);
      hash = Math.imul(hash ^ time, 0x01000193);
    },
    last: () => (steps <= kept ? lines : [...lines.slice(steps % kept), ...lines.slice(0, steps % kept)]),
    fingerprint: () => hash >>> 0,
  };
};
