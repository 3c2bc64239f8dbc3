import type { Bug } from './bug.ts';
import { distributingBugs } from './distributing.ts';
import { projectingBugs } from './projecting.ts';
import { publishingBugs } from './publishing.ts';
import { recordingBugs } from './recording.ts';
import { relayingBugs } from './relaying.ts';

export const bugs: readonly Bug[] = [
  ...recordingBugs,
  ...relayingBugs,
  ...distributingBugs,
  ...projectingBugs,
  ...publishingBugs,
];
