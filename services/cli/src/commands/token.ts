import type { Scope } from '@stance/contracts';
import { scopes } from '@stance/contracts/choices';
import { InvalidArgumentError, type Command } from 'commander';

import { CliError } from '../cli-error.ts';
import type { Run } from '../run.ts';

const scopeList = (text: string): Scope[] =>
  text.split(',').map((given) => {
    const scope = scopes.find((known) => known === given);
    if (scope === undefined) throw new InvalidArgumentError(`"${given}" is none of ${scopes.join(', ')}.`);
    return scope;
  });

export const addToken = (program: Command, run: Run): void => {
  const group = program.command('token').description('access for callers from other machines');
  const create = group
    .command('new')
    .description('make a token: show it once, with the entry for the file that STANCE_TOKENS names')
    .argument('<name>', 'who uses it; it is recorded with what they write')
    .requiredOption('--scopes <scopes>', `separated by commas: ${scopes.join(', ')}`, scopeList)
    .action((name: string, options: { scopes: Scope[] }) =>
      run(create, async ({ terminal }) => {
        // Only this command needs the HTTP server's package, which takes a while to load.
        const { newToken, tokenNameSchema } = await import('@stance/http');
        const { error } = tokenNameSchema.safeParse(name);
        if (error !== undefined)
          throw new CliError(
            'wrong-use',
            `The name ${JSON.stringify(name)} ${error.issues[0]?.message ?? 'is no name'}`,
          );
        const { token, entry } = newToken(name, options.scopes);
        if (terminal.json) {
          terminal.data({ token, entry });
          return;
        }
        terminal.line(token);
        terminal.line();
        terminal.line('Give it to its user: it is shown only now. The entry for the file of tokens, under "tokens":');
        terminal.line(JSON.stringify(entry));
      }),
    );
};
