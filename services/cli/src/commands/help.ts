import type { Command } from 'commander';

const named = (command: Command, name: string): Command | undefined =>
  command.commands.find((each) => each.name() === name || each.aliases().includes(name));

export const addHelp = (program: Command): void => {
  program.helpCommand(false);
  program
    .command('help')
    .description('how a command is used')
    .argument('[command...]', 'the command, for instance: import un-votes')
    .action((path: string[]) => {
      let command = program;
      for (const [index, name] of path.entries()) {
        const next = named(command, name);
        if (next === undefined) {
          const above = ['stance', 'help', ...path.slice(0, index)].join(' ');
          program.error(
            `error: there is no command "${path.slice(0, index + 1).join(' ')}": \`${above}\` lists those there are`,
          );
        }
        command = next;
      }
      command.help();
    });
};
