import { expect, it } from 'vitest';

import { createCommands } from '../src/commands.ts';
import type { CommandAnswer, FromWorker } from '../src/messages.ts';

const answer: CommandAnswer = { retried: { applied: 1, parked: 0 }, first: null };
const retry = { kind: 'retry', stream: 'statement-a' } as const;

const recorded = () => {
  const sent: FromWorker[] = [];
  return { sent, commands: createCommands((message) => void sent.push(message)) };
};

it('refuses a command where this projector does not project, and what is left once it does no more', async () => {
  const { sent, commands } = recorded();
  commands.receive({ id: 1, command: retry });
  const attending = commands.attend();
  commands.receive({ id: 2, command: retry });
  attending[Symbol.dispose]();
  expect(sent).toMatchObject([
    { kind: 'refused', id: 1, fault: { code: 'projector-not-at-work', retryable: true } },
    { kind: 'refused', id: 2, fault: { code: 'projector-not-at-work' } },
  ]);
  expect(await commands.work(() => Promise.resolve(answer))).toBe(false);
});

it('carries commands out in their order, and tells who asked what went wrong', async () => {
  const { sent, commands } = recorded();
  using _attending = commands.attend();
  for (const id of [1, 2, 3]) commands.receive({ id, command: { ...retry, stream: `statement-${String(id)}` } });
  const busy = Object.assign(new Error('busy'), { code: 'read-model-busy', retryable: true });
  const did = await commands.work((command) =>
    'stream' in command && command.stream === 'statement-2' ? Promise.reject(busy) : Promise.resolve(answer),
  );
  expect(did).toBe(true);
  expect(sent).toMatchObject([
    { kind: 'answered', id: 1, answer },
    { kind: 'refused', id: 2, fault: { code: 'read-model-busy' } },
    { kind: 'answered', id: 3 },
  ]);
});

it('ends with what cannot pass, once whoever asked has been told', async () => {
  const { sent, commands } = recorded();
  using _attending = commands.attend();
  commands.receive({ id: 1, command: retry });
  const conflict = Object.assign(new Error('moved on'), { code: 'checkpoint-conflict', retryable: false });
  await expect(commands.work(() => Promise.reject(conflict))).rejects.toBe(conflict);
  expect(sent).toMatchObject([{ kind: 'refused', id: 1, fault: { code: 'checkpoint-conflict' } }]);
});
