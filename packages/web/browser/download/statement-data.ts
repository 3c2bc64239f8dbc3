import { sideOf } from '../data/side.ts';
import type { Statement } from '../data/side.ts';
import { asCsv, asNdjson } from './csv.ts';
import type { Columns } from './csv.ts';

const columns: Columns<Statement> = {
  id: ({ id }) => id,
  holder: ({ holder }) => holder,
  proposition: ({ proposition }) => proposition,
  saidAt: ({ saidAt }) => saidAt.edtf,
  saidAtEarliest: ({ saidAt }) => saidAt.earliest,
  saidAtLatest: ({ saidAt }) => saidAt.latest,
  placedAt: ({ placedAt }) => placedAt.edtf,
  recordedAt: ({ recordedAt }) => recordedAt,
  direction: sideOf,
  strength: ({ strength }) => strength,
  act: ({ act }) => act,
  speaker: ({ speaker }) => speaker,
  authority: ({ authority }) => authority,
  quote: ({ quote }) => quote?.exact,
  directness: ({ quote }) => quote?.directness,
  publisher: ({ source }) => source?.publisher,
  title: ({ source }) => source?.title,
  url: ({ source }) => source?.url,
  part: ({ source }) => source?.part,
  publishedAt: ({ source }) => source?.publishedAt?.edtf,
  condition: ({ condition }) => condition,
  weight: ({ weight }) => weight,
  role: ({ role }) => role,
  contested: ({ contested }) => String(contested),
  reaffirmation: ({ reaffirmation }) => String(reaffirmation),
};

/** One line for each statement: what it says, who said it, where it was read, and what it weighs. */
export const statementsAsCsv = (statements: readonly Statement[]): string => asCsv(columns, statements);

/** The statements as the service told them, one a line. */
export const statementsAsNdjson = (statements: readonly Statement[]): string => asNdjson(statements);
