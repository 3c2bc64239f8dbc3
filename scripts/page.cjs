'use strict';

const { spawnSync } = require('node:child_process');
const { readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const made = join(root, 'packages/web/dist/index.html');
/** What the page is made of, besides what is installed. */
const sources = ['packages/web/browser', 'packages/web/build', 'packages/client/src', 'pnpm-lock.yaml'];

/** What gives it out, tests that, or packs it. */
const users = /(?:^|\/)(?:services\/(?:standalone|query)\/|vitest$|bench\/run|scripts\/build|tests\/page\/)/;

/** Makes the page that the query service gives out, where it is not there or older than its parts. */
module.exports = function makePage(node) {
  if (changedAt(made) >= Math.max(...sources.map((source) => newest(join(root, source))))) return;
  const { status } = spawnSync(node, [join(root, 'packages/web/build/run.ts')], { cwd: root, stdio: 'inherit' });
  // Everything else works without.
  if (status !== 0) console.error('stance tracker: the page could not be made; what is said above tells why.');
};

/** Whether a command needs the page. */
module.exports.isNeeded = function isNeeded(args) {
  return args.includes('serve') || args.some((arg) => users.test(arg));
};

function changedAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 0 : stat.mtimeMs;
}

function newest(path) {
  if (!statSync(path).isDirectory()) return changedAt(path);
  // A folder changes where something is added or taken away.
  const within = readdirSync(path, { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? newest(join(path, entry.name)) : changedAt(join(path, entry.name)),
  );
  return Math.max(changedAt(path), ...within);
}
