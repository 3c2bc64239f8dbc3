// Runs a program of this workspace with the workspace's own Node.js, after setting the workspace up where that is
// needed: node scripts/workspace.cjs [--flag-of-node...] FILE.ts|TOOL [argument...]
//
// Only this file meets the Node.js of the machine, which may be any: it stays in the language of old versions, so that
// they get as far as the message below.
'use strict';

var oldest = 20;
var major = Number(process.versions.node.split('.')[0]);
if (major < oldest) {
  console.error('stance tracker: needs Node.js ' + oldest + ' or newer, and this is ' + process.versions.node + '.');
  console.error('Install a current one (https://nodejs.org) and run the command again.');
  process.exit(1);
}
void require('./set-up.cjs')().then(function () {
  var run = require('./run.cjs');
  var args = process.argv.slice(2);
  var makePage = require('./page.cjs');
  if (makePage.isNeeded(args)) makePage(run.node);
  run(args);
});
