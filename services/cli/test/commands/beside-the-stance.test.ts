import { afterAll, beforeAll, expect, test } from 'vitest';

import { runCli, type CliRun } from '../support/run-cli.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
const stance = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr }: CliRun = await runCli([...args, '--url', service.url]);
  expect(code, stderr).toBe(0);
  return stdout;
};

const direct = { exact: 'These words.', directness: 'direct' };
const statements = [
  { id: 'party-strike', holder: 'party', proposition: 'strike', direction: 'support', quote: direct },
  { id: 'rosa-strike', holder: 'rosa', proposition: 'strike', direction: 'oppose', quote: direct },
  {
    id: 'if-paid',
    holder: 'party',
    proposition: 'strike',
    direction: 'oppose',
    condition: 'the wages are paid',
    quote: direct,
  },
  { id: 'agreed', holder: 'clara', proposition: 'strike', act: 'endorse', endorses: { holder: 'party' } },
  { id: 'aide', holder: 'clara', proposition: 'walkout', direction: 'support', speaker: 'rosa' },
  { id: 'not-so', holder: 'clara', proposition: 'walkout', act: 'disown', disowns: { statementId: 'aide' } },
].map((each) => ({ ...each, saidAt: '1905-05-01' }));

beforeAll(async () => {
  service = await startService();
  const write = async (method: string, path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(service.url + path, { method, headers, body: JSON.stringify(body) });
    expect(answer.status, await answer.text()).toBeLessThan(300);
  };
  await write('PUT', '/v1/actors/party', { name: 'The party', kind: 'group' });
  await write('PUT', '/v1/actors/rosa', { name: 'Rosa', kind: 'person' });
  await write('PUT', '/v1/actors/clara', { name: 'Clara', kind: 'person' });
  await write('PUT', '/v1/propositions/strike', { text: 'There should be a strike.' });
  await write('PUT', '/v1/propositions/walkout', { text: 'All should leave work.' });
  for (const each of statements) await write('POST', '/v1/statements', each);
  await stance('actor', 'membership', 'rosa', 'party', '--from', '1900', '--role', 'speaker');
  const related = await stance('proposition', 'relate', 'strike', 'entails', 'walkout');
  await stance('actors', '--min-position', /position (\d+)/.exec(related)?.[1] ?? '');
});
afterAll(() => service.remove());

const conditional = 'only if the wages are paid: oppose · confirmed';
const dissent = 'dissent: Rosa (speaker) oppose since 1905-05-01';

test('a stance is shown with what was said under a condition, and by a member who dissents', async () => {
  const told = await stance('stance', 'party', 'strike');
  expect(told).toContain('support · confirmed · since 1905-05-01');
  expect(told).toContain(`\n  ${conditional}\n`);
  expect(told).toContain(`\n  ${dissent}\n`);
  const whole = await stance('history', 'party', 'strike');
  expect(whole).toContain(`\n  ${conditional}\n`);
  expect(whole).toContain(`\n  ${dissent}\n`);
});

test('what follows from what was said is shown as implied, with its way', async () => {
  expect(await stance('stance', 'party', 'walkout')).toContain(
    '\n  implied: support · confirmed, for support of strike (strike entails walkout)\n',
  );
});

test('an endorsement is shown with whose stance it rests on', async () => {
  const ground = 'rests on party on strike: support then (confirmed)';
  for (const command of ['stance', 'history']) expect(await stance(command, 'clara', 'strike')).toContain(ground);
});

test('a change whose words were taken back names what took them back', async () => {
  for (const command of [
    ['changes', '--holder', 'clara', '--proposition', 'walkout'],
    ['history', 'clara', 'walkout'],
  ])
    expect(await stance(...command)).toContain('taken back by not-so');
});

test('a disowning says what it takes back', async () => {
  expect(await stance('statement', 'not-so')).toMatch(/^takes back +aide$/m);
  expect(await stance('statement', 'aide')).not.toContain('takes back');
});
