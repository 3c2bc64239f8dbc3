import { defaultMethod } from '@stance/domain';
import type { Method } from '@stance/domain';

/** A method by which nothing settles a step by itself. */
export const wary: Method = {
  ...defaultMethod,
  name: 'wary',
  version: 3,
  authority: { ...defaultMethod.authority, self: 0.6 },
  enough: 1.1,
  reasons: { ...defaultMethod.reasons, 'authority.self': 'People say much.', enough: 'Twice, on two days.' },
};
