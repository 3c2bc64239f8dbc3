import { ClientError } from '@stance/client';

import type { Session } from '../session.ts';
import { oneLine } from '../terminal/text.ts';

/**
 * Tells people at which position answers are given now that `position` is recorded. Waits for it as long as the service
 * does; what cannot be asked is no failure of what was recorded.
 */
export const printKnownAt = async ({ terminal, client, signal }: Session, position: number): Promise<void> => {
  const knownAt = async (minPosition?: number): Promise<number> =>
    (await client.actors.list({ limit: 1, minPosition }).page()).knownAt;
  try {
    const known = await knownAt(position).catch((error: unknown) => {
      if (error instanceof ClientError && error.code === 'not-caught-up') return knownAt();
      throw error;
    });
    const behind = position - known;
    terminal.line(
      `known at position ${known}${behind > 0 ? `, ${behind} behind: answers do not have all of it yet` : ''}`,
    );
  } catch (error) {
    if (signal.aborted) throw error;
    terminal.note(
      `How far answers have it could not be asked: ${oneLine(error instanceof Error ? error.message : String(error))}`,
    );
  }
};
