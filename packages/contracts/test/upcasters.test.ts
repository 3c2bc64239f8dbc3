import { decodeEvent, edtfSchema, eventRegistry, idPattern } from '@stance/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const id = fc.stringMatching(new RegExp(idPattern.source.replace('{0,127}', '{0,8}')));
/** One line of text, as people write it. */
const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const date = fc.oneof(
  fc.constantFrom('2024', '2024-06-05', '2024-06?', '../2020', '2024-06-05/2024-06-08'),
  // What has the form of no date was admitted, too.
  fc.string({ minLength: 1, maxLength: 100 }).filter((text) => edtfSchema.safeParse(text).success),
);
const alias = fc.record({ name: line, from: date, to: date, evidence: line }, { requiredKeys: ['name'] });
/** Anything that JSON can hold, keys with dots, or of no letters, included. */
const anything = fc.jsonValue({ maxDepth: 3 });
const patch = fc.dictionary(
  fc.oneof(fc.constantFrom('saidAt', 'source', 'quote', 'source.title', '__proto__', ''), fc.string()),
  fc.oneof(anything, fc.constant(null), fc.dictionary(fc.string(), anything)),
);
const statement = fc.record(
  {
    holder: id,
    proposition: id,
    act: fc.constantFrom('assert', 'vote'),
    authority: fc.constantFrom('self', 'inferred'),
    direction: fc.constantFrom('support', 'oppose'),
    saidAt: date,
    quote: fc.record({ exact: line, directness: fc.constantFrom('direct', 'indirect') }),
  },
  { requiredKeys: ['holder', 'proposition', 'act', 'authority'] },
);

type Data = Readonly<Record<string, unknown>>;

interface Older {
  readonly type: string;
  /** Payloads of version 1. */
  readonly data: fc.Arbitrary<Data>;
  /** The payload of version 1 that somebody would have written who writes this one of version 2: nothing is lost. */
  readonly back: (data: never) => Data;
}

const olders: readonly Older[] = [
  {
    type: 'StatementCorrected',
    data: fc.record({ statementId: id, holder: id, proposition: id, reason: line, patch, statement }),
    back: ({ changed: _, ...data }: { changed: unknown }) => data,
  },
  {
    type: 'ActorRegistered',
    data: fc.record(
      {
        actorId: id,
        name: line,
        kind: fc.constantFrom('person', 'office', 'organization', 'country', 'group'),
        aliases: fc.array(alias, { maxLength: 3 }),
        identifiers: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,9}$/), line),
        description: fc.string(),
      },
      { requiredKeys: ['actorId', 'name'] },
    ),
    back: ({ inPassing: _, ...data }: { inPassing: unknown }) => data,
  },
  {
    type: 'ActorAliasAdded',
    data: fc.tuple(id, alias).map(([actorId, named]) => ({ actorId, ...named })),
    back: ({ actorId, alias: named }: { actorId: string; alias: object }) => ({ actorId, ...named }),
  },
  {
    type: 'PropositionDefined',
    data: fc
      .record(
        {
          propositionId: id,
          text: line,
          topics: fc.array(id, { maxLength: 3 }),
          language: fc.constantFrom('en', 'fr', 'de-AT'),
        },
        { requiredKeys: ['propositionId', 'text'] },
      )
      .chain((data) => fc.constantFrom(data, { ...data, text: data.propositionId })),
    back: ({ inPassing: _, ...data }: { inPassing: unknown }) => data,
  },
  {
    type: 'PropositionRelated',
    data: fc.record({ propositionId: id, type: fc.constantFrom('entails', 'contradicts', 'narrows'), to: id }),
    back: ({ from, ...data }: { from: string }) => ({ propositionId: from, ...data }),
  },
];

const stored = (type: string, schemaVersion: number, data: unknown) => ({
  position: 1,
  id: 'e',
  type,
  schemaVersion,
  stream: 's',
  revision: 0,
  recordedAt: 0,
  data: JSON.stringify(data),
  metadata: { correlationId: 'c' },
});

/** As it comes back from a store: without what JSON does not hold. */
const throughJson = (data: unknown): Data => JSON.parse(JSON.stringify(data)) as Data;

describe('the upcasters', () => {
  it('are all tested here: of every type that has had more than one version', () => {
    const evolved = eventRegistry.types.filter((type) => eventRegistry.currentVersion(type) > 1);
    expect(olders.map(({ type }) => type).sort()).toEqual(evolved);
  });

  describe.each(olders)('of $type', ({ type, data, back }) => {
    const admitted = data.filter((each) => eventRegistry.schema(type, 1).safeParse(throughJson(each)).success);

    it('make of all that version 1 admits what version 2 admits, and lose nothing', () => {
      fc.assert(
        fc.property(admitted, (older) => {
          const newer = eventRegistry.decodeData(stored(type, 1, older));
          expect(eventRegistry.schema(type, 2).safeParse(newer).error).toBeUndefined();
          expect(back(newer as never)).toEqual(throughJson(older));
        }),
      );
    });

    it('make of it what is read of the same thing written in version 2', () => {
      fc.assert(
        fc.property(admitted, (older) => {
          const upcast = decodeEvent(stored(type, 1, older));
          const direct = decodeEvent(stored(type, 2, upcast.data));
          expect(upcast).toEqual({ ...direct, schemaVersion: 1 });
        }),
      );
    });
  });

  it('tell what was only named in passing from what somebody described', () => {
    const inPassing = (type: string, data: object): unknown => eventRegistry.decodeData(stored(type, 1, data));
    expect(inPassing('ActorRegistered', { actorId: 'x', name: 'x' })).toHaveProperty('inPassing', true);
    const x = { actorId: 'x', name: 'x', kind: 'person' };
    expect(inPassing('ActorRegistered', x)).toHaveProperty('inPassing', false);
    expect(inPassing('PropositionDefined', { propositionId: 'p', text: 'p' })).toHaveProperty('inPassing', true);
    const p = { propositionId: 'p', text: 'p', topics: [] };
    expect(inPassing('PropositionDefined', p)).toHaveProperty('inPassing', false);
    expect(inPassing('PropositionDefined', { propositionId: 'p', text: 'P.' })).toHaveProperty('inPassing', false);
  });

  it('list the fields that a correction names, sorted, those within others by their paths', () => {
    const data = { statementId: 's', holder: 'a', proposition: 'p', reason: 'r' };
    const content = { holder: 'a', proposition: 'p', act: 'assert', authority: 'self' };
    const fields = {
      source: { title: 'T', publisher: null },
      saidAt: '2024',
      quote: null,
      reportedBy: [{ name: 'N' }],
    };
    expect(
      eventRegistry.decodeData(stored('StatementCorrected', 1, { ...data, patch: fields, statement: content })),
    ).toHaveProperty('changed', ['quote', 'reportedBy', 'saidAt', 'source.publisher', 'source.title']);
  });
});
