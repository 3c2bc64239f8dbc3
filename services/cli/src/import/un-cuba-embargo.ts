import { z } from 'zod';

import type { Importer } from './importer.ts';
import { directionOf, parseLine, publisher } from './vote-line.ts';

const lineSchema = z.object({
  actor: z.string().min(1).max(500),
  history: z.array(z.object({ date: z.iso.date(), vote: z.enum(['yes', 'abstain', 'no']), rcid: z.int().min(0) })),
});

const proposition = 'un-cuba-embargo';
const title =
  'Necessity of ending the economic, commercial and financial embargo imposed by the United States against Cuba';

/**
 * The yearly resolution of the General Assembly against the embargo on Cuba, one line a country with its dated votes:
 * `{actor, history: [{date, vote, rcid}]}`. All of them are about one proposition.
 */
export const unCubaEmbargoImporter = (): Importer => ({
  propositionPrefix: proposition,
  statements: (text, registry) => {
    const line = parseLine(lineSchema, text);
    const holder = registry.actorId(line.actor, 'country');
    registry.proposition(proposition, {
      text: 'The economic, commercial and financial embargo imposed by the United States against Cuba should end.',
      language: 'en',
      topics: ['cuba'],
    });
    return line.history.map(({ date, vote, rcid }) =>
      JSON.stringify({
        id: `${proposition}-${rcid}-${holder}`,
        holder,
        proposition,
        direction: directionOf[vote],
        act: 'vote',
        saidAt: date,
        source: { id: `un-roll-call-${rcid}`, publisher, title, part: 'record' },
      }),
    );
  },
});
