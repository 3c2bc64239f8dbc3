import { isIP } from 'node:net';

import { ProblemError } from '@stance/contracts';
import type { WebhookInput } from '@stance/contracts';
import { DateError } from '@stance/domain';
import { ReadModelError } from '@stance/read-model';
import type { ReadModel } from '@stance/read-model';
import type { AddressRules, WebhookDefinition, WebhookFilter } from '@stance/webhooks';

import { filteredDays } from './deliveries/audience.ts';

const invalid = (path: string, message: string, cause?: unknown): ProblemError =>
  new ProblemError('invalid-input', {
    detail: `The input is not valid: ${path}: ${message}`,
    errors: [{ path, message }],
    cause,
  });

const checkUrl = (text: string, rules: AddressRules): void => {
  const { hostname, protocol } = new URL(text);
  if (protocol === 'http:' && !rules.allowsPlain) {
    throw invalid('url', 'must be an https URL: http is for addresses that STANCE_WEBHOOKS_ALLOW names');
  }
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  // What a name stands for is looked at whenever something is sent.
  const refusal = isIP(host) === 0 ? null : rules.refusal(host, protocol === 'https:');
  if (refusal !== null) throw invalid('url', `${refusal} (STANCE_WEBHOOKS_ALLOW)`);
};

const checkDays = (filter: WebhookFilter): void => {
  for (const name of ['from', 'to'] as const) {
    const text = filter[name];
    try {
      if (text !== undefined) filteredDays({ [name]: text });
    } catch (error) {
      if (error instanceof DateError) throw invalid(`filter.${name}`, error.message, error);
      throw error;
    }
  }
  const { from, to } = filteredDays(filter);
  if (from !== null && to !== null && from > to) throw invalid('filter.from', 'must not be after `to`');
};

/** Who misspells a holder or a proposition would wait for ever. */
const checkSubject = async (
  { holder, proposition }: WebhookFilter,
  readModel: Pick<ReadModel, 'read'>,
): Promise<void> => {
  if (holder === undefined && proposition === undefined) return;
  const [actor, about] = await readModel.read(async (snapshot) => [
    holder === undefined ? 0 : await snapshot.actorNo(holder),
    proposition === undefined ? 0 : await snapshot.propositionNo(proposition),
  ]);
  if (actor === null) throw new ProblemError('unknown-actor', { detail: `There is no actor "${holder ?? ''}".` });
  if (about === null) {
    throw new ProblemError('unknown-proposition', { detail: `There is no proposition "${proposition ?? ''}".` });
  }
};

/**
 * What is said of an endpoint, checked.
 *
 * @throws ProblemError `invalid-input`, `unknown-actor`, `unknown-proposition` or `read-model-unavailable`.
 */
export const readDefinition = async (
  { url, description, filter: { kind, status, ...filter } = {}, paused = false }: WebhookInput,
  { rules, readModel }: { readonly rules: AddressRules; readonly readModel: Pick<ReadModel, 'read'> },
): Promise<WebhookDefinition> => {
  checkUrl(url, rules);
  const whole: WebhookFilter = {
    ...filter,
    ...(kind === undefined ? {} : { kinds: [...new Set(kind)].toSorted() }),
    ...(status === undefined ? {} : { statuses: [...new Set(status)].toSorted() }),
  };
  checkDays(whole);
  try {
    await checkSubject(whole, readModel);
  } catch (cause) {
    if (!(cause instanceof ReadModelError)) throw cause;
    throw new ProblemError('read-model-unavailable', { detail: `${cause.message}.`, cause });
  }
  return { url, description: description ?? null, filter: whole, paused };
};
