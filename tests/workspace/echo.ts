// A program to be run by scripts/workspace.cjs: tells what it was given, and ends with 3, on SIGTERM with 4.
process.on('SIGTERM', () => process.exit(4));
const { argv, execArgv: flags, versions } = process;
console.log(JSON.stringify({ arguments: argv.slice(2), flags, node: versions.node }));
if (process.argv.includes('wait')) setInterval(() => undefined, 1_000);
else process.exitCode = 3;
