import type { Day, KnownStatement } from '@stance/domain';

/**
 * The first day whose moment a new statement may change: its own, unless it may say of others where they stand, or others
 * of it.
 */
export const firstDayConcerned = ({ said, copyOf, utteranceId, document }: KnownStatement): Day => {
  const standsAlone = copyOf === null && utteranceId === null && document === null;
  return standsAlone ? (said.earliest ?? -Infinity) : -Infinity;
};
