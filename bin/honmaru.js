#!/usr/bin/env node
// Finds Node.js 24 (the one that runs this, or the npm platform package) and hands over to the program.
// Plain old JavaScript on purpose: whatever Node.js a machine has must be able to read this file.
'use strict';

var fs = require('fs');
var path = require('path');

var NEEDED = 24;
var root = path.join(__dirname, '..');

function entry() {
  var source = path.join(root, 'src', 'cli', 'main.ts');
  return fs.existsSync(source) ? source : path.join(root, 'dist', 'cli', 'main.js');
}

/** The node program of the installed platform package, or undefined. */
function packagedNode() {
  var platform = process.platform === 'win32' ? 'win' : process.platform;
  var name = 'node-' + platform + '-' + process.arch;
  try {
    var folder = path.dirname(require.resolve(name + '/package.json'));
    var program = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return fs.existsSync(program) ? program : undefined;
  } catch (_error) {
    return undefined;
  }
}

function runHere() {
  var cache = compileCacheFolder();
  if (cache) require('module').enableCompileCache(cache);
  process.removeAllListeners('warning');
  process.on('warning', function (warning) {
    // node:sqlite is still called experimental; users cannot act on that.
    if (warning.name !== 'ExperimentalWarning') console.error(warning.name + ': ' + warning.message);
  });
  require('./own-modules.cjs');
  require(entry()).runProcess();
}

/** A folder of the user's own: a shared one would let others plant code that runs as this user. */
function compileCacheFolder() {
  var base = process.env.XDG_CACHE_HOME || path.join(require('os').homedir(), '.cache');
  var folder = path.join(base, 'honmaru', 'compile-cache');
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 448 });
    return isPrivate(fs.statSync(folder)) ? folder : undefined;
  } catch (_error) {
    return undefined;
  }
}

function isPrivate(stats) {
  if (process.platform === 'win32') return true;
  return stats.uid === process.getuid() && (stats.mode & 18) === 0;
}

function runWith(program) {
  var child = require('child_process').spawn(
    program,
    ['--disable-warning=ExperimentalWarning', __filename].concat(process.argv.slice(2)),
    { stdio: 'inherit' }
  );
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('error', function (error) {
    console.error('honmaru: Node.js ' + NEEDED + ' could not be started: ' + error.message);
    process.exitCode = 2;
  });
  child.on('exit', function (code, signal) {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else {
      process.exitCode = code === null ? 2 : code;
    }
  });
}

function main() {
  if (parseInt(process.versions.node, 10) >= NEEDED) return runHere();
  var program = packagedNode();
  if (program) return runWith(program);
  console.error(
    'honmaru: this is Node.js ' +
      process.versions.node +
      ', and Node.js ' +
      NEEDED +
      ' or later is needed; no package brings it for ' +
      process.platform +
      '-' +
      process.arch +
      ', so install it from https://nodejs.org/ and run the same command again.'
  );
  process.exitCode = 2;
}

main();
