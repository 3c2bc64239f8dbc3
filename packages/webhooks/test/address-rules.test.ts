import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createAddressRules, parseNetwork } from '../src/address-rules.ts';

const none = createAddressRules([]);

describe('the rules of addresses', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
    'let %s be called by https alone',
    (address) => {
      expect(none.refusal(address, true)).toBeNull();
      expect(none.refusal(address, false)).toContain('only called by https');
    },
  );

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'localhost',
    '127.1',
    '',
  ])('do not let %s be called', (address) => {
    expect(none.refusal(address, true)).not.toBeNull();
  });

  it('let be called what is allowed, by any way, and nothing besides', () => {
    const rules = createAddressRules(['127.0.0.1', '10.0.0.0/8', 'fd00::/16']);
    for (const address of ['127.0.0.1', '10.255.0.1', '::ffff:10.0.0.1', 'fd00::9']) {
      expect(rules.refusal(address, false)).toBeNull();
    }
    for (const address of ['127.0.0.2', '11.0.0.1', 'fd01::9', '192.168.0.1']) {
      expect(rules.refusal(address, false)).not.toBeNull();
    }
  });

  it('treat an address alike, however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const mapped = none.refusal(`::ffff:${address}`, true);
        expect(mapped === null).toBe(none.refusal(address, true) === null);
      }),
    );
  });
});

describe('a network', () => {
  it.each(['nonsense', '10.0.0.0/33', '10.0.0.0/', '/8', '', 'example.org', '10.0.0/8 '])('is not %j', (text) => {
    expect(() => parseNetwork(text)).toThrow(/neither an IP address nor a network/);
  });
});
