import type { VersionAnswer } from '@stance/client';

import { instantInWords } from '../../text/dates.ts';
import { durationInWords } from '../../text/durations.ts';
import { text } from '../../text/index.ts';
import { countInWords } from '../../text/weights.ts';
import { percentInWords } from '../../text/numbers.ts';
import { Command } from './command.tsx';

const words = text.operations.versions;

const Progress = ({ progress }: { readonly progress: NonNullable<VersionAnswer['progress']> }) => {
  const { position, target, perSecond, secondsLeft } = progress;
  // An empty log is read to its end.
  const share = target === 0 ? 1 : Math.min(1, position / target);
  const parts = [
    words.progressOf(countInWords(position), countInWords(target), percentInWords(share)),
    ...(perSecond === null ? [] : [words.speed(countInWords(Math.round(perSecond)))]),
    ...(secondsLeft === null || position >= target ? [] : [words.left(durationInWords(secondsLeft))]),
  ];
  return (
    <>
      <progress max={1} value={share} aria-label={words.progress} />
      <br />
      {parts.join('; ')}
    </>
  );
};

/** What an operator may want to do next. */
const commandOf = ({ state, version, halted, underWay }: VersionAnswer): readonly string[] | null => {
  if (state === 'ready') return ['versions', 'switch', String(version)];
  const isLeft = halted !== undefined || !underWay;
  return isLeft && (state === 'building' || state === 'catching-up') ? ['versions', 'resume', String(version)] : null;
};

const OneVersion = ({ version: one }: { readonly version: VersionAnswer }) => {
  const { version, state, layout, method, createdAt, changedAt, underWay, parks, halted, progress } = one;
  const command = commandOf(one);
  return (
    <li class="version">
      <h3>{words.version(version)}</h3>
      <dl class={halted === undefined ? 'facts' : 'facts is-unwell'}>
        <dt>{words.state}</dt>
        <dd class="state">
          {words.states[state]}
          {underWay ? `. ${words.atWork}` : ''}
        </dd>
        {halted === undefined ? null : (
          <>
            <dt>{words.halted}</dt>
            <dd>
              {halted.message} <code>{halted.code}</code>
            </dd>
          </>
        )}
        {progress === undefined ? null : (
          <>
            <dt>{words.progress}</dt>
            <dd>
              <Progress progress={progress} />
            </dd>
          </>
        )}
        <dt>{words.method}</dt>
        <dd>{words.methodOf(method.name, method.version)}</dd>
        <dt>{words.layout}</dt>
        <dd>{layout}</dd>
        <dt>{words.parks}</dt>
        <dd>{parks ? words.parksIt.yes : words.parksIt.no}</dd>
        <dt>{words.created}</dt>
        <dd>{instantInWords(createdAt)}</dd>
        <dt>{words.changed}</dt>
        <dd>{instantInWords(changedAt)}</dd>
      </dl>
      {command === null ? null : <Command words={command} />}
    </li>
  );
};

/** The versions of the read model, and how far the one is that is being made. */
export const ReadModelVersions = ({ versions }: { readonly versions: readonly VersionAnswer[] }) =>
  versions.length === 0 ? (
    <p>{words.none}</p>
  ) : (
    <ul class="version-list">
      {versions.map((version) => (
        <OneVersion key={version.version} version={version} />
      ))}
    </ul>
  );
