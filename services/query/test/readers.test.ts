import { expect, it } from 'vitest';

import { createReaders } from '../src/readers.ts';

it('lets work go on for as long as somebody waits for it', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const readers = createReaders(first.signal);
  first.abort(new Error('first left'));
  expect(readers.add(second.signal)).toBe(true);
  expect(readers.check).not.toThrow();
  second.abort(new Error('second left'));
  expect(readers.check).toThrow('second left');
});

it('takes nobody in once the work was given up', () => {
  const reader = new AbortController();
  const readers = createReaders(reader.signal);
  reader.abort(new Error('left'));
  expect(readers.check).toThrow('left');
  expect(readers.add(new AbortController().signal)).toBe(false);
  expect(readers.check).toThrow('left');
});

it('waits to the end for a reader without a signal', () => {
  const reader = new AbortController();
  const readers = createReaders(reader.signal);
  expect(readers.add(undefined)).toBe(true);
  reader.abort(new Error('left'));
  expect(readers.check).not.toThrow();
});
