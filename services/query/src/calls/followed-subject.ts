import type { QueryService } from '../service.ts';
import { subjectNumbers } from './subjects.ts';

/**
 * Makes sure that there are the holder and the proposition that somebody wants to follow: who misspells one would wait for
 * ever.
 *
 * @throws ProblemError `unknown-actor`, `unknown-proposition`, or `not-caught-up` where that is not known yet.
 */
export const checkFollowed = async (
  { readModel, known }: Pick<QueryService, 'readModel' | 'known'>,
  subject: { readonly holder?: string | undefined; readonly proposition?: string | undefined },
  signal: AbortSignal,
): Promise<void> => {
  if (subject.holder === undefined && subject.proposition === undefined) return;
  await known.resolve({}, () => signal);
  await readModel.read((snapshot) => subjectNumbers(snapshot, subject, snapshot.checkpoint.position));
};
