import type { Statement } from '../browser/data/side.ts';

type Said = Partial<Statement> & { readonly day?: string; readonly earliest?: string | null };

/** A statement as an explanation has it, with what a test says of it. */
export const said = ({ day = '2024-06-08', earliest = day, ...given }: Said): Statement => ({
  id: 'said',
  state: 'active',
  revision: 0,
  position: 1,
  recordedAt: '2024-06-09T00:00:00.000Z',
  holder: 'joe-biden',
  proposition: 'trainers',
  act: 'assert',
  authority: 'self',
  speaker: 'joe-biden',
  saidAt: { edtf: earliest === day ? day : `${earliest ?? '..'}/${day}`, earliest, latest: day },
  placedAt: { edtf: day, earliest: day, latest: day },
  weight: 1,
  role: 'opened',
  reaffirmation: false,
  contested: false,
  vague: earliest !== day,
  factors: [],
  moment: null,
  why: 'opened a change',
  ...given,
});
