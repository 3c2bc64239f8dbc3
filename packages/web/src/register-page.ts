import { matchesEtag } from '@stance/http';
import type { HttpApp, HttpReply, HttpRequest } from '@stance/http';

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
const addresses = [
  '/',
  '/actors/*',
  '/propositions/*',
  '/histories/*',
  ...['/compare', '/between', '/operations'].flatMap((address) => [address, `${address}/`]),
];

/** Beneath these are the calls and their description: nobody looks for a view there. */
const beneathOthers = /^\/(?:v1|docs)(?:[/?]|$)/;

/** Whether somebody has come to an address by a browser, for whom a problem document is no answer. */
const isVisit = ({ method, url, headers }: HttpRequest): boolean =>
  method === 'GET' && headers.accept?.includes('text/html') === true && !beneathOthers.test(url);

/** Whether a client takes a coding, by its `Accept-Encoding`. */
const takes = (accepted: string | undefined, coding: string): boolean =>
  (accepted ?? '').split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });

/** The bytes that a client is to have of a file: the smallest that it takes. */
const codedFor = (
  file: PageFile,
  accepted: string | undefined,
): { readonly coding: string | null; readonly bytes: Buffer } => {
  if (file.brotli !== null && takes(accepted, 'br')) return { coding: 'br', bytes: file.brotli };
  if (file.gzip !== null && takes(accepted, 'gzip')) return { coding: 'gzip', bytes: file.gzip };
  return { coding: null, bytes: file.bytes };
};

/**
 * Gives out the page at its addresses, and its files, to everybody: what it shows, it asks for as any client does. At addresses
 * where nothing is, it is given out to visitors.
 */
export const registerPage = (app: HttpApp, { index, files }: Page): void => {
  const send = (request: HttpRequest, reply: HttpReply, file: PageFile): HttpReply => {
    const { coding, bytes } = codedFor(file, request.headers['accept-encoding']);
    // Other bytes, another tag.
    const etag = coding === null ? file.etag : file.etag.replace(/"$/, `-${coding}"`);
    void reply.headers({
      etag,
      vary: 'accept, accept-encoding',
      'cache-control': file.isLasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
    if (coding !== null) void reply.header('content-encoding', coding);
    return reply.type(file.contentType).send(bytes);
  };
  for (const address of addresses) app.get(address, (request, reply) => send(request, reply, index));
  for (const [path, file] of files) app.get(path, (request, reply) => send(request, reply, file));
  // The page says itself that nothing is there, and leads back.
  app.addHook('onRequest', (request, reply, next) => {
    if (request.is404 && isVisit(request)) void send(request, reply.code(404), index);
    else next();
  });
};
