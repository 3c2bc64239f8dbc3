import { ProblemError } from '@stance/contracts';
import type { FastifyInstance } from 'fastify';

import { parseJsonText } from './json-text.ts';
import type { HttpLimits } from './limits.ts';

const charsetOf = (contentType: string | undefined): string | null =>
  /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null;

const checkCharset = (contentType: string | undefined): void => {
  const charset = charsetOf(contentType);
  if (charset !== null && charset !== 'utf-8' && charset !== 'utf8') {
    throw new ProblemError('wrong-encoding', { detail: `Bodies are taken in UTF-8, not in ${charset}.` });
  }
};

/** JSON is read and checked as a whole; NDJSON is left unread for the handler; nothing else is taken. */
export const addBodyParsers = (app: FastifyInstance, limits: HttpLimits): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      checkCharset(request.headers['content-type']);
      done(null, parseJsonText(body, { maxDepth: limits.jsonDepth }));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser('application/x-ndjson', (request, _payload, done) => {
    try {
      checkCharset(request.headers['content-type']);
      request.isNdjson = true;
      done(null);
    } catch (error) {
      done(error as Error);
    }
  });
};
