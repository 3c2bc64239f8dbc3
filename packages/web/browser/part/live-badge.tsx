import { place } from '../address/current.ts';
import { liveConnection } from '../data/live.ts';
import { connectionInWords } from '../text/connection.ts';
import { text } from '../text/index.ts';

/** Whether what is shown is the present, said to who hears the page too. */
export const LiveBadge = () => {
  const { value: connection } = liveConnection;
  const isWell = connection.state === 'connecting' || connection.state === 'live';
  return (
    <p class={`live live-${connection.state}`} role="status">
      {isWell && place.value.knownAt !== undefined ? text.live.past : connectionInWords(connection, text.live)}
    </p>
  );
};
