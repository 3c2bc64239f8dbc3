import type { ReadModelLocation } from '@stance/config';

import { openReadModel } from './read-model.ts';
import { activeVersion, versionLocation } from './versions.ts';

const streamsAPage = 1000;

/**
 * The streams of which events are parked in the read model that is there: none where there is none, or where it cannot be
 * read. A file is looked into whatever version it is of.
 */
export const parkedStreams = async (location: ReadModelLocation): Promise<ReadonlySet<string>> => {
  if (location.kind === 'sqlite') {
    const { parkedStreamsIn } = await import('@stance/read-model/sqlite');
    const at = await versionLocation(location, await activeVersion(location));
    return at.kind === 'sqlite' ? parkedStreamsIn({ path: at.file }) : new Set();
  }
  const streams = new Set<string>();
  try {
    const readModel = await openReadModel(location);
    try {
      for (let after = 0; ;) {
        const from = after;
        const page = await readModel.read((snapshot) => snapshot.parked({ after: from, limit: streamsAPage }));
        for (const { stream, position } of page) {
          streams.add(stream);
          after = position;
        }
        if (page.length < streamsAPage) return streams;
      }
    } finally {
      await readModel.close();
    }
  } catch {
    // Whoever makes it anew finds out what is wrong with the place.
    return streams;
  }
};
