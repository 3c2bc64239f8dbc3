'use strict';

const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { delimiter, dirname, join, resolve } = require('node:path');
const { constants } = require('node:os');

const root = dirname(__dirname);
const modules = join(root, 'node_modules');
const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
/** Tools whose package has another name. */
const packages = { tsc: 'typescript' };

/**
 * Runs a TypeScript file, or a tool that the root package.json names, and ends as it ends. What stands before it are flags
 * for Node.js.
 */
module.exports = function run(given) {
  const first = given.findIndex((arg) => !arg.startsWith('--'));
  const flags = given.slice(0, first);
  const args = given.slice(first);
  const program = args[0];
  const file = /\.[cm]?[jt]s$/.test(program) ? resolve(root, program) : tool(program);
  const path = [dirname(node), join(modules, '.bin'), process.env.PATH].filter(Boolean).join(delimiter);
  const child = spawn(node, [...flags, file, ...args.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });

  const sent = new Set();
  const send = (signal) => {
    if (sent.has(signal)) return;
    sent.add(signal);
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches every process of the group by itself, and npm sends its own copy.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) send(signal);
    });
  }
  // npm signals a shell that does not pass it on: where one stands between, its end is the sign to stop.
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) send('SIGTERM');
    }, 500).unref();
  }
  child.on('error', (error) => {
    console.error('stance tracker: cannot start ' + node + ': ' + error.message);
    console.error(
      'Remove the folder node_modules and run the command again. (A Linux without glibc, such as Alpine, will not do.)',
    );
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal];
  });
};

module.exports.node = node;

function tool(name) {
  const folder = join(modules, packages[name] || name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, bin[name]);
}
