import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;
type Network = readonly [Address, number];

/** Which addresses may be called. */
export interface AddressRules {
  /** Whether there are any that may be called without TLS. */
  readonly allowsPlain: boolean;
  /**
   * Why an address must not be called; `null` where it may be.
   *
   * @param isEncrypted whether the call is made over TLS: without, only allowed addresses are called.
   */
  refusal(address: string, isEncrypted: boolean): string | null;
}

/** All that is given out as global unicast: https://www.iana.org/assignments/ipv6-address-space */
const globalUnicast: Network = [ipaddr.parse('2000::'), 3];

const matches = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

/** Whether everybody may have it called: of the public internet, and no way into another network. */
const isPublic = (address: Address): boolean =>
  address.range() === 'unicast' && (address.kind() === 'ipv4' || matches(address, globalUnicast));

/**
 * Reads an address, or a network such as `10.0.0.0/8`.
 *
 * @throws Error whose message says what is wrong.
 */
export const parseNetwork = (text: string): Network => {
  try {
    if (!text.includes('/')) {
      const address = ipaddr.process(text);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    }
    const [network, bits] = ipaddr.parseCIDR(text);
    return [network, bits];
  } catch {
    throw new Error(`"${text}" is neither an IP address nor a network such as 10.0.0.0/8`);
  }
};

/** Public addresses by TLS, and besides those that are allowed by any way. */
export const createAddressRules = (allowed: readonly string[]): AddressRules => {
  const networks = allowed.map(parseNetwork);
  return {
    allowsPlain: networks.length > 0,
    refusal(text, isEncrypted) {
      if (!ipaddr.isValid(text)) return `${text} is no IP address`;
      const address = ipaddr.process(text);
      if (networks.some((network) => matches(address, network))) return null;
      if (!isPublic(address)) return `${text} is no public address, and not among those that are allowed`;
      return isEncrypted ? null : `${text} is only called by https, unless it is among those that are allowed`;
    },
  };
};
