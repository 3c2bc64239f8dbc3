import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';

import { newSecret, signed } from '../src/signature.ts';

const message = { id: 'feed.17.0', body: '{"type":"StanceChangeDetected","ü":1}' };

describe('the signature of a message', () => {
  it('is that of the example of the specification', () => {
    const given = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
    const headers = signed(given, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], 1_614_265_330_000);
    expect(headers).toEqual({
      'webhook-id': given.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is taken by whoever has any of the secrets, and by nobody else', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = { ...signed(message, secrets, Date.now()) };
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(message.body, headers)).toEqual(JSON.parse(message.body));
    }
    expect(() => new Webhook(newSecret()).verify(message.body, headers)).toThrow(WebhookVerificationError);
    expect(() => new Webhook(secrets[0] ?? '').verify(`${message.body} `, headers)).toThrow(WebhookVerificationError);
  });

  it('says when it was made, so that nobody can send it again later', () => {
    const secret = newSecret();
    const headers = { ...signed(message, [secret], Date.now() - 6 * 60_000) };
    expect(() => new Webhook(secret).verify(message.body, headers)).toThrow(/too old/);
  });
});

describe('a new secret', () => {
  it('is another one each time, of 32 bytes', () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) {
      expect(secret.startsWith('whsec_')).toBe(true);
      expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    }
  });
});
