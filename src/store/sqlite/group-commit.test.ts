import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../open.ts';
import { put } from '../operations.ts';
import { people } from '../testing/fixtures.ts';
import { connect } from './connection.ts';
import { groupCommit } from './group-commit.ts';
import { prepareSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'honmaru-store-commit-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newPath = () => {
  files += 1;
  return join(folder, `${files}.db`);
};

describe('group commit', () => {
  test('tells nobody of success when the disk is full, keeps what was saved, and goes on', async () => {
    const connection = connect(newPath());
    prepareSchema(connection, new Map());
    const { database } = connection;
    database.exec('CREATE TABLE t (x TEXT)');
    const commits = groupCommit(connection);
    const insert = (text: string) =>
      commits.submit({
        bytes: text.length,
        run: () => connection.prepared('INSERT INTO t VALUES (?)').run(text),
      });
    await insert('saved');
    const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
    database.exec(`PRAGMA max_page_count = ${pages + 1}`);
    const results = await Promise.allSettled([insert('small'), insert('x'.repeat(100_000)), insert('small')]);
    for (const result of results) {
      assert.equal(result.status, 'rejected');
      assert.equal(result.reason.code, 'store-full');
    }
    assert.deepEqual(
      database
        .prepare('SELECT x FROM t')
        .all()
        .map((row) => row.x),
      ['saved'],
    );
    database.exec('PRAGMA max_page_count = 100000');
    await insert('again');
    assert.equal(database.prepare('SELECT count(*) AS n FROM t').get()?.n, 2);
    database.close();
  });

  test('waits for the lock of another process without standing still', async () => {
    const path = newPath();
    const store = await openStore(path, { collections: [people] });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    let done = false;
    const saved = store.transact({ operations: [put(people, 'a', { name: 'A' })] }).then(() => {
      done = true;
    });
    await delay(150);
    assert.equal(done, false);
    assert.equal(await store.get(people, 'a'), undefined);
    other.exec('COMMIT');
    await saved;
    other.close();
    await store.close();
  });

  test('puts callers of the same moment into one commit', async () => {
    const path = newPath();
    const store = await openStore(path, { collections: [people] });
    const watcher = new DatabaseSync(path);
    const changes = () => Number(watcher.prepare('PRAGMA data_version').get()?.data_version);
    let seen = changes();
    let commits = 0;
    const saves = Array.from({ length: 100 }, (_, at) =>
      store.transact({ operations: [put(people, `k${at}`, { name: 'x' })] }).then(() => {
        const now = changes();
        if (now !== seen) commits += 1;
        seen = now;
      }),
    );
    await Promise.all(saves);
    assert.equal(commits, 1);
    assert.equal(await store.count(people), 100);
    watcher.close();
    await store.close();
  });

  test('uses versions that are unique over all processes of a file', async () => {
    const path = newPath();
    const stores = await Promise.all([1, 2].map(() => openStore(path, { collections: [people] })));
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        stores[at % 2]?.transact({ operations: [put(people, `k${at}`, { name: 'x' })] }),
      ),
    );
    assert.equal(new Set(results.map((result) => result?.versions[0])).size, 40);
    await Promise.all(stores.map((store) => store.close()));
  });
});
