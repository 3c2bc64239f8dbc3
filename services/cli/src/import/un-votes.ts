import { z } from 'zod';

import { idFromName, markedId } from './id-from-name.ts';
import type { Importer } from './importer.ts';
import type { Registry } from './registry.ts';
import { asName, directionOf, parseLine, publisher } from './vote-line.ts';

/** One proposition a roll call, or one of all the votes that share a title (untitled ones stay one a roll call). */
export type UnVotesMode = 'roll-call' | 'title';

const lineSchema = z.object({
  actor: z.string().min(1).max(500),
  date: z.iso.date(),
  rollCall: z.int().min(0),
  session: z.int().min(0),
  resolution: z.string(),
  short: z.string(),
  issues: z.array(z.string()).default([]),
  vote: z.enum(['yes', 'abstain', 'no']),
});
type Line = z.output<typeof lineSchema>;

/** What all statements of one roll call share, as JSON text. */
interface RollCall {
  readonly like: Line;
  readonly idStart: string;
  /** By vote, from the end of the holder's id on. */
  readonly tails: Readonly<Record<Line['vote'], string>>;
}

/**
 * Votes of the General Assembly, one line a country and roll call: `{actor, date, rollCall, session, resolution, short,
 * issues, vote}`. A yes supports, a no opposes, an abstention is neutral. The statements' ids carry the mode, so both can
 * be imported side by side.
 */
export const unVotesImporter = (mode: UnVotesMode): Importer => {
  const rollCalls = new Map<number, RollCall>();

  return {
    propositionPrefix: `un-${mode}-`,
    statements: (text, registry) => {
      const line = parseLine(lineSchema, text);
      let rollCall = rollCalls.get(line.rollCall);
      if (rollCall === undefined || !alike(rollCall.like, line)) {
        rollCall = openRollCall(mode, line, registry);
        rollCalls.set(line.rollCall, rollCall);
      }
      const holder = registry.actorId(line.actor, 'country');
      // Ids need no escaping in JSON, and most of the time goes into these lines.
      return [`{"id":"${rollCall.idStart}${holder}","holder":"${holder}"${rollCall.tails[line.vote]}`];
    },
  };
};

const alike = (a: Line, b: Line): boolean =>
  a.date === b.date && a.short === b.short && a.resolution === b.resolution && a.session === b.session;

const openRollCall = (mode: UnVotesMode, line: Line, registry: Registry): RollCall => {
  const title = asName(line.short);
  const resolution = asName(line.resolution);
  const byTitle = mode === 'title' && title !== '';
  const proposition = byTitle ? `un-title-${markedId(line.short)}` : `un-${mode}-${rollCallName(mode, line)}`;
  const topics = [...new Set(line.issues.map(idFromName))];
  registry.proposition(proposition, {
    text: byTitle ? `Adopt what is voted on as "${title}".` : `Adopt ${what({ ...line, resolution }, title)}.`,
    language: 'en',
    ...(byTitle || topics.length === 0 ? {} : { topics }),
  });

  const source = {
    id: `un-roll-call-${line.rollCall}`,
    publisher,
    title: asName([resolution, title].filter((part) => part !== '').join(': ')) || `Roll call ${line.rollCall}`,
    part: 'record',
  };
  const tail = (vote: Line['vote']): string =>
    `,${JSON.stringify({ proposition, direction: directionOf[vote], act: 'vote', saidAt: line.date, source }).slice(1)}`;
  return {
    like: line,
    idStart: `un-${mode}-${line.rollCall}-`,
    tails: { yes: tail('yes'), abstain: tail('abstain'), no: tail('no') },
  };
};

/** Under `title`, what has no title of its own must not take the id of a titled one. */
const rollCallName = (mode: UnVotesMode, line: Line): string =>
  mode === 'title' ? `untitled-roll-call-${line.rollCall}` : String(line.rollCall);

const what = (line: Line, title: string): string => {
  const details = [line.resolution, `session ${line.session}`, `roll call ${line.rollCall}`].filter(
    (part) => part !== '',
  );
  return title === '' ? `the resolution of ${details.join(', ')}` : `"${title}" (${details.join(', ')})`;
};
