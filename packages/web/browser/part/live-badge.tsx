import { place } from '../address/current.ts';
import { liveConnection } from '../data/live.ts';
import { timeInWords } from '../text/dates.ts';
import { text } from '../text/index.ts';

const words = (): string => {
  const connection = liveConnection.value;
  switch (connection.state) {
    case 'lost':
      return text.live.lost(timeInWords(connection.since));
    case 'refused':
      return text.live.refused(connection.message);
    case 'connecting':
    case 'live':
      return place.value.knownAt === undefined ? text.live[connection.state] : text.live.past;
  }
};

/** Whether what is shown is the present, said to who hears the page too. */
export const LiveBadge = () => (
  <p class={`live live-${liveConnection.value.state}`} role="status">
    {words()}
  </p>
);
