import { createClient } from '@stance/client';

import { token } from './token.ts';

/** The service that this page comes from. */
export const service = createClient({ baseUrl: location.origin, token: () => token.peek() ?? undefined });

/** The same, for who asks at every beat: the next one tries again, and an answer that takes long is as good as none. */
export const serviceAtBeat = createClient({
  baseUrl: location.origin,
  token: () => token.peek() ?? undefined,
  retry: false,
  timeout: 10_000,
});
