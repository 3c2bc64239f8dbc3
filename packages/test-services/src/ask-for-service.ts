import type { ServiceAnswer } from './global-setup.ts';

/**
 * Asks the global set-up for a service, which starts it for the first who does.
 *
 * @returns where it is, or why it is not there, with a note for the titles of the tests that are skipped.
 * @throws Error where it cannot be had although `STANCE_REQUIRE_CONTAINERS=1` says that it must.
 */
export const askForService = async (
  name: string,
  address: string | undefined,
): Promise<{ readonly place: string } | { readonly missing: string; readonly note: string }> => {
  const answer = await ask(address);
  if ('url' in answer) return { place: answer.url };
  const { missing } = answer;
  if (process.env['STANCE_REQUIRE_CONTAINERS'] === '1') {
    throw new Error(`${name} cannot be started, and STANCE_REQUIRE_CONTAINERS=1: ${missing}`);
  }
  return { missing, note: ` (skipped: ${name} cannot be started: ${missing})` };
};

const ask = async (address: string | undefined): Promise<ServiceAnswer> => {
  if (address === undefined) return { missing: 'the run has no global set-up of @stance/test-services' };
  const response = await fetch(address);
  return (await response.json()) as ServiceAnswer;
};
