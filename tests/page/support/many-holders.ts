import type { PageService } from './page-service.ts';
import { voteOf } from './vote.ts';

/** So many holders have a stance on the proposition `many`, and so many propositions are held by `holder-0`. */
export const howMany = 40;

/** Records enough for lists that one scrolls through: every third holder goes over to the other side once. */
export const recordMany = async ({ baseUrl }: PageService): Promise<void> => {
  const numbers = Array.from({ length: howMany }, (_, n) => n);
  const statements = numbers.flatMap((n) => [
    voteOf(`holder-${n}`, 'many', 'support', `${1980 + n}-03-01`),
    ...(n % 3 === 0 ? [voteOf(`holder-${n}`, 'many', 'oppose', `${1985 + n}-04-01`)] : []),
    voteOf('holder-0', `matter-${n}`, n % 2 === 0 ? 'support' : 'oppose', `${1980 + n}-07-01`),
  ]);
  const response = await fetch(`${baseUrl}/v1/statements?createMissing=true&results=errors`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: statements.map((statement) => `${JSON.stringify(statement)}\n`).join(''),
  });
  const { summary } = JSON.parse(await response.text()) as {
    readonly summary: { readonly accepted: number; readonly position: number };
  };
  if (summary.accepted !== statements.length) throw new Error(`${summary.accepted} of ${statements.length} accepted`);
  await fetch(`${baseUrl}/v1/actors?limit=1&minPosition=${summary.position}`);
};
