import { oneLine } from './text.ts';

const valueText = (value: unknown): string => {
  if (typeof value === 'string') return `“${oneLine(value)}”`;
  if (Array.isArray(value)) return value.map((each) => valueText(nameOf(each))).join(', ');
  return oneLine(JSON.stringify(value));
};

const nameOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : value;

/** What was said before and is said otherwise, or not at all, from now on: `name was “President”`; empty where nothing is. */
export const replacedText = (before: object, now: object): string => {
  const said = new Map<string, unknown>(Object.entries(now));
  return Object.entries(before)
    .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(said.get(field)))
    .map(([field, value]) => `${field} ${Array.isArray(value) ? 'were' : 'was'} ${valueText(value)}`)
    .join(' · ');
};
