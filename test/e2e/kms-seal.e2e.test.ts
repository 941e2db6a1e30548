import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PLAINTEXT, type SealedNode, sealedNode } from './sealed-node.ts';

describe('a new root key', () => {
  let folder = '';
  let one: SealedNode;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-seal-'));
    one = await sealedNode(join(folder, 'one'));
  });
  after(async () => {
    await one?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('a new root key: old ciphertexts open, also when everything dies in between', async () => {
    const first = one.seal().rootId;
    const begun = one.tend('rekey --method passphrase --new-root', 'a long passphrase\n');
    while (one.seal().previous === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    one.node().crash();
    await begun;
    assert.notEqual(one.seal().rootId, first);
    await one.restart();
    assert.match((await one.tend('status')).out, /sealed \(passphrase\)/);
    assert.match(one.node().output(), /the KMS keys are sealed \(passphrase\): run `honmaru kms unseal`/);
    assert.equal((await one.tend('unseal', 'a long passphrase\n')).code, 0);
    assert.equal(await one.opened(), PLAINTEXT);
    while (one.seal().previous !== undefined) await new Promise((resolve) => setTimeout(resolve, 100));
    await one.restart();
    assert.equal((await one.tend('unseal', 'a long passphrase\n')).code, 0);
    assert.equal(await one.opened(), PLAINTEXT);
  });

  test('back to a key file with another root key: done when the command ends', async () => {
    const before = one.seal().rootId;
    const made = await one.tend('rekey --method key-file --new-key next.key --new-root');
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /the old one is gone/);
    assert.deepEqual([one.seal().rootId === before, one.seal().previous], [false, undefined]);
    await one.restart({}, ['--keeper-key', join(one.folder, 'next.key')]);
    assert.equal(await one.opened(), PLAINTEXT);
  });

  test('a node without its key file says what to do', async () => {
    await one.restart({}, ['--keeper-key', join(one.folder, 'none.key')]);
    assert.match((await one.tend('status')).out, /sealed \(key-file\)/);
    assert.match(one.node().output(), /put the key file back to \S+none\.key, then run `honmaru kms unseal`/);
    await assert.rejects(one.opened(), { name: 'KMSInternalException' });
    await one.restart({}, ['--keeper-key', join(one.folder, 'next.key')]);
    assert.doesNotMatch(one.node().output(), /sealed/);
  });

  test('a passphrase in two lines, which nobody could type, changes nothing', async () => {
    const before = one.seal();
    const twice = await one.tend('rekey --method passphrase', 'a long passphrase\na long passphrase\n');
    assert.deepEqual([twice.code, one.seal()], [2, before]);
    assert.match(twice.err, /more than one line/);
  });

  test('a passphrase at a terminal is typed twice, unseen', async () => {
    const before = one.seal();
    const typed = (answers: string) => one.inTerminal(['rekey', '--method', 'passphrase'], answers);
    const differing = await typed('a long passphrase,a long pasphrase');
    assert.match(differing.out, /the two are not the same/);
    assert.deepEqual(one.seal(), before);
    const same = await typed('a long passphrase,a long passphrase');
    assert.match(same.out, /sealed anew/);
    assert.doesNotMatch(same.out, /a long pass/);
    const back = await one.tend('rekey --method key-file --new-key after.key');
    assert.equal(back.code, 0, back.err);
    await one.restart({}, ['--keeper-key', join(one.folder, 'after.key')]);
  });

  test('Ctrl-C at a secret gives the terminal back as it was, and Ctrl-\\ is a letter of it', async () => {
    for (const [answers, code, echoed] of [
      ['^C', 130, '[False]'],
      ['a long passphrase,^C', 130, '[False, False]'],
      ['^\\,^C', 130, '[False, False]'],
    ] as const) {
      const ended = await one.inTerminal(['rekey', '--method', 'passphrase'], answers);
      assert.equal(ended.code, code, ended.out);
      assert.ok(ended.out.includes(`echoed ${echoed}, afterwards True`), ended.out);
    }
  });

  test('killed at any moment of getting a new root key, everything still opens', async () => {
    const rounds = Number(process.env.HONMARU_CRASHES ?? 2);
    let keyFile = join(one.folder, 'after.key');
    for (let round = 0; round < rounds; round += 1) {
      const next = join(one.folder, `key-${round}`);
      const before = one.seal().rootId;
      const begun = one.tend(`rekey --method key-file --new-key ${next} --new-root`);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4_000));
      one.node().crash();
      await begun;
      if (one.seal().rootId !== before) keyFile = next;
      await one.restart({}, ['--keeper-key', keyFile]);
      assert.equal(await one.openedWithin(5), PLAINTEXT, `round ${round}`);
    }
    console.log(`new root key: killed ${rounds} times, every ciphertext opens`);
  });
});
