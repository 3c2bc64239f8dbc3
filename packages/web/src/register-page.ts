import type { HttpApp } from '@stance/http';

import type { Page, PageFile } from './page-files.ts';

/** Nothing is loaded or run but the page's own files; what it shows comes from the service that gives it out. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // What is downloaded as a picture is drawn from one made in the page.
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The addresses of the page: what they show is the page's own affair. */
const addresses = ['/', '/actors/*', '/propositions/*', '/histories/*', '/compare', '/between', '/operations'];

const takes = (accepted: string | undefined, coding: string): boolean =>
  accepted?.split(',').some((part) => part.trim().split(';')[0] === coding && !/;\s*q=0(?:\.0*)?$/.test(part)) === true;

/** Gives out the page at its addresses, and its files, to everybody: what it shows, it asks for as any client does. */
export const registerPage = (app: HttpApp, { index, files }: Page): void => {
  const give = (path: string, file: PageFile): void => {
    app.get(path, (request, reply) => {
      void reply.headers({
        etag: file.etag,
        vary: 'accept-encoding',
        'cache-control': file.isLasting ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
      void reply.type(file.contentType);
      const accepted = request.headers['accept-encoding'];
      if (file.brotli !== null && takes(accepted, 'br'))
        return reply.header('content-encoding', 'br').send(file.brotli);
      if (file.gzip !== null && takes(accepted, 'gzip'))
        return reply.header('content-encoding', 'gzip').send(file.gzip);
      return reply.send(file.bytes);
    });
  };
  for (const address of addresses) give(address, index);
  for (const [path, file] of files) give(path, file);
};
