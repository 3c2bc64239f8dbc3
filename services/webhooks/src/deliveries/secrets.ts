import type { Webhook } from '@stance/webhooks';

/** By which secrets a message to an endpoint is signed at a moment. */
export const secretsOf = ({ secret, formerSecret }: Pick<Webhook, 'secret' | 'formerSecret'>, at: number): string[] =>
  formerSecret !== null && at < formerSecret.until ? [secret, formerSecret.secret] : [secret];
