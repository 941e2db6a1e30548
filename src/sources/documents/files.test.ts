import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { InputError } from '../../kernel/errors.ts';
import { decodeSource } from './decode.ts';
import { plainScalar } from './plain-scalar.ts';
import { readSource } from './read-file.ts';
import { walkFiles } from './walk.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'honmaru-files-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function problemOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return assert.fail('nothing was refused');
}

describe('decoding a file', () => {
  test('takes UTF-8 with and without a byte order mark', () => {
    assert.equal(decodeSource('a', Buffer.from('\ufeffé')).text, 'é');
  });
  test('names the line of the first byte that is no UTF-8', () => {
    const problem = problemOf(() => decodeSource('a', Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xff, 0x0a])));
    assert.equal(problem.code, 'encoding-utf8');
    assert.equal(problem.place?.line, 3);
  });
  test('refuses UTF-16 with a word of its own', () => {
    assert.equal(
      problemOf(() => decodeSource('a', Buffer.from('\ufeffab', 'utf16le'))).code,
      'encoding-utf16',
    );
  });
});

describe('reading a file', () => {
  const read = (name: string, most?: number) => readSource(join(folder, name), name, most);

  test('refuses what is missing, a folder and what is too large', () => {
    mkdirSync(join(folder, 'inside'));
    writeFileSync(join(folder, 'large'), 'x'.repeat(11));
    assert.equal(problemOf(() => read('nothing')).code, 'file-missing');
    assert.equal(problemOf(() => read('inside')).code, 'file-kind');
    assert.equal(problemOf(() => read('large', 10)).code, 'file-size');
  });

  test('does not wait for a named pipe that nobody writes to', (context) => {
    try {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
    } catch {
      context.skip('there is no mkfifo here');
      return;
    }
    assert.equal(problemOf(() => read('pipe')).code, 'file-kind');
  });

  test('says that it may not read what is not permitted', (context) => {
    const path = join(folder, 'closed');
    writeFileSync(path, 'x');
    chmodSync(path, 0o000);
    if (process.getuid?.() !== 0) {
      assert.equal(problemOf(() => read('closed')).code, 'file-unreadable');
      return;
    }
    chmodSync(folder, 0o755);
    const said = codeAsNobody(path);
    if (said === undefined) context.skip('root may read everything, and no other user can be taken here');
    else assert.equal(said, 'file-unreadable');
  });
});

/** Root reads everything, so the file is read by a process of the user nobody (65534). */
function codeAsNobody(path: string): string | undefined {
  const reader = new URL('./read-file.ts', import.meta.url).href;
  const script = `import { readSource } from ${JSON.stringify(reader)};
try { readSource(${JSON.stringify(path)}, 'closed'); } catch (error) { console.log(error.code); }`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    uid: 65534,
    gid: 65534,
    encoding: 'utf8',
  });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

describe('walking a folder', () => {
  const yaml = (name: string) => name.endsWith('.yaml');

  test('leaves hidden folders, node_modules, dist and links out', () => {
    for (const path of ['a/b', '.git', 'node_modules', 'dist']) {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, 'x.yaml'), '');
    }
    writeFileSync(join(folder, 'a', 'x.txt'), '');
    symlinkSync(folder, join(folder, 'loop'));
    assert.deepEqual(walkFiles(folder, yaml).files, ['a/b/x.yaml']);
  });

  test('stops at its limits and says so', () => {
    mkdirSync(join(folder, 'a/b/c'), { recursive: true });
    for (const name of ['1.yaml', '2.yaml', '3.yaml']) writeFileSync(join(folder, name), '');
    assert.equal(walkFiles(folder, yaml).truncated, false);
    assert.equal(walkFiles(folder, yaml, { files: 2 }).truncated, true);
    assert.equal(walkFiles(folder, yaml, { depth: 1 }).truncated, true);
  });
});

describe('plain scalars', () => {
  test('lose nothing', () => {
    const rows: readonly (readonly [string, unknown])[] = [
      ['yes', true],
      ['Off', false],
      ['~', null],
      ['12', 12],
      ['-1.5', -1.5],
      ['012345678901', '012345678901'],
      ['1.30', '1.30'],
      ['123456789012345678901', '123456789012345678901'],
      ['2012-10-17', '2012-10-17'],
      ['22:22', '22:22'],
      ['0x1F', '0x1F'],
    ];
    for (const [written, meant] of rows) assert.equal(plainScalar(written), meant, written);
  });
});
