'use strict';

const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const { accessSync, constants, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = dirname(__dirname);
const modules = join(root, 'node_modules');
/** Says what was installed: the workspace is set up as long as these files are the same. */
const stamp = join(modules, '.set-up');
const installer = 'pnpm@12';

/** Installs what the lockfile names, unless it is there already. Ends the process with advice where that fails. */
module.exports = async function setUp() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  checkWritable();
  const shown = showSetUp();
  const install = await npmExec(['--yes', '--package=' + installer, '--', 'pnpm', 'install', '--frozen-lockfile']);
  shown.end();
  if (!install.done) {
    console.error(install.output.trim());
    fail('setting up failed. ' + advice(install.output));
  }
  writeFileSync(stamp, wanted);
};

/** Says what takes so long, and on a terminal for how long already. */
function showSetUp() {
  const text = 'stance tracker: setting up (the first time, about 120 MB to download)';
  if (!process.stderr.isTTY) {
    console.error(text);
    return { end: () => undefined };
  }
  const started = Date.now();
  const show = () => process.stderr.write('\r' + text + ' ' + Math.round((Date.now() - started) / 1000) + ' s');
  show();
  const timer = setInterval(show, 1000);
  return {
    end: () => {
      clearInterval(timer);
      process.stderr.write('\n');
    },
  };
}

function fingerprint() {
  const hash = createHash('sha256').update(process.platform + ' ' + process.arch);
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

function checkWritable() {
  const folder = existsSync(modules) ? modules : root;
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    fail('cannot write to ' + folder + '. Give yourself write permission there, or clone into a folder of your own.');
  }
}

function npmExec(args) {
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: quiet(process.env) };
  // npm says where it is; its file is run directly, since npm on the path is a script that Windows runs in a shell only.
  const npm = process.env.npm_execpath;
  if (npm !== undefined && /npm-cli\.c?js$/.test(npm))
    return outcome(spawn(process.execPath, [npm, 'exec', ...args], options));
  return outcome(spawn('npm', ['exec', ...args], { ...options, shell: process.platform === 'win32' }));
}

function outcome(child) {
  return new Promise((resolve) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ done: false, output: output + '\n' + error.message }));
    child.on('close', (code) => resolve({ done: code === 0, output }));
  });
}

/**
 * pnpm asks nothing where CI is set; npm tells what failed, even under `npm -s`, and no news of its own, and tries again
 * for seconds, not for a minute, before it says that there is no network.
 */
function quiet(env) {
  return {
    ...env,
    CI: 'true',
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    npm_config_fetch_retry_mintimeout: '2000',
    npm_config_fetch_retry_maxtimeout: '8000',
  };
}

function advice(output) {
  if (/ENOENT|not found: npm|not recognized/.test(output) && !/npm error|ERR_PNPM/.test(output)) {
    return 'npm was not found: it comes with Node.js and must be on the path.';
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|META_FETCH_FAIL|FETCH_/.test(output)) {
    return 'The npm registry cannot be reached: check the network and the proxy settings (`npm ping` tells), then run the command again.';
  }
  if (/EACCES|EPERM|EROFS/.test(output))
    return 'Something above could not be written: check its owner and permissions.';
  if (/ENOSPC/.test(output))
    return 'The disk is full: about 450 MB are needed in the clone, and 300 MB for the caches of npm and pnpm.';
  if (/OUTDATED_LOCKFILE/.test(output))
    return 'A package.json was changed: run `npx pnpm@12 install` to bring pnpm-lock.yaml up to date.';
  return 'The reason is above.';
}

function fail(message) {
  console.error('stance tracker: ' + message);
  process.exit(1);
}
