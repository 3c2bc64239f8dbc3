import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addressOf, fromTheTop, horizonOf, placeOf } from '../browser/address/place.ts';
import type { Place } from '../browser/address/place.ts';

/** As the browser reads an address that is written in a link. */
const read = (address: string): Place => placeOf(new URL(address, 'http://stance.test'));

const words = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed());
/** A browser takes these for steps up the path, however they are written. No actor or proposition has such an id. */
const id = words.filter((text) => !/^\.{1,2}$/.test(text));
const holder = id.filter((text) => !text.includes(','));
/** What goes with each of them. */
const everywhere = { at: words, knownAt: words, rows: words, steps: words, disputes: words, moves: words };
const bands = { find: words, order: words, table: words };

const places: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ view: fc.constant('overview' as const), q: words, ...everywhere }, { requiredKeys: ['view'] }),
  fc.record(
    { view: fc.constant('actor' as const), actor: id, ...bands, ...everywhere },
    { requiredKeys: ['view', 'actor'] },
  ),
  fc.record(
    { view: fc.constant('proposition' as const), proposition: id, ...bands, ...everywhere },
    { requiredKeys: ['view', 'proposition'] },
  ),
  fc.record(
    {
      view: fc.constant('history' as const),
      holder: id,
      proposition: id,
      statement: words,
      whole: words,
      ...everywhere,
    },
    { requiredKeys: ['view', 'holder', 'proposition'] },
  ),
  fc.record(
    {
      view: fc.constant('between' as const),
      from: words,
      to: words,
      holder: words,
      proposition: words,
      only: words,
      ...everywhere,
    },
    { requiredKeys: ['view'] },
  ),
  fc.record(
    {
      view: fc.constant('compare' as const),
      holders: fc.array(holder),
      topic: words,
      proposition: words,
      ...everywhere,
    },
    { requiredKeys: ['view', 'holders'] },
  ),
  fc.record({ view: fc.constant('operations' as const), ...everywhere }, { requiredKeys: ['view'] }),
);

describe('the address of a place', () => {
  test('names that place, whatever it holds', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(read(addressOf(place))).toEqual(place);
      }),
    );
  });

  test('is one for each place: what the address of a place names has the same address', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(addressOf(read(addressOf(place)))).toBe(addressOf(place));
      }),
    );
  });

  test('leaves out what is not given', () => {
    expect(addressOf({ view: 'overview' })).toBe('/');
    expect(addressOf({ view: 'actor', actor: 'joe-biden', at: '2024-01-01' })).toBe('/actors/joe-biden?at=2024-01-01');
    expect(addressOf({ view: 'compare', holders: ['ann', 'bob'] })).toBe('/compare?holders=ann,bob');
  });
});

test.each(['/actors/ann', '/propositions/tax', '/histories/ann/tax', '/compare', '/between', '/operations'])(
  'an address is the same with a slash at its end: %s',
  (address) => {
    expect(read(`${address}/?at=2020-01-01`)).toEqual(read(`${address}?at=2020-01-01`));
  },
);

describe('any string', () => {
  test('is some place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (pathname, search) => {
        expect(placeOf({ pathname, search })).toHaveProperty('view');
      }),
    );
  });

  test.each([
    '/actors',
    '/actors/',
    '/actors/a/b',
    '/histories/a',
    '/histories/a/',
    '/histories/a/b/c',
    '/operations/x',
    '/actors/%E0%A4%A',
    '/nothing',
    '//',
  ])('that names nothing is said to: %s', (pathname) => {
    expect(placeOf({ pathname, search: '?at=2020-01-01' })).toEqual({
      view: 'unknown',
      path: pathname,
      at: '2020-01-01',
    });
  });
});

test('a horizon holds no more than what was given', () => {
  expect(horizonOf({ at: '2020-01-01' })).toEqual({ at: '2020-01-01' });
  expect(Object.keys(horizonOf({}))).toEqual([]);
});

test('another question begins at the top of its lists, and is otherwise the same', () => {
  expect(fromTheTop(read('/between?from=2020-01-01&only=new&at=2021-01-01&rows=100'))).toEqual(
    read('/between?from=2020-01-01&only=new&at=2021-01-01'),
  );
});
