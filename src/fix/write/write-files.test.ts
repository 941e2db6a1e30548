import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { HonmaruError } from '../../kernel/errors.ts';
import { type PendingFile, writeFiles } from './write-files.ts';

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-write-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pending(folder: string, name: string, before: string | undefined, after: string): PendingFile {
  return { path: join(folder, name), shown: name, before, after };
}

const refuses = (files: readonly PendingFile[], code: string) =>
  assert.throws(
    () => writeFiles(files, 'S'),
    (error) => error instanceof HonmaruError && error.code === code,
  );

describe('writing files', () => {
  test('replaces the text, keeps the mode and a backup', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'a.yaml'), 'old', { mode: 0o640 });
      assert.deepEqual(writeFiles([pending(folder, 'a.yaml', 'old', 'new')], 'S'), [
        { shown: 'a.yaml', backup: 'a.yaml.S.bak' },
      ]);
      assert.equal(readFileSync(join(folder, 'a.yaml'), 'utf8'), 'new');
      assert.equal(readFileSync(join(folder, 'a.yaml.S.bak'), 'utf8'), 'old');
      assert.equal(statSync(join(folder, 'a.yaml')).mode & 0o777, 0o640);
      assert.deepEqual(readdirSync(folder).toSorted(), ['a.yaml', 'a.yaml.S.bak']);
    }));

  test('never writes over an older backup', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'a.yaml'), 'old');
      writeFileSync(join(folder, 'a.yaml.S.bak'), 'older');
      const [written] = writeFiles([pending(folder, 'a.yaml', 'old', 'new')], 'S');
      assert.equal(written?.backup, 'a.yaml.S-2.bak');
      assert.equal(readFileSync(join(folder, 'a.yaml.S.bak'), 'utf8'), 'older');
    }));

  test('leaves every file alone when one was changed meanwhile', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'a.yaml'), 'a');
      writeFileSync(join(folder, 'b.yaml'), 'changed by somebody');
      refuses([pending(folder, 'a.yaml', 'a', 'A'), pending(folder, 'b.yaml', 'b', 'B')], 'fix-changed');
      assert.equal(readFileSync(join(folder, 'a.yaml'), 'utf8'), 'a');
      assert.deepEqual(readdirSync(folder).toSorted(), ['a.yaml', 'b.yaml']);
    }));

  test('leaves every file alone when one is read-only, for root as well', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'a.yaml'), 'a');
      writeFileSync(join(folder, 'b.yaml'), 'b');
      chmodSync(join(folder, 'b.yaml'), 0o444);
      refuses([pending(folder, 'a.yaml', 'a', 'A'), pending(folder, 'b.yaml', 'b', 'B')], 'fix-read-only');
      assert.equal(readFileSync(join(folder, 'a.yaml'), 'utf8'), 'a');
      assert.deepEqual(readdirSync(folder).toSorted(), ['a.yaml', 'b.yaml']);
    }));

  test('adds a file, but not over one that is there', () =>
    inFolder((folder) => {
      assert.deepEqual(writeFiles([pending(folder, 'new.tf', undefined, 'x')], 'S'), [{ shown: 'new.tf' }]);
      assert.equal(readFileSync(join(folder, 'new.tf'), 'utf8'), 'x');
      refuses([pending(folder, 'new.tf', undefined, 'y')], 'fix-exists');
      assert.equal(readFileSync(join(folder, 'new.tf'), 'utf8'), 'x');
    }));

  test('keeps a byte order mark, and a link a link', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'real.yaml'), '\ufeffold');
      symlinkSync('real.yaml', join(folder, 'link.yaml'));
      writeFiles([pending(folder, 'link.yaml', 'old', 'new')], 'S');
      assert.equal(readFileSync(join(folder, 'real.yaml'), 'utf8'), '\ufeffnew');
      assert.equal(readFileSync(join(folder, 'link.yaml'), 'utf8'), '\ufeffnew');
    }));

  test('says when a file is gone', () =>
    inFolder((folder) => refuses([pending(folder, 'none.yaml', 'x', 'y')], 'fix-write')));
});
