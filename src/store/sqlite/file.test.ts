import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import { openStore } from '../open.ts';
import { put } from '../operations.ts';
import { counters, people, testEvent } from '../testing/fixtures.ts';
import { prepareFile } from './file.ts';

const folder = mkdtempSync(join(tmpdir(), 'honmaru-store-file-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const onWindows = process.platform === 'win32' && 'Windows has no such permissions';
const modeOf = (path: string) => statSync(path).mode & 0o777;
const open = (path: string) => openStore(path, { collections: [people, counters] });

const NOBODY = 65_534;

/** Root may write everything; nothing else runs between the two changes of user. */
function asOrdinaryUser(work: () => void): void {
  if (process.getuid?.() !== 0) {
    work();
    return;
  }
  process.seteuid?.(NOBODY);
  try {
    work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('the file of a store', () => {
  test('is for its owner alone, as are its logs and a folder made for it', { skip: onWindows }, async () => {
    const path = join(folder, 'new', 'deep', 'store.db');
    const store = await open(path);
    await store.transact({ operations: [put(people, 'a', { name: 'A' })] });
    const files = readdirSync(join(folder, 'new', 'deep')).sort();
    assert.deepEqual(files, ['store.db', 'store.db-shm', 'store.db-wal']);
    for (const file of files) assert.equal(modeOf(join(folder, 'new', 'deep', file)), 0o600, file);
    assert.equal(modeOf(join(folder, 'new', 'deep')), 0o700);
    assert.equal(modeOf(join(folder, 'new')), 0o700);
    await store.close();
    assert.deepEqual(readdirSync(join(folder, 'new', 'deep')), ['store.db']);
  });

  test('that others could read is closed to them', { skip: onWindows }, async () => {
    const path = join(folder, 'open.db');
    await (await open(path)).close();
    chmodSync(path, 0o644);
    await (await open(path)).close();
    assert.equal(modeOf(path), 0o600);
  });

  test('is neither a folder nor a link', { skip: onWindows }, async () => {
    const link = join(folder, 'link.db');
    symlinkSync(join(folder, 'elsewhere.db'), link);
    mkdirSync(join(folder, 'folder.db'));
    await assert.rejects(open(link), { code: 'store-location' });
    await assert.rejects(open(join(folder, 'folder.db')), { code: 'store-location' });
  });

  test('that an ordinary user may not write is reported as such', { skip: onWindows }, () => {
    chmodSync(folder, 0o711);
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    writeFileSync(join(locked, 'store.db'), '');
    chmodSync(join(locked, 'store.db'), 0o400);
    chmodSync(locked, 0o555);
    asOrdinaryUser(() => {
      assert.throws(() => prepareFile(join(locked, 'store.db')), { code: 'store-readonly' });
      assert.throws(() => prepareFile(join(locked, 'new.db')), { code: 'store-readonly' });
    });
    chmodSync(locked, 0o700);
  });

  test('may have a name that SQLite would read as a URI', async () => {
    const path = join(folder, 'file:x.db?mode=memory');
    await (await open(path)).close();
    assert.ok(statSync(path).size > 0);
  });

  test('of another kind is refused and left as it is', async () => {
    const path = join(folder, 'notes.txt');
    const notes = 'These are notes, not a database. '.repeat(100);
    writeFileSync(path, notes);
    await assert.rejects(open(path), { code: 'store-corrupt' });
    assert.equal(readFileSync(path, 'utf8'), notes);
  });

  test('of another program is refused', async () => {
    const path = join(folder, 'other.db');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    await assert.rejects(open(path), { code: 'store-corrupt' });
  });

  test('of a newer Honmaru is refused', async () => {
    const path = join(folder, 'newer.db');
    await (await open(path)).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 3');
    database.close();
    await assert.rejects(open(path), { code: 'store-newer', message: /schema 3; this one reads up to 2/ });
  });

  test('of an older Honmaru goes on with its events and their positions', async () => {
    const path = join(folder, 'older.db');
    await (await open(path)).close();
    const event = (id: string) => testEvent({}, id);
    const database = new DatabaseSync(path);
    database.exec('DROP TABLE batches; PRAGMA user_version = 1');
    // Appended together: the row has the position of the last.
    database
      .prepare('INSERT INTO events (position, id, written_at, envelope) VALUES (2, ?, 0, ?)')
      .run('a', `${JSON.stringify(event('a'))}\n${JSON.stringify(event('b'))}`);
    database.close();
    const store = await open(path);
    await store.append([{ id: 'c', envelope: JSON.stringify(event('c')) }]);
    await store.transact({ events: [event('d')] });
    const read = await store.readEvents('1', 10);
    assert.deepEqual(
      read.map(({ position, event: { id } }) => [position, id]),
      [
        ['2', 'b'],
        ['3', 'c'],
        ['4', 'd'],
      ],
    );
    await store.close();
  });

  test('that lost its end or its middle is reported as damaged', async () => {
    const path = join(folder, 'damaged.db');
    const store = await open(path);
    await store.transact({
      operations: Array.from({ length: 200 }, (_, at) => put(people, `k${at}`, { name: 'x'.repeat(500) })),
    });
    await store.close();
    truncateSync(path, statSync(path).size - 3 * 4096);
    const reading = open(path).then(async (damaged) => {
      try {
        await damaged.list(people, { limit: 1_000 });
      } finally {
        await damaged.close();
      }
    });
    await assert.rejects(reading, { code: 'store-corrupt' });
  });
});
