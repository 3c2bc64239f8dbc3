import { join } from 'node:path';

import { StrykerCli } from '@stryker-mutator/core';

// Stryker takes the folder that it is started in for the project.
process.chdir(join(import.meta.dirname, '../..'));
new StrykerCli([...process.argv.slice(0, 2), 'run', ...process.argv.slice(2)]).run();
