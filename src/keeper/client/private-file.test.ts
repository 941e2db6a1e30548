import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isPrivate } from './private-file.ts';

const NOT_ROOT = process.getuid?.() !== 0;
const A_USER = 1_000;

test('a secret is private to its owner; root may open one to the user of a service', {
  skip: NOT_ROOT,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-private-'));
  try {
    const path = join(folder, 'key');
    writeFileSync(path, '');
    const told = (mode: number, user: number, around = 0o550) => {
      chmodSync(path, mode);
      chmodSync(folder, around);
      return isPrivate(path, statSync(path), user);
    };
    assert.deepEqual([told(0o600, 0), told(0o400, A_USER)], [true, true]);
    assert.equal(told(0o440, A_USER), true, 'a credential of systemd, with its access control list');
    assert.equal(told(0o440, 0), false, 'a group reads what is of this very user');
    assert.deepEqual(
      [told(0o444, A_USER), told(0o460, A_USER), told(0o440, A_USER, 0o755)],
      [false, false, false],
    );
  } finally {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  }
});
