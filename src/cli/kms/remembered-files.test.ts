import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KeyFact } from '../../model/key-fact.ts';
import { DIRECTORY_KEY_SUFFIX, writeDirectoryKey } from './directory-key.ts';
import { filesOfKeys, rememberedFilesOf, rememberedFolder, rememberFiles } from './remembered-files.ts';

const keyOf = (id: string): KeyFact => ({
  id,
  arn: `arn:aws:kms:us-east-1:000012345678:key/${id}`,
  aliases: [],
  state: 'Enabled',
});

test('what lies under a key is remembered, and counts as long as it lies there under that key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-remembered-'));
  const environment = { XDG_DATA_HOME: join(folder, 'data') };
  const said: string[] = [];
  const terminal = { environment, error: (text: string) => said.push(text) };
  const notes = rememberedFolder(environment);
  const [one, other] = [keyOf('one'), keyOf('other')];
  const fileUnder = (name: string, key: KeyFact) => {
    const path = join(folder, `${name}${DIRECTORY_KEY_SUFFIX}`);
    rmSync(path, { force: true });
    const encryptedDataKey = Buffer.from('sealed');
    writeDirectoryKey(path, { id: `dir-${name}`, keyId: key.arn, encryptedDataKey, created: '' });
    return path;
  };
  try {
    const remembered = rememberedFilesOf(notes);
    assert.deepEqual(remembered(one), []);
    const path = fileUnder('uploads', one);
    writeFileSync(join(folder, 'plain.txt'), 'nothing');
    rememberFiles(
      [path, path, join(folder, 'plain.txt'), join(folder, 'absent')],
      { language: 'en' },
      terminal,
    );
    assert.equal(readdirSync(notes).length, 1);
    assert.equal(statSync(notes).mode & 0o777, 0o700);
    assert.deepEqual(
      remembered(one).map(({ file, kind, id }) => [file, kind, id]),
      [[path, 'directory', 'dir-uploads']],
    );
    assert.deepEqual(remembered(other), []);

    fileUnder('uploads', other);
    assert.deepEqual(remembered(one), [], 'it lies under another key now');
    rememberFiles([path], { language: 'en' }, terminal);
    assert.equal(remembered(other).length, 1);
    renameSync(path, `${path}.away`);
    assert.deepEqual(remembered(other), [], 'it is not there');

    fileUnder('below', other);
    writeFileSync(join(notes, 'broken.json'), '{');
    const found = filesOfKeys(notes, ['.', 'absent'], folder)(other);
    assert.deepEqual(found.map(({ id }) => id).sort(), ['dir-below', 'dir-uploads']);
    assert.deepEqual(said, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
