/** An answer that nothing explains: neither a success nor a connection that was cut. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/** The connection ended before the answer was complete. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The service says, or lets show by its silence, that it cannot do it now: it may have been recorded or not. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

export interface Written {
  readonly statementId: string;
  readonly revision: number;
  readonly position: number;
  readonly outcome: 'accepted' | 'duplicate';
}

export interface WrittenLine {
  readonly line: number;
  readonly outcome: 'accepted' | 'duplicate' | 'rejected';
  readonly statementId?: string;
  readonly position?: number;
  readonly error?: WrittenError;
}

interface WrittenError {
  readonly code: string;
  readonly retryable: boolean;
}

/** The last line of an answer, where not all lines were looked at: a service that ends says so there. */
interface WrittenSummary {
  readonly summary: { readonly stopped?: { readonly afterLine: number; readonly error: WrittenError } };
}

/** In milliseconds; the services give up on their stores before. */
const patience = 60_000;

const send = async (url: string, contentType: string, body: string): Promise<Response> => {
  const signal = AbortSignal.timeout(patience);
  const init = { method: 'POST', headers: { 'content-type': contentType }, body, signal };
  const response = await fetch(url, init).catch((cause: unknown) => {
    if (signal.aborted) throw new Unavailable(`no answer from ${url} within ${patience} ms`, { cause });
    throw new NoAnswer(`no answer from ${url}`, { cause });
  });
  if (response.ok) return response;
  const text = await readText(response);
  if (response.status === 503) throw new Unavailable(`503 from ${url}: ${text}`);
  throw new UnexpectedAnswer(`${response.status} from ${url}: ${text}\nto ${body.slice(0, 2000)}`);
};

const readText = (response: Response): Promise<string> =>
  response.text().catch((cause: unknown) => {
    throw new NoAnswer(`the answer from ${response.url} was cut off`, { cause });
  });

/** @throws NoAnswer, Unavailable, UnexpectedAnswer */
export const postJson = async (url: string, body: unknown): Promise<Written> => {
  const response = await send(url, 'application/json', JSON.stringify(body));
  return JSON.parse(await readText(response)) as Written;
};

/** All results were asked for: an answer ends with a summary only where it ends early. */
const endedEarly = (url: string, { summary: { stopped } }: WrittenSummary): Unavailable | UnexpectedAnswer => {
  const why = `the answer from ${url} ended ${JSON.stringify(stopped)}`;
  return stopped?.error.retryable === true ? new Unavailable(why) : new UnexpectedAnswer(why);
};

/**
 * Sends lines and gives each result line as it comes.
 *
 * @throws NoAnswer, Unavailable, UnexpectedAnswer
 */
export const postLines = async (
  url: string,
  lines: readonly unknown[],
  onResult: (result: WrittenLine) => void,
): Promise<void> => {
  const response = await send(url, 'application/x-ndjson', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  let rest = '';
  try {
    for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const complete = (rest + piece).split('\n');
      rest = complete.pop() ?? '';
      for (const text of complete) {
        const line = JSON.parse(text) as WrittenLine | WrittenSummary;
        if ('summary' in line) throw endedEarly(url, line);
        onResult(line);
      }
    }
  } catch (cause) {
    if (cause instanceof UnexpectedAnswer || cause instanceof Unavailable) throw cause;
    throw new NoAnswer(`the answer from ${url} was cut off`, { cause });
  }
};

/** @throws Unavailable, UnexpectedAnswer */
export const getJson = async <T>(url: string): Promise<T> => {
  const response = await fetch(url);
  if (response.status === 503) throw new Unavailable(`503 from ${url}: ${await response.text()}`);
  if (!response.ok) throw new UnexpectedAnswer(`${response.status} from ${url}: ${await response.text()}`);
  return (await response.json()) as T;
};
