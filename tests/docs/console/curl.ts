import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** What a command printed on both its outputs, and whether it failed. */
export interface Printed {
  readonly text: string;
  readonly failed: boolean;
}

/** A stream of events as far as it has come: what would follow has not happened. */
const untilNow = async (answer: Response): Promise<string> => {
  let text = '';
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    if (/^event: position\ndata: .*\n\n/m.test(text)) break;
  }
  return text;
};

/** What `curl` prints for these arguments; understands as much of it as the pages use, so that they run without it. */
export const curl = async (args: readonly string[], folder: string): Promise<Printed> => {
  let method: string | undefined;
  let body: string | undefined;
  let withHead = false;
  let endsInTime = false;
  let url = '';
  const headers = new Headers({ accept: '*/*' });
  const rest = args.values();
  const value = (): string => rest.next().value ?? '';
  for (const arg of rest) {
    if (arg === '-s' || arg === '-sN') continue;
    else if (arg === '-i') withHead = true;
    else if (arg === '--max-time') endsInTime = value() !== '';
    else if (arg === '-X') method = value();
    else if (arg === '-d' || arg === '--data-binary') body = value();
    else if (arg === '-H') {
      const [name, ...text] = value().split(':');
      headers.set(name ?? '', text.join(':').trim());
    } else if (arg.startsWith('-')) throw new Error(`curl ${arg} is not understood here`);
    else url = arg;
  }
  if (body?.startsWith('@') === true) body = await readFile(resolve(folder, body.slice(1)), 'utf8');
  const answer = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  if (endsInTime) return { text: await untilNow(answer), failed: !answer.ok };
  const head = withHead ? `HTTP/1.1 ${answer.status} ${answer.statusText}\n` : '';
  return { text: head + (await answer.text()), failed: !answer.ok };
};
