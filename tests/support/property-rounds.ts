import fc from 'fast-check';

import { rounds } from './rounds.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: rounds(60, 2_000) });
