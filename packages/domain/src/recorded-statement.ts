import { dayOf } from './day.ts';
import { daysOf } from './edtf.ts';
import type { Act, Authority, Directness, Direction, Disowned, KnownStatement, Part } from './known-statement.ts';
import { recordedInterval } from './said-interval.ts';
import { wordsOf } from './words.ts';

/** The fields of a recorded statement that the rules read; what is recorded may have more. Dates are EDTF or instants. */
export interface RecordedStatement {
  readonly holder: string;
  readonly proposition: string;
  readonly direction?: Direction | undefined;
  readonly strength?: number | undefined;
  readonly certainty?: number | undefined;
  readonly act: Act;
  readonly saidAt?: string | undefined;
  readonly heldSince?: string | undefined;
  readonly speaker?: string | undefined;
  readonly authority: Authority;
  readonly reportedBy?: readonly unknown[] | undefined;
  readonly source?: RecordedSource | undefined;
  readonly quote?: { readonly exact: string; readonly directness: Directness } | undefined;
  readonly utteranceId?: string | undefined;
  readonly endorses?: { readonly holder: string; readonly proposition?: string | undefined } | undefined;
  readonly disowns?: Disowned | undefined;
  readonly condition?: string | undefined;
  readonly extraction?: { readonly confidence?: number | undefined } | undefined;
}

export interface RecordedSource {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly publisher?: string | undefined;
  readonly title?: string | undefined;
  readonly publishedAt?: string | undefined;
  readonly copyOf?: string | undefined;
  readonly part?: Part | undefined;
}

/**
 * What a document is known by: its id, else its URL, else publisher, title and publication together. Without a title
 * nothing tells one document of a publisher from the next, so that it is known by nothing (`null`).
 */
export const documentOf = (source: RecordedSource): string | null => {
  if (source.id !== undefined) return source.id;
  if (source.url !== undefined) return source.url;
  if (source.title === undefined) return null;
  return `${source.publisher ?? ''}\n${source.title}\n${source.publishedAt ?? ''}`;
};

const noSource: RecordedSource = {};

/** The actor that an actor answers as, after merges. */
export type SurvivorOf = (actor: string) => string;

const unmerged: SurvivorOf = (actor) => actor;

/**
 * What the rules need to know of a recorded statement; `recordedAt` is in milliseconds since 1970. Throws a `DateError`
 * where the dates cannot be used, which what was checked before it was recorded never does.
 */
export const toKnownStatement = (
  id: string,
  recordedAt: number,
  recorded: RecordedStatement,
  survivorOf: SurvivorOf = unmerged,
): KnownStatement => {
  const source = recorded.source ?? noSource;
  const { quote, endorses } = recorded;
  return {
    id,
    holder: survivorOf(recorded.holder),
    speaker: survivorOf(recorded.speaker ?? recorded.holder),
    direction: recorded.direction ?? null,
    act: recorded.act,
    strength: recorded.strength ?? null,
    certainty: recorded.certainty ?? 1,
    confidence: recorded.extraction?.confidence ?? 1,
    said: recordedInterval(recorded.saidAt, source.publishedAt, dayOf(recordedAt)),
    heldSince: recorded.heldSince === undefined ? null : daysOf(recorded.heldSince),
    authority: recorded.authority,
    links: recorded.reportedBy?.length ?? 0,
    part: source.part ?? null,
    directness: quote?.directness ?? null,
    words: quote === undefined ? null : wordsOf(quote.exact),
    utteranceId: recorded.utteranceId ?? null,
    publisher: source.publisher ?? null,
    document: recorded.source === undefined ? null : documentOf(source),
    copyOf: source.copyOf ?? null,
    condition: recorded.condition ?? null,
    pointsAt:
      endorses === undefined
        ? null
        : { holder: survivorOf(endorses.holder), proposition: endorses.proposition ?? recorded.proposition },
    disowns: recorded.disowns ?? null,
    ground: null,
    disownedBy: null,
  };
};
