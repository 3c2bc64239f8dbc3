import { setTimeout as delay } from 'node:timers/promises';

import type { VersionAnswer } from '@stance/contracts';

import type { SeededRandom } from '../../support/seeded-random.ts';

const path = '/v1/projections/default/versions';

export const versionsOf = async (baseUrl: string): Promise<VersionAnswer[]> => {
  const response = await fetch(`${baseUrl}${path}`);
  return ((await response.json()) as { items: VersionAnswer[] }).items;
};

/** Does something until the service is gone. @throws whatever comes of something else. */
const untilGone = async (work: () => Promise<void>): Promise<void> => {
  for (;;) {
    try {
      await work();
    } catch (error) {
      // `fetch` fails so where nobody answers, or an answer is cut off.
      if (error instanceof TypeError) return;
      throw error;
    }
  }
};

export interface Operated {
  readonly switches: number;
}

/** What an operator does with versions, this and that, until the service is gone. */
export const operateUntilGone = async (baseUrl: string, random: SeededRandom): Promise<Operated> => {
  let switches = 0;
  /** Gives the version where it was done; what is refused is refused with a reason. */
  const tell = async (call: string, body?: object): Promise<VersionAnswer | null> => {
    const response = await fetch(`${baseUrl}${path}${call}`, {
      method: 'POST',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as VersionAnswer & { readonly detail?: string };
    if (response.ok) return answer;
    if (response.status !== 409 && response.status !== 404 && response.status !== 503) {
      throw new Error(`${call} was answered with ${response.status}: ${answer.detail ?? ''}`);
    }
    return null;
  };

  await untilGone(async () => {
    const versions = await versionsOf(baseUrl);
    const made = versions.find(({ state }) => state === 'building' || state === 'catching-up' || state === 'ready');
    const retired = versions.find(({ state }) => state === 'retired');
    const chance = random.integer(10);
    if (made === undefined) {
      if (retired === undefined || chance < 4) await tell('', {});
      else await tell(`/${retired.version}/${chance < 7 ? 'switch' : 'drop'}`);
    } else if (made.halted !== undefined) await tell(`/${made.version}/${chance < 8 ? 'resume' : 'drop'}`);
    else if (chance === 0) await tell(`/${made.version}/cancel`);
    else if (made.state === 'ready') {
      const answer = await tell(`/${made.version}/switch`);
      if (answer?.state === 'active') switches += 1;
    }
    await delay(random.integer(60));
  });
  return { switches };
};

/** Asks for stances and changes until the service is gone. @returns what was not answered as it should be. */
export const queryUntilGone = async (baseUrl: string): Promise<string[]> => {
  const failed: string[] = [];
  await untilGone(async () => {
    for (const call of ['/v1/changes?limit=50', '/v1/actors?limit=50', '/v1/statements?limit=20']) {
      const response = await fetch(`${baseUrl}${call}`);
      const text = await response.text();
      if (!response.ok) failed.push(`${call}: ${response.status} ${text.slice(0, 300)}`);
    }
  });
  return failed;
};
