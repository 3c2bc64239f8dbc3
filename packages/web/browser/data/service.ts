import { createClient } from '@stance/client';

import { token } from './token.ts';

/** The service that this page comes from. */
export const service = createClient({ baseUrl: location.origin, token: () => token.peek() ?? undefined });
