/** An answer that nothing explains: neither a success nor a connection that was cut. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/** The connection ended before the answer was complete. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
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
}

const send = async (url: string, contentType: string, body: string): Promise<Response> => {
  const init = { method: 'POST', headers: { 'content-type': contentType }, body };
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new NoAnswer(`no answer from ${url}`, { cause });
  });
  if (response.ok) return response;
  const text = await readText(response);
  throw new UnexpectedAnswer(`${response.status} from ${url}: ${text}\nto ${body.slice(0, 2000)}`);
};

const readText = (response: Response): Promise<string> =>
  response.text().catch((cause: unknown) => {
    throw new NoAnswer(`the answer from ${response.url} was cut off`, { cause });
  });

/** @throws NoAnswer, UnexpectedAnswer */
export const postJson = async (url: string, body: unknown): Promise<Written> => {
  const response = await send(url, 'application/json', JSON.stringify(body));
  return JSON.parse(await readText(response)) as Written;
};

/**
 * Sends lines and gives each result line as it comes.
 *
 * @throws NoAnswer, UnexpectedAnswer
 */
export const postLines = async (
  url: string,
  lines: readonly unknown[],
  onResult: (result: WrittenLine) => void,
): Promise<void> => {
  const response = await send(url, 'application/x-ndjson', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  let rest = '';
  try {
    for await (const text of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const complete = (rest + text).split('\n');
      rest = complete.pop() ?? '';
      for (const line of complete) onResult(JSON.parse(line) as WrittenLine);
    }
  } catch (cause) {
    if (cause instanceof UnexpectedAnswer) throw cause;
    throw new NoAnswer(`the answer from ${url} was cut off`, { cause });
  }
};

/** @throws UnexpectedAnswer */
export const getJson = async <T>(url: string): Promise<T> => {
  const response = await fetch(url);
  if (!response.ok) throw new UnexpectedAnswer(`${response.status} from ${url}: ${await response.text()}`);
  return (await response.json()) as T;
};
