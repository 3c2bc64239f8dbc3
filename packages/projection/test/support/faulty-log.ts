import type { StoredEvent } from '@stance/event-store';
import type { ProjectedLog } from '@stance/projection';

/** How an event looks to a program that cannot read it: one of a newer version, or one that is not even JSON. */
export type Fault = 'newer-version' | 'unknown-type' | 'broken';

const asFaulty = (event: StoredEvent, fault: Fault): StoredEvent => {
  switch (fault) {
    case 'newer-version':
      return { ...event, schemaVersion: 99 };
    case 'unknown-type':
      return { ...event, type: `${event.type}OfTomorrow` };
    case 'broken':
      return { ...event, data: event.data.slice(0, -1) };
  }
};

/** A log as a program reads it that cannot make anything of some events; `faults` (by event id) may be taken away later. */
export const faultyLog = (source: ProjectedLog, faults: ReadonlyMap<string, Fault>): ProjectedLog => {
  const seen = (event: StoredEvent): StoredEvent => {
    const fault = faults.get(event.id);
    return fault === undefined ? event : asFaulty(event, fault);
  };
  return {
    readAll: async (options) => {
      const page = await source.readAll(options);
      return { ...page, events: page.events.map(seen) };
    },
    readStream: async (stream, options) => (await source.readStream(stream, options)).map(seen),
  };
};
