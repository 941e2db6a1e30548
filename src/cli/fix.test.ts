import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Terminal } from './command.ts';
import { main } from './main.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The text of the template afterwards. */
  readonly template: string;
  readonly files: readonly string[];
}

const TEMPLATE = 'Resources:\n  Uploads: # photos\n    Type: AWS::S3::Bucket\n';

/** Runs `fix` on one template; answers are what a person types. */
async function fix(words: readonly string[], answers?: readonly string[]): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-fix-'));
  const said = [...(answers ?? [])];
  let out = '';
  let err = '';
  const terminal: Terminal = {
    cwd: folder,
    environment: {},
    width: 100,
    color: false,
    interactive: false,
    out: (text) => {
      out += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
    },
    error: (text) => {
      err += text;
    },
    now: () => new Date('2026-01-02T03:04:05Z'),
    ...(answers ? { ask: async () => said.shift() } : {}),
  };
  try {
    writeFileSync(join(folder, 'web.yaml'), TEMPLATE);
    const code = await main(['fix', 'web.yaml', ...words], terminal);
    const template = readFileSync(join(folder, 'web.yaml'), 'utf8');
    return { code, out, err, template, files: readdirSync(folder).toSorted() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('honmaru fix', () => {
  test('prints a diff with what it does, costs and how it is undone, and writes nothing', async () => {
    const { code, out, template } = await fix(['--only', 'backup']);
    assert.equal(code, 0);
    assert.equal(template, TEMPLATE);
    for (const part of [
      /^# Backups and deletion protection at Uploads$/m,
      /^# {3}risks: /m,
      /^# {3}costs: about 2 USD a month/m,
      /^# {3}deploying: nothing that is there is replaced or interrupted$/m,
      /^# {3}undo: .*patch -R/m,
      /^--- a\/web\.yaml$/m,
      /^\+ {8}Status: Enabled$/m,
    ]) {
      assert.match(out, part);
    }
  });

  test('writes with a backup whose path it says', async () => {
    const { code, err, template, files } = await fix(['--only', 'backup', '--write']);
    assert.equal(code, 0);
    assert.match(err, /written: web\.yaml \(before: web\.yaml\.20260102T030405\.bak\)/);
    assert.match(template, /Uploads: # photos/);
    assert.deepEqual(files, ['web.yaml', 'web.yaml.20260102T030405.bak']);
  });

  test('asks change by change and leaves out what is not wanted', async () => {
    const { err, template } = await fix(['--only', 'backup,tls', '--interactive', '--write'], ['n', 'y']);
    assert.match(err, /1\/2 Backups and deletion protection at Uploads: off/);
    assert.doesNotMatch(template, /VersioningConfiguration/);
    assert.match(template, /aws:SecureTransport/);
  });

  test('stops asking at q, and at the end of the input', async () => {
    for (const answers of [['q'], []]) {
      const { out } = await fix(['--only', 'backup,tls', '--interactive'], answers);
      assert.match(out, /Nothing to change/);
    }
  });

  test('speaks Japanese', async () => {
    const { out } = await fix(['--only', 'backup', '--lang', 'ja']);
    assert.match(out, /元に戻すには: この差分を逆に適用し/);
    assert.match(out, /月額約2米ドル/);
  });

  test('stays within a budget', async () => {
    const { out } = await fix(['--budget', '0']);
    assert.match(out, /about 0 of 0 USD a month are spent/);
    assert.doesNotMatch(out, /AWS KMS \(customer managed key\) at Uploads\n/);
  });

  test('says whether the cheapest set is exact', async () => {
    const { out } = await fix(['--target-band', 'medium']);
    assert.match(out, /the cheapest set there is \(exact\)/);
  });
});
