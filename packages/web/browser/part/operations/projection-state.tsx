import type { ProjectionStatus } from '@stance/client';

import { text } from '../../text/index.ts';
import { countInWords } from '../../text/weights.ts';

/** States in which nothing goes on until somebody does something. */
const unwell: ReadonlySet<ProjectionStatus['state']> = new Set(['failed', 'stopped']);

/** How far a projection has come. */
export const ProjectionState = ({ projection }: { readonly projection: ProjectionStatus }) => {
  const { name, version, state, position, published, lag, parked } = projection;
  const words = text.operations.projection;
  const seconds = lag.seconds.toLocaleString(undefined, { maximumFractionDigits: 1 });
  return (
    <section>
      <h2>{words.title(name)}</h2>
      <dl class={unwell.has(state) ? 'facts is-unwell' : 'facts'}>
        <dt>{words.state}</dt>
        <dd class="state">{words.states[state]}</dd>
        <dt>{words.version}</dt>
        <dd>{version}</dd>
        <dt>{words.position}</dt>
        <dd>{countInWords(position)}</dd>
        <dt>{words.published}</dt>
        <dd>{published === null ? words.publishesNot : countInWords(published)}</dd>
        <dt>{words.lag}</dt>
        <dd>{lag.events === null ? words.unknownEvents(seconds) : words.events(countInWords(lag.events), seconds)}</dd>
        <dt>{words.parked}</dt>
        <dd class={parked === 0 ? '' : 'attention'}>{countInWords(parked)}</dd>
      </dl>
    </section>
  );
};
