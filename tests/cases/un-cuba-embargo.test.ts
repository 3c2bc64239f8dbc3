import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readConfig } from '@stance/config';
import type { ActorAnswer, ChangeAnswer, LinesSummary } from '@stance/contracts';
import { startStandalone, type Standalone } from '@stance/standalone';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { runStance } from '../support/command.ts';
import { testData } from '../support/test-data.ts';

interface Country {
  readonly actor: string;
  readonly history: readonly { readonly date: string; readonly vote: Vote }[];
  readonly changes: readonly { readonly from: Vote; readonly to: Vote; readonly at: string }[];
}
type Vote = 'yes' | 'abstain' | 'no';

const direction: Readonly<Record<Vote, string>> = { yes: 'support', abstain: 'neutral', no: 'oppose' };
const { file, missing } = testData('un-votes/un_cuba_embargo.ndjson');

describe.skipIf(missing !== null)(
  `the votes on the embargo against Cuba${missing === null ? '' : ` (${missing})`}`,
  () => {
    let folder = '';
    let service: Standalone;
    let countries: readonly Country[] = [];
    /** The confirmed changes other than `first`, as the service tells them, by the name of the country. */
    const told = new Map<string, string[]>();

    const items = async <Item>(path: string): Promise<Item[]> => {
      const response = await fetch(service.address + path, { headers: { accept: 'application/x-ndjson' } });
      const text = await response.text();
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Item]));
    };
    const imported = async (): Promise<LinesSummary['summary']> => {
      const run = await runStance('import', 'un-cuba-embargo', file, '--json', '--url', service.address);
      if (run.code !== 0) throw new Error(run.stderr);
      return (JSON.parse(run.stdout) as LinesSummary).summary;
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'stance-cuba-'));
      const config = readConfig({
        STANCE_EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`,
        STANCE_READ_MODEL_URL: `sqlite:${join(folder, 'read-model.db')}`,
        STANCE_PORT: '0',
        STANCE_SEED: 'none',
      });
      service = await startStandalone(config, { logger: pino({ level: 'silent' }) });
      countries = (await readFile(file, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Country);

      const { position } = await imported();
      await service.whenPassed(position, { timeout: 30_000 });
      const names = new Map((await items<ActorAnswer>('/v1/actors')).map(({ id, name }) => [id, name]));
      const changes = await items<ChangeAnswer>('/v1/changes?proposition=un-cuba-embargo&status=confirmed');
      // The newest come first.
      for (const { holder, kind, from, to, at } of changes.reverse()) {
        if (kind === 'first') continue;
        const name = names.get(holder) ?? holder;
        told.set(name, [...(told.get(name) ?? []), `${from?.direction} to ${to.direction} ${at.edtf}`]);
      }
    }, 60_000);

    afterAll(async () => {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('give exactly the changes that the file itself lists, for each of its 194 countries', () => {
      expect(countries).toHaveLength(194);
      const listed = countries.map(({ actor, changes }): [string, string[]] => [
        actor,
        changes.map(({ from, to, at }) => `${direction[from]} to ${direction[to]} ${at}`),
      ]);
      expect(countries.map(({ actor }): [string, string[]] => [actor, told.get(actor) ?? []])).toEqual(listed);
      expect(told.size).toBe(listed.filter(([, changes]) => changes.length > 0).length);
    });

    test.each([
      ['United States', ['oppose to neutral 2016-10-26', 'neutral to oppose 2017-11-01']],
      ['Israel', ['oppose to neutral 2016-10-26', 'neutral to oppose 2017-11-01']],
      ['Brazil', ['support to oppose 2019-11-07']],
    ])('show when the %s changed', (country, changes) => {
      expect(told.get(country)?.slice(-changes.length)).toEqual(changes);
    });

    test('are all duplicates the second time', async () => {
      const votes = countries.reduce((sum, { history }) => sum + history.length, 0);
      const before = service.status().head;
      expect(await imported()).toMatchObject({ accepted: 0, duplicate: votes, rejected: 0 });
      expect(service.status().head).toBe(before);
    });
  },
);
