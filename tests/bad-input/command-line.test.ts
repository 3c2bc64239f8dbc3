import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runStance } from '../support/command.ts';
import { eventsOf, expectUnharmed } from './support/aftermath.ts';
import { good, recordedEvents, recordGood } from './support/given.ts';
import { startService } from './support/service.ts';
import type { Service } from './support/service.ts';

const line = JSON.stringify({ ...good, id: 'said' });

interface WrongFile {
  readonly what: string;
  readonly content: string | Buffer;
  readonly code: 1 | 2 | 3;
  readonly says: readonly string[];
}

const wrongFiles: readonly WrongFile[] = [
  {
    what: 'lines that are no statements',
    content: `${line}\n{\n${line}\n{"holder":"ann"}\n`,
    code: 3,
    says: ['line 2: ', '[malformed-json]', 'line 4: ', '[invalid-input]', 'proposition'],
  },
  {
    what: 'a line that is not UTF-8',
    content: Buffer.concat([Buffer.from(`${line}\r\n`), Buffer.from([0xff, 0xfe, 0x0a])]),
    code: 3,
    says: ['line 2: ', '[wrong-encoding]'],
  },
  { what: 'UTF-16', content: Buffer.from(`\ufeff${line}\n`, 'utf16le'), code: 3, says: ['line 1', '[wrong-encoding]'] },
  {
    what: 'a line of 10 MB',
    content: `${line}\n${'a'.repeat(10_000_000)}\n${line}\n`,
    code: 3,
    says: ['line 2: longer than 1048576 bytes', '[invalid-line]'],
  },
  {
    what: 'lines of actors nobody knows',
    content: `${JSON.stringify({ ...good, holder: 'eve' })}\n`,
    code: 3,
    says: ['line 1', '[unknown-actor]', '"eve"'],
  },
  {
    what: 'the id of another statement',
    content: `${JSON.stringify({ ...good, id: 'said', direction: 'oppose' })}\n`,
    code: 3,
    says: ['line 1 (said)', '[statement-conflict]'],
  },
  {
    what: 'one JSON document over many lines',
    content: JSON.stringify([good], null, 2),
    code: 2,
    says: ['statements.ndjson', 'one JSON object a line'],
  },
  {
    what: 'a compressed file that was cut off',
    content: gzipSync(`${line}\n`.repeat(1000)).subarray(0, -20),
    code: 1,
    says: ['error: '],
  },
  {
    what: 'a compressed file with a damaged middle',
    content: gzipSync(`${line}\n`.repeat(1000)).fill(0x55, 20, 40),
    code: 1,
    says: ['error: '],
  },
];

describe('the command to ingest', () => {
  let service: Service;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-wrong-files-'));
    service = await startService();
    await recordGood(service);
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(wrongFiles)('says what is wrong with $what, and ends with $code', async ({ content, code, says }) => {
    const file = join(folder, 'statements.ndjson');
    await writeFile(file, content);
    const run = await runStance('ingest', file, '--url', service.baseUrl);
    expect(run.code, run.stderr).toBe(code);
    for (const part of says) expect(run.stderr).toContain(part);
    expect(run.stderr).not.toMatch(/^\s+at |node_modules|undefined|\[object /m);
    expect(await eventsOf(service.events)).toHaveLength(recordedEvents);
  });

  it('records nothing of an empty file, and ends with 0', async () => {
    const file = join(folder, 'empty.ndjson');
    await writeFile(file, '\n\r\n');
    expect(await runStance('ingest', file, '--url', service.baseUrl)).toMatchObject({ code: 0 });
  });

  it('lists every rejected line as JSON where that is asked for', async () => {
    const file = join(folder, 'many.ndjson');
    await writeFile(file, `${'{}\n'.repeat(500)}${line}\n`);
    const run = await runStance('ingest', file, '--json', '--url', service.baseUrl);
    const said = run.stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { readonly line?: number });
    expect(run.code).toBe(3);
    expect(said.map((result) => result.line)).toEqual([...Array.from({ length: 500 }, (_, at) => at + 1), undefined]);
    expect(said.at(-1)).toMatchObject({ summary: { accepted: 0, duplicate: 1, rejected: 500 } });
  });

  it('leaves the service as it was', () => expectUnharmed(service, recordedEvents));
});
