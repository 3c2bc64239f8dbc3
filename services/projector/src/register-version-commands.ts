import {
  getDifferences,
  listVersions,
  postCancelVersion,
  postDropVersion,
  postRebuild,
  postRefold,
  postResumeVersion,
  postSwitchVersion,
  ProblemError,
} from '@stance/contracts';
import type { DifferingHistoryAnswer, VersionAnswer } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';
import type { DifferingHistory } from '@stance/projection';

import { ProjectorError } from './errors.ts';
import type { Projector } from './projector.ts';
import { requireProjection } from './require-projection.ts';
import type { VersionAnswers, VersionCommand, VersionStatus } from './versions/version-command.ts';

export interface VersionCommandsOptions {
  readonly projector: Pick<Projector, 'askVersions' | 'status'>;
}

const usualLimit = 100;

const problemOf = (error: unknown): unknown => {
  if (!(error instanceof ProjectorError)) return error;
  const detail = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
  switch (error.code) {
    case 'projector-not-at-work':
    case 'projector-stopped':
      return new ProblemError('projector-not-at-work', { detail, headers: { 'Retry-After': '1' } });
    case 'rebuild-under-way':
    case 'version-refused':
      return new ProblemError(error.code, { detail });
    case 'version-unknown':
      return new ProblemError('unknown-version', { detail });
    default:
      // A conflict among them: somebody else changed it in the same moment, and the same call finds that.
      return new ProblemError('read-model-unavailable', { detail, cause: error });
  }
};

const answerOf = (status: VersionStatus): VersionAnswer => {
  const { version, state, hash, layout, method, methodVersion, underWay, parks, halt } = status;
  const { position, target, perSecond, secondsLeft } = status;
  return {
    version,
    state,
    hash,
    layout,
    method: { name: method, version: methodVersion },
    createdAt: new Date(status.createdAt).toISOString(),
    changedAt: new Date(status.changedAt).toISOString(),
    underWay,
    parks,
    ...(halt === null ? {} : { halted: halt }),
    ...(position === null || target === null ? {} : { progress: { position, target, perSecond, secondsLeft } }),
  };
};

const historyOf = ({ holder, proposition, before, after }: DifferingHistory): DifferingHistoryAnswer => {
  const shown = ({ kind, status, body }: DifferingHistory['before'][number]) =>
    // The read model holds what the domain made: kinds and statuses are those of the API.
    ({ kind, status, change: JSON.parse(body) as unknown }) as DifferingHistoryAnswer['before'][number];
  return { holder, proposition, before: before.map(shown), after: after.map(shown) };
};

/** Adds the calls about versions of the read model to the app of whoever has the projector. */
export const registerVersionCommands = (app: HttpApp, { projector }: VersionCommandsOptions): void => {
  const ask = async <Command extends VersionCommand>(command: Command): Promise<VersionAnswers[Command['kind']]> => {
    try {
      return await projector.askVersions(command);
    } catch (error) {
      throw problemOf(error);
    }
  };

  registerEndpoint(app, listVersions, ({ params: { name } }) => {
    requireProjection(name);
    const { state, versions } = projector.status();
    if (state === 'standing-by') {
      throw new ProblemError('projector-not-at-work', { detail: 'This projector stands by: another one is at work.' });
    }
    return { status: 200, body: { items: versions.map(answerOf) } };
  });
  registerEndpoint(app, postRebuild, async ({ params: { name }, body: { park = false } }) => {
    requireProjection(name);
    return { status: 202, body: answerOf(await ask({ kind: 'rebuild', parks: park })) };
  });
  const commands = [
    [postResumeVersion, 'resume'],
    [postCancelVersion, 'cancel'],
    [postSwitchVersion, 'switch'],
    [postDropVersion, 'drop'],
  ] as const;
  for (const [endpoint, kind] of commands) {
    registerEndpoint(app, endpoint, async ({ params: { name, version } }) => {
      requireProjection(name);
      return { status: 200, body: answerOf(await ask({ kind, version })) };
    });
  }
  registerEndpoint(app, getDifferences, async ({ params: { name, version }, query: { limit = usualLimit } }) => {
    requireProjection(name);
    const { histories, ...differences } = await ask({ kind: 'differences', version, limit });
    return { status: 200, body: { ...differences, histories: histories.map(historyOf) } };
  });
  registerEndpoint(app, postRefold, async ({ params: { name }, body }) => {
    requireProjection(name);
    const { holder = null, proposition = null, dryRun = false } = body;
    const { folded, histories } = await ask({ kind: 'refold', holder, proposition, writes: !dryRun });
    return {
      status: 200,
      body: { folded, written: !dryRun && histories.length > 0, histories: histories.map(historyOf) },
    };
  });
};
