import { ProblemError } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';
import { FeedError } from '@stance/feed';
import type { FeedChange, FeedEntry, FeedEntryType, FeedReader } from '@stance/feed';
import { historyKey, knownMerges } from '@stance/read-model';
import type { ReadModel, Snapshot } from '@stance/read-model';

import { toldChangeAnswer } from '../answers/change-answer.ts';
import { incompleteOf, shownStatement } from '../answers/materials.ts';
import type { StreamEntry, StreamSource } from './stream-source.ts';

/** How many entries are read at a time. */
const entriesAPage = 200;
/** How much of the feed is gone through at a time for what still stands. */
const entriesGoneThrough = 1000;

/** An entry of the feed; `json` is the change as answers give it. */
export interface ChangeEntry extends StreamEntry {
  readonly type: FeedEntryType;
  readonly holder: string;
  readonly proposition: string;
  readonly change: StanceChange;
  /** As the entry before it had it; `null` at the detection. */
  readonly previous: () => StanceChange | null;
  readonly replacedBy: string | null;
}

/** What is needed of the feed to follow it. */
export type FollowedFeed = Pick<FeedReader, 'epoch' | 'head' | 'readFeed' | 'readCurrent'>;

interface Published extends FeedChange {
  readonly revision: number;
  readonly detectedAt: number;
}

// The projection wrote this text itself, from a change.
const changeOf = (body: string): StanceChange => JSON.parse(body) as StanceChange;

/** A failure of the feed as the problem that the client sees. */
const asked = async <Result>(answer: Promise<Result>): Promise<Result> => {
  try {
    return await answer;
  } catch (cause) {
    if (!(cause instanceof FeedError) || !cause.retryable) throw cause;
    throw new ProblemError('read-model-unavailable', { detail: 'The change feed cannot be read.', cause });
  }
};

/** The histories of some changes, by holder and proposition; without those that the read model does not have. */
const historiesOf = async (snapshot: Snapshot, changes: readonly FeedChange[]) => {
  const holders = await snapshot.actorNos([...new Set(changes.map(({ holder }) => holder))]);
  const propositions = await snapshot.propositionNos([...new Set(changes.map(({ proposition }) => proposition))]);
  return ({ holder, proposition }: FeedChange): number | null => {
    const no = holders.get(holder);
    const about = propositions.get(proposition);
    return no === undefined || about === undefined ? null : historyKey(no, about);
  };
};

/** Changes as they are published: the feed, in the words that answers have for them. */
export const createPublishedChanges = (feed: FollowedFeed, readModel: ReadModel): StreamSource<ChangeEntry> => {
  /** Writes changes as the list of them does now, with the words of the statements behind them. */
  const write = async (published: readonly Published[]) => {
    const changes = published.map(({ body }) => changeOf(body));
    const ids = [...new Set(changes.flatMap(({ evidence }) => evidence.map(({ statementId }) => statementId)))];
    const found = await readModel.read(async (snapshot) => {
      const { position } = snapshot.checkpoint;
      const historyOf = await historiesOf(snapshot, published);
      const histories = published.map(historyOf);
      const among = [...new Set(histories.filter((history) => history !== null))];
      return {
        statements: await snapshot.knownStatements(ids, position),
        histories,
        incomplete: await incompleteOf(snapshot, among, position),
      };
    });
    const statements = new Map(found.statements.map((row) => [row.id, shownStatement(row)]));
    return published.map(({ changeId: id, holder, proposition, method, revision, detectedAt }, index) => {
      const change = changes[index] as StanceChange;
      const history = found.histories[index] ?? null;
      const incomplete = history !== null && found.incomplete.has(history);
      const told = { id, holder, proposition, method, record: { revision, detectedAt }, incomplete };
      const answer = toldChangeAnswer(change, told, { statement: (statement) => statements.get(statement) });
      return { holder, proposition, change, json: JSON.stringify(answer) };
    });
  };

  const entriesOf = async (entries: readonly FeedEntry[]): Promise<ChangeEntry[]> => {
    const written = await write(entries);
    return entries.map(({ position, type, previousBody, replacedBy }, index) => ({
      ...(written[index] as (typeof written)[number]),
      position,
      type,
      replacedBy,
      previous: () => (previousBody === null ? null : changeOf(previousBody)),
    }));
  };

  return {
    async look() {
      const epoch = await asked(feed.epoch());
      return { epoch, visible: await asked(feed.head()) };
    },
    end: () => asked(feed.head()),
    merges: () => knownMerges(readModel),
    async read({ after, upTo }) {
      const entries = await asked(feed.readFeed({ after, limit: Math.min(entriesAPage, upTo - after) }));
      return { after, upTo: entries.at(-1)?.position ?? after, entries: await entriesOf(entries) };
    },
    async readCurrent({ after, upTo }) {
      const end = Math.min(upTo, after + entriesGoneThrough);
      const published = await asked(feed.readCurrent({ after, upTo: end }));
      const page = published.slice(0, entriesAPage);
      const written = await write(page);
      return {
        after,
        upTo: published.length > page.length ? (page.at(-1)?.entry ?? end) : end,
        entries: written.map((entry, index) => ({
          ...entry,
          position: page[index]?.entry ?? end,
          type: 'StanceChangeDetected',
          previous: () => null,
          replacedBy: null,
        })),
      };
    },
  };
};
