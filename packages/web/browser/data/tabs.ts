/** What a tab does among those of the same name: one of them leads, and the others hear what it says. */
export interface Part<Message> {
  /** Leads until the signal is aborted; who ends before that wants no part any more. */
  readonly lead: (say: (message: Message) => void, signal: AbortSignal) => Promise<void>;
  /** What who leads says to who joins, and at every beat. */
  readonly state: () => Message;
  readonly hear: (message: Message) => void;
}

/** How often who leads gives a sign of life, in milliseconds. */
const aBeat = 2000;
/** Who gives none for so long is stuck, behind a dialogue say, and another one leads; in milliseconds. */
const longestSilence = 7000;

const joining = 'joining';

/** How it ended: who leads was silent, another one leads instead of this tab, or this tab has led to the end. */
type End = 'silence' | 'deposed' | 'led';

/** Hears who leads until it is this tab's turn, and leads then. */
const takeTurn = async <Message>(
  channel: BroadcastChannel,
  { lead, state, hear }: Part<Message>,
  isByForce: boolean,
  signal: AbortSignal,
): Promise<End> => {
  const ending = new AbortController();
  const until = AbortSignal.any([signal, ending.signal]);
  let end: End = 'deposed';
  let isLeading = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const awaitSign = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      end = 'silence';
      ending.abort();
    }, longestSilence);
  };
  const say = (message: Message): void => {
    if (!until.aborted) channel.postMessage(message);
  };
  channel.addEventListener(
    'message',
    ({ data }: MessageEvent<Message | typeof joining>) => {
      if (data === joining) {
        if (isLeading) say(state());
      } else if (!isLeading) {
        awaitSign();
        hear(data);
      }
    },
    { signal: until },
  );
  channel.postMessage(joining);
  if (!isByForce) awaitSign();
  try {
    await navigator.locks.request(channel.name, isByForce ? { steal: true } : { signal: until }, async () => {
      isLeading = true;
      clearTimeout(silence);
      const beat = setInterval(() => say(state()), aBeat);
      try {
        await lead(say, until);
      } finally {
        clearInterval(beat);
      }
    });
    return 'led';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return end;
    throw error;
  } finally {
    // Who was deposed leads no more.
    ending.abort();
    clearTimeout(silence);
  }
};

/** Whether tabs can settle who leads: not where the browser does not trust the connection. */
export const canShare = (): boolean => 'locks' in navigator;

/** Takes part among the tabs of a name, until the signal is aborted. */
export const shareAmongTabs = async <Message>(
  name: string,
  part: Part<Message>,
  signal: AbortSignal,
): Promise<void> => {
  const channel = new BroadcastChannel(name);
  let isByForce = false;
  while (!signal.aborted) {
    const end: End = await takeTurn(channel, part, isByForce, signal);
    if (end === 'led') break;
    isByForce = end === 'silence';
  }
  channel.close();
};
