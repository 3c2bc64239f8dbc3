import type { LineResult, LinesSummary } from '../contract/answer.ts';

import { notTheService } from '../call/refusal.ts';
import { readLines } from '../call/read-lines.ts';
import type { Transport } from '../call/transport.ts';
import type { SendLinesOptions } from '../resource/statements.ts';

const ndjson = 'application/x-ndjson';

export const sendLines = async function* (
  transport: Transport,
  lines: string | Uint8Array<ArrayBuffer>,
  { createMissing, results, signal }: SendLinesOptions,
): AsyncGenerator<LineResult | LinesSummary, void, undefined> {
  const asked = { method: 'POST', path: '/v1/statements', signal } as const;
  const response = await transport.open({
    ...asked,
    query: { createMissing, results },
    accept: ndjson,
    headers: { 'content-type': ndjson },
    body: lines,
  });
  if (response.body === null) return;
  try {
    for await (const line of readLines(response.body)) yield parsed(line, transport.baseUrl);
  } catch (error) {
    throw transport.failed(error, asked);
  }
};

export const isSummary = (line: LineResult | LinesSummary): line is LinesSummary => 'summary' in line;

const parsed = (line: string, baseUrl: string): LineResult | LinesSummary => {
  try {
    return JSON.parse(line) as LineResult | LinesSummary;
  } catch (cause) {
    throw notTheService(baseUrl, `A line of its answer is not JSON: ${line.slice(0, 80)}`, { cause });
  }
};
