import { enableCompileCache } from 'node:module';

// Before anything else is loaded, or it would be compiled afresh at every start.
enableCompileCache();
const { runStandalone } = await import('./run.ts');

const usage = `Usage: npm start

Starts the stance tracker: one process that records, derives and answers. It takes no arguments; STANCE_ variables of
the environment configure it (docs/reference/configuration.md).
`;

const [argument] = process.argv.slice(2);
if (argument === '--help' || argument === '-h') {
  process.stdout.write(usage);
} else if (argument !== undefined) {
  process.stderr.write(`stance tracker: "${argument}" is not understood.\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = await runStandalone(process.env);
}
