import { Command, type Argument } from 'commander';

import { addChanges } from './commands/changes.ts';
import { addCompareMethods } from './commands/compare-methods.ts';
import { addCompare } from './commands/compare.ts';
import { addHelp } from './commands/help.ts';
import { addHistory } from './commands/history.ts';
import { addImport } from './commands/import.ts';
import { addIngest } from './commands/ingest.ts';
import { addParked } from './commands/parked.ts';
import { addRebuild, addVerify } from './commands/read-model.ts';
import { addRegistryLists } from './commands/registry-lists.ts';
import { addActor, addProposition, addTopic } from './commands/registry-writes.ts';
import { addRedeliver } from './commands/redeliver.ts';
import { addReplay } from './commands/replay.ts';
import { addServe } from './commands/serve.ts';
import { addStance } from './commands/stance.ts';
import { addStatement } from './commands/statement.ts';
import { addToken } from './commands/token.ts';
import { addVersions } from './commands/versions.ts';
import { addWatch } from './commands/watch.ts';
import { addWebhooks } from './commands/webhooks.ts';
import { addWhy } from './commands/why.ts';
import { configuredBaseUrl } from './client/base-url.ts';
import type { Run } from './run.ts';
import { version } from './version.ts';

const argumentTerm = (argument: Argument): string =>
  argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;

/** The command with all that it can do. */
export const createProgram = (run: Run): Command => {
  const program = new Command('stance')
    .description('Who stands where, who changed, when, and by which words.')
    .version(version, '-V, --version', 'the version of this command')
    .option('--json', 'JSON on standard output, and nothing else: one document a line')
    .option(
      '--url <url>',
      `where the service is (else STANCE_URL; else by STANCE_HOST and STANCE_PORT: ${configuredBaseUrl({})})`,
    )
    .option('--token <token>', 'a token for it (or STANCE_TOKEN)')
    .configureHelp({
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
    })
    .showHelpAfterError('(--help tells how it is used)')
    .exitOverride();
  program.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed, 2 wrong use, 3 done with rejected lines, 130 stopped by Ctrl-C.',
  );

  program.commandsGroup('Asking:');
  addStance(program, run);
  addHistory(program, run);
  addWhy(program, run);
  addChanges(program, run);
  addWatch(program, run);
  addCompareMethods(program, run);
  addCompare(program, run);
  addRegistryLists(program, run);
  program.commandsGroup('Recording:');
  addIngest(program, run);
  addImport(program, run);
  addStatement(program, run);
  addActor(program, run);
  addProposition(program, run);
  addTopic(program, run);
  program.commandsGroup('Operating:');
  addServe(program, run);
  addVerify(program, run);
  addRebuild(program, run);
  addReplay(program, run);
  addRedeliver(program, run);
  addVersions(program, run);
  addParked(program, run);
  addWebhooks(program, run);
  addToken(program, run);
  addHelp(program);
  return program;
};
