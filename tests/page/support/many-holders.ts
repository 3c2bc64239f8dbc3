import type { PageService } from './page-service.ts';
import { voteOf } from './vote.ts';

/** So many holders have a stance on the proposition `many`, and so many propositions are held by `holder-0`. */
export const howMany = 40;

/** Records enough for lists that one scrolls through: every third holder goes over to the other side once. */
export const recordMany = async ({ sayAll }: PageService): Promise<void> => {
  const numbers = Array.from({ length: howMany }, (_, n) => n);
  await sayAll(
    numbers.flatMap((n) => [
      voteOf(`holder-${n}`, 'many', 'support', `${1980 + n}-03-01`),
      ...(n % 3 === 0 ? [voteOf(`holder-${n}`, 'many', 'oppose', `${1985 + n}-04-01`)] : []),
      voteOf('holder-0', `matter-${n}`, n % 2 === 0 ? 'support' : 'oppose', `${1980 + n}-07-01`),
    ]),
  );
};
