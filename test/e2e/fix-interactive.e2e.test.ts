import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { inFolder, programOnPath, ROOT, run } from './program.ts';

const PYTHON = programOnPath('python3');
const TEMPLATE = 'Resources:\n  Uploads: # photos\n    Type: AWS::S3::Bucket\n';

/** Answers the questions of `fix --interactive` in a terminal, as a person would type. */
function inTerminal(folder: string, answers: readonly string[], ...words: readonly string[]) {
  const program = [process.execPath, join(ROOT, 'bin/honmaru.js'), 'fix', 'web.yaml', '--interactive'];
  const driver = [join(ROOT, 'test/e2e/in-terminal.py'), answers.join(',')];
  return run(PYTHON ?? '', [...driver, ...program, ...words], { cwd: folder });
}

describe('choosing in a terminal', {
  skip: PYTHON ? false : 'NOT RUN: python3, which opens the terminal, is not installed',
}, () => {
  test('attaches what was answered with y, and asks again what it does not understand', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'web.yaml'), TEMPLATE);
      const ran = inTerminal(folder, ['n', 'what', 'y'], '--only', 'backup,tls', '--write');
      assert.equal(ran.code, 0, ran.out);
      assert.match(ran.out, /^2 changes can be made\. y: attach it; n or Enter: leave it; q: stop/);
      assert.match(
        ran.out,
        /1\/2 Backups and deletion protection at Uploads: off\r\n(?: {2}.*\r\n)+ {2}attach it\?/,
      );
      assert.match(ran.out, /attach it\? \[y\/N\/q\] what\r\n {2}attach it\? \[y\/N\/q\] y\r\n/);
      const after = readFileSync(join(folder, 'web.yaml'), 'utf8');
      assert.match(after, /aws:SecureTransport/);
      assert.doesNotMatch(after, /VersioningConfiguration/);
    }));

  test('stops at q with what was chosen, and writes nothing without --write', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'web.yaml'), TEMPLATE);
      const ran = inTerminal(folder, ['y', 'q'], '--only', 'backup,tls', '--lang', 'ja');
      assert.equal(ran.code, 0, ran.out);
      assert.match(ran.out, /追加しますか\? \[y\/N\/q\] q/);
      assert.match(ran.out, /VersioningConfiguration/);
      assert.doesNotMatch(ran.out, /SecureTransport/);
      assert.equal(readFileSync(join(folder, 'web.yaml'), 'utf8'), TEMPLATE);
    }));

  test('leaves the files alone at Ctrl-C', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'web.yaml'), TEMPLATE);
      const ran = inTerminal(folder, ['y', '^C'], '--only', 'backup,tls', '--write');
      assert.equal(ran.code, 130);
      assert.equal(readFileSync(join(folder, 'web.yaml'), 'utf8'), TEMPLATE);
      assert.deepEqual(readdirSync(folder), ['web.yaml']);
    }));
});
