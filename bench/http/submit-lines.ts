import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

interface Summary {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly position: number;
}

/** Submits lines as one NDJSON request, and resolves to what its closing line says once all of them are durable. */
export const submitLines = async (port: number, lines: Buffer): Promise<Summary> => {
  const outgoing = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/v1/statements?results=errors&createMissing=true',
    headers: { 'content-type': 'application/x-ndjson', 'content-length': lines.length },
  });
  outgoing.on('error', () => undefined); // what is lost after the answer began ends the answer too early, which is seen
  outgoing.end(lines);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const body = await text(answer);
  const last = body.trimEnd().split('\n').at(-1) ?? '';
  if (answer.statusCode !== 200 || !last.startsWith('{"summary"')) {
    throw new Error(`not taken: ${answer.statusCode ?? 0} ${last.slice(0, 500)}`);
  }
  const { summary } = JSON.parse(last) as { summary: Summary };
  if (summary.rejected > 0)
    throw new Error(`${summary.rejected} lines were rejected, the first: ${body.split('\n', 1)[0] ?? ''}`);
  return summary;
};
