import type { Command } from 'commander';

import type { ExitCode } from './exit-code.ts';
import type { Session } from './session.ts';

/** Runs the work of a command with what it needs; what it gives is the exit code, 0 where it gives none. */
export type Run = (command: Command, work: (session: Session) => Promise<ExitCode | void>) => Promise<void>;
