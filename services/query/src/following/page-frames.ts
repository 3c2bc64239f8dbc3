import { eventFrame } from '@stance/http';

import type { Audience } from './audience.ts';
import { streamId } from './stream-place.ts';
import type { StreamEntry, StreamPage } from './stream-source.ts';

/** What one audience is sent of a page. */
export interface PageFrames {
  readonly frames: string | Buffer;
  readonly events: number;
  /** The position of the last event; `null` where there is none. */
  readonly last: number | null;
}

/** A page that is made text of only once for all who are told everything. */
export interface FramedPage<Entry extends StreamEntry> extends StreamPage<Entry> {
  /** About how many bytes it takes to keep it. */
  readonly size: number;
  framesFor(audience: Audience<Entry>): PageFrames;
}

/** What a page without entries counts as. */
const emptyPage = 256;

export const framedPage = <Entry extends StreamEntry>(
  page: StreamPage<Entry>,
  epoch: string,
  kind: 'all' | 'current',
): FramedPage<Entry> => {
  let forAll: PageFrames | null = null;

  const make = (audience: Audience<Entry>): PageFrames => {
    const { mark } = audience;
    let frames = '';
    let events = 0;
    let last: number | null = null;
    for (const entry of page.entries) {
      const told = kind === 'all' ? audience.tell(entry) : audience.tellCurrent(entry);
      if (told === null) continue;
      last = entry.resumeAfter ?? entry.position;
      frames += eventFrame(streamId({ epoch, position: last, mark }), told.name, told.data);
      events += 1;
    }
    return { frames, events, last };
  };

  return {
    ...page,
    size: page.entries.reduce((sum, { json }) => sum + json.length, emptyPage),
    framesFor(audience) {
      if (!audience.all || audience.mark !== '') return make(audience);
      if (forAll === null) {
        const made = make(audience);
        forAll = { ...made, frames: Buffer.from(made.frames) };
      }
      return forAll;
    },
  };
};

/** Cuts a page into ones of about so many characters, or of one entry that is longer: so much is handed to a socket at a time. */
export const cutPage = <Entry extends StreamEntry>(page: StreamPage<Entry>, most: number): StreamPage<Entry>[] => {
  const pages: StreamPage<Entry>[] = [];
  let { after } = page;
  let entries: Entry[] = [];
  let size = 0;
  for (const entry of page.entries) {
    const upTo = entries.at(-1)?.position ?? entry.position;
    // What is told at one position stays together.
    if (upTo < entry.position && size + entry.json.length > most) {
      pages.push({ after, upTo, entries });
      after = upTo;
      entries = [];
      size = 0;
    }
    entries.push(entry);
    size += entry.json.length;
  }
  pages.push({ after, upTo: page.upTo, entries });
  return pages;
};
