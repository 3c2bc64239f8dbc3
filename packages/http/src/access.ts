import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

import { ProblemError } from '@stance/contracts';
import type { Scope } from '@stance/contracts';

import { tokenFinder } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Who calls: the name of the token, `null` where the call came without one. */
export interface Identity {
  readonly name: string | null;
}

export interface Access {
  /** Whose call this is; a token that is missing or unknown makes it nobody's. */
  identify(request: IncomingMessage): Caller;
  /** @throws ProblemError `unauthorized` or `forbidden`. */
  permit(request: IncomingMessage, caller: Caller, scope: Scope | null): void;
}

export interface Caller extends Identity {
  readonly scopes: readonly Scope[];
}

const nobody: Caller = { name: null, scopes: [] };

/** Whether an address of a socket is of this machine; IPv4 addresses may come mapped into IPv6. */
export const isLoopback = (address: string | undefined): boolean => {
  if (address === undefined) return false;
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return (isIPv4(plain) && plain.startsWith('127.')) || plain === '::1';
};

/** The host name of a `Host` header or an origin, without port and brackets; `null` where it is none. */
const hostNameOf = (authority: string): string | null => {
  const name = URL.parse(`http://${authority}`)?.hostname;
  return name === undefined ? null : name.startsWith('[') ? name.slice(1, -1) : name;
};

/** Whether a host's name or address is of this machine alone. */
export const isLocalName = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || ((isIPv4(name) || isIPv6(name)) && isLoopback(name));

/**
 * A page of another site, opened in a browser on this machine, also calls from loopback: by a plain cross-site request,
 * or under a name that its DNS points at 127.0.0.1. The first says so in `Origin` or `Sec-Fetch-Site`; the second
 * sends its own name as `Host`.
 */
const siteGuard = (trustedHost: string | null): ((headers: IncomingHttpHeaders) => void) => {
  // Nearly every call sends the same one.
  let lastTrusted: string | null = null;
  return ({ host = '', origin, 'sec-fetch-site': site }) => {
    if (host !== lastTrusted) {
      const name = hostNameOf(host);
      if (name === null || !(isLocalName(name) || name === trustedHost)) {
        throw new ProblemError('forbidden', {
          detail: `Without tokens, writing goes through a loopback name such as localhost; the request was sent to "${host}".`,
        });
      }
      lastTrusted = host;
    }
    const ownOrigin = origin === undefined || URL.parse(origin)?.host === host.toLowerCase();
    if (!ownOrigin || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
      throw new ProblemError('forbidden', {
        detail: 'Without tokens, a page of another origin may not write. Configure tokens to allow such calls.',
      });
    }
  };
};

/**
 * With tokens, every call of a scope needs one that has it. Without, reading is open, and everything else is for this
 * machine only: the address of the socket decides, never a header.
 */
export const createAccess = (tokens: readonly Token[] | null, trustedHost: string | null): Access => {
  const find = tokens === null ? null : tokenFinder(tokens);
  const guardSite = siteGuard(trustedHost);
  return {
    identify(request) {
      const header = request.headers.authorization;
      if (find === null || header === undefined) return nobody;
      const match = /^Bearer ([A-Za-z0-9._~+/-]{1,512}=*)$/i.exec(header);
      return (match?.[1] === undefined ? null : find(match[1])) ?? nobody;
    },
    permit(request, caller, scope) {
      if (scope === null) return;
      if (find === null) {
        if (scope === 'read') return;
        if (!isLoopback(request.socket.remoteAddress)) {
          throw new ProblemError('forbidden', {
            detail:
              'This service has no tokens, so only calls from its own machine may write. Set STANCE_TOKENS to allow others.',
          });
        }
        guardSite(request.headers);
        return;
      }
      if (caller.name === null) {
        const sent = request.headers.authorization !== undefined;
        throw new ProblemError('unauthorized', {
          detail: sent
            ? 'The token in Authorization is not one of this service.'
            : 'The call needs a token: send "Authorization: Bearer <token>".',
          headers: { 'www-authenticate': sent ? 'Bearer error="invalid_token"' : 'Bearer' },
        });
      }
      if (!caller.scopes.includes(scope)) {
        throw new ProblemError('forbidden', {
          detail: `The token "${caller.name}" does not have the scope "${scope}".`,
          headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
        });
      }
    },
  };
};
