import { service } from './service.ts';

/** The numbers of a method that settle something. */
export interface MethodNumbers {
  readonly strong: number;
  readonly enough: number;
  readonly prevailing: number;
}

const asked = new Map<string, Promise<MethodNumbers>>();

const ask = async (key: string, name: string, version: number): Promise<MethodNumbers> => {
  const { numbers, version: told } = await service.methods.get(name);
  // While services of two versions are at work it may be another one: that is asked for again.
  if (told !== version) asked.delete(key);
  const numberOf = (wanted: keyof MethodNumbers): number =>
    numbers.find((number) => number.name === wanted)?.value ?? Number.NaN;
  return { strong: numberOf('strong'), enough: numberOf('enough'), prevailing: numberOf('prevailing') };
};

/** Those of one version of a method never change, so they are asked for once. */
export const methodNumbers = ({ name, version }: { readonly name: string; readonly version: number }) => {
  const key = `${name} ${version}`;
  const before = asked.get(key);
  if (before !== undefined) return before;
  const answer = ask(key, name, version);
  asked.set(key, answer);
  // What failed is asked for again.
  answer.catch(() => asked.delete(key));
  return answer;
};
