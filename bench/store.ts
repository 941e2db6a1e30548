/**
 * The store against the bare engines: same rows, same settings, same batches, in turns. Prints rates per
 * second and the ratio of ours to the bare one. `npm run bench:store`; takes less than a minute.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { EventEnvelope } from '../src/model/event.ts';
import { collection } from '../src/store/collection.ts';
import { openStore } from '../src/store/open.ts';
import { put } from '../src/store/operations.ts';
import type { Store } from '../src/store/store.ts';
import { startPostgres } from '../src/store/testing/postgres-server.ts';

const ROUNDS = 3;
const ROUND_MS = 700;
const WRITERS = 64;
const READ_ROWS = 5_000;
const PAGE = 50;

interface Row {
  readonly owner: string;
  readonly text: string;
}

const rows = collection<Row>({ name: 'rows', indexes: { owner: (row) => row.owner } });
const text = 'x'.repeat(900);
const rowOf = (n: number): Row => ({ owner: `owner-${n % 100}`, text });
const keyOf = (n: number): string => `key-${String(n).padStart(8, '0')}`;

function eventOf(key: string): EventEnvelope {
  return {
    version: '0',
    id: key,
    'detail-type': 'Row Written',
    source: 'honmaru.bench',
    account: '111122223333',
    time: '2026-01-31T09:00:00Z',
    region: 'eu-central-1',
    resources: [],
    detail: { key },
  };
}

/** One side of a comparison: does the work for a time and returns how many times per second. */
type Side = () => Promise<number>;

async function perSecond(work: () => Promise<number> | number): Promise<number> {
  const begin = performance.now();
  let done = 0;
  while (performance.now() - begin < ROUND_MS) done += await work();
  return (done * 1_000) / (performance.now() - begin);
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const shown = (value: number) => Math.round(value).toLocaleString('en-US').padStart(10);

async function compare(title: string, ours: Side, bare: Side): Promise<number> {
  const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(await ours());
    rates.bare.push(await bare());
  }
  const [our, their] = [median(rates.ours), median(rates.bare)];
  const ratio = (our / their).toFixed(2);
  console.log(`${title.padEnd(46)} ours ${shown(our)}/s   bare ${shown(their)}/s   ratio ${ratio}`);
  return our;
}

/**
 * How often this disk takes a page and confirms it. Pages of a file that has its size already are
 * overwritten, as a write-ahead log does after its first round.
 */
async function fsyncLimit(folder: string): Promise<number> {
  const pages = 1_024;
  const page = Buffer.alloc(4_096, 1);
  const file = openSync(join(folder, 'fsync'), 'w', 0o600);
  for (let at = 0; at < pages; at += 1) writeSync(file, page);
  fdatasyncSync(file);
  let at = 0;
  const rate = await perSecond(() => {
    writeSync(file, page, 0, page.length, (at % pages) * page.length);
    fdatasyncSync(file);
    at += 1;
    return 1;
  });
  closeSync(file);
  return rate;
}

const BARE_TABLES = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;
  CREATE TABLE rows (key TEXT PRIMARY KEY NOT NULL, version INTEGER, schema INTEGER, owner TEXT, value TEXT NOT NULL);
  CREATE INDEX owner ON rows (owner, key);
  CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, written_at INTEGER, envelope TEXT NOT NULL);
`;

/** Writes rows with their events into bare SQLite, so many per commit. */
function bareSqliteWriter(database: DatabaseSync): (count: number) => number {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const row = database.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?)');
  const event = database.prepare('INSERT INTO events (id, written_at, envelope) VALUES (?, ?, ?)');
  let n = 0;
  return (count) => {
    begin.run();
    for (let at = 0; at < count; at += 1) {
      n += 1;
      const value = rowOf(n);
      row.run(keyOf(n), n, 1, value.owner, JSON.stringify(value));
      event.run(keyOf(n), Date.now(), JSON.stringify(eventOf(keyOf(n))));
    }
    commit.run();
    return count;
  };
}

/** Writes rows with their events through the store, each in a transaction of its own. */
function storeWriter(store: Store): (count: number) => Promise<number> {
  let n = 0;
  return async (count) => {
    await Promise.all(
      Array.from({ length: count }, () => {
        n += 1;
        const key = keyOf(n);
        return store.transact({ operations: [put(rows, key, rowOf(n), 'absent')], events: [eventOf(key)] });
      }),
    );
    return count;
  };
}

async function benchSqlite(folder: string): Promise<void> {
  const limit = median([await fsyncLimit(folder), await fsyncLimit(folder), await fsyncLimit(folder)]);
  console.log(`disk: ${shown(limit)} pages of 4 KiB written and confirmed per second (fdatasync)`);
  const store = await openStore(join(folder, 'ours.db'), { collections: [rows] });
  const database = new DatabaseSync(join(folder, 'bare.db'));
  database.exec(BARE_TABLES);
  const [ours, bare] = [storeWriter(store), bareSqliteWriter(database)];
  const alone = await compare(
    'SQLite: row + event, one writer',
    () => perSecond(() => ours(1)),
    () => perSecond(() => bare(1)),
  );
  const together = await compare(
    `SQLite: row + event, ${WRITERS} writers / a commit`,
    () => perSecond(() => ours(WRITERS)),
    () => perSecond(() => bare(WRITERS)),
  );
  console.log(
    `  durable transactions per confirmed page: ${(alone / limit).toFixed(2)} alone, ${(together / limit).toFixed(1)} together`,
  );
  await benchSqliteReads(store, database);
  await store.close();
  database.close();
}

async function benchSqliteReads(store: Store, database: DatabaseSync): Promise<void> {
  const byKey = database.prepare('SELECT key, version, schema, value FROM rows WHERE key = ?');
  const byOwner = database.prepare(
    'SELECT key, version, schema, value FROM rows WHERE owner = ? AND key > ? ORDER BY key LIMIT ?',
  );
  const parsed = (row: Record<string, unknown> | undefined) =>
    row && { key: row.key, version: row.version, value: JSON.parse(String(row.value)) as unknown };
  let n = 0;
  const next = () => {
    n = (n + 7_919) % READ_ROWS;
    return n + 1;
  };
  await compare(
    'SQLite: get by key, parsed',
    () =>
      perSecond(async () => {
        for (let at = 0; at < 100; at += 1) await store.get(rows, keyOf(next()));
        return 100;
      }),
    () =>
      perSecond(() => {
        for (let at = 0; at < 100; at += 1) parsed(byKey.get(keyOf(next())));
        return 100;
      }),
  );
  await compare(
    `SQLite: page of ${PAGE} by index, parsed`,
    () =>
      perSecond(async () => {
        const query = { index: 'owner', equals: `owner-${next() % 100}`, limit: PAGE };
        await store.list(rows, query);
        return 1;
      }),
    () =>
      perSecond(() => {
        byOwner.all(`owner-${next() % 100}`, '', PAGE).map(parsed);
        return 1;
      }),
  );
}

const BARE_POSTGRES = `
  CREATE TABLE rows (key text COLLATE "C" PRIMARY KEY, version bigint, schema integer, owner text COLLATE "C", value text NOT NULL);
  CREATE INDEX owner ON rows (owner, key);
  CREATE TABLE events (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE, written_at bigint, envelope text NOT NULL);
`;

function barePostgresWriter(pool: pg.Pool): (count: number) => Promise<number> {
  let n = 0;
  const one = async () => {
    n += 1;
    const [key, value] = [keyOf(n), rowOf(n)];
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query({
      name: 'row',
      text: 'INSERT INTO rows VALUES ($1, $2, $3, $4, $5)',
      values: [key, n, 1, value.owner, JSON.stringify(value)],
    });
    await client.query({
      name: 'event',
      text: 'INSERT INTO events (id, written_at, envelope) VALUES ($1, $2, $3)',
      values: [key, Date.now(), JSON.stringify(eventOf(key))],
    });
    await client.query('COMMIT');
    client.release();
  };
  return async (count) => {
    await Promise.all(Array.from({ length: count }, one));
    return count;
  };
}

async function benchPostgres(): Promise<void> {
  const server = await startPostgres();
  if ('missing' in server) {
    console.log(`PostgreSQL: not measured, missing: ${server.missing}`);
    return;
  }
  try {
    const store = await openStore(await server.createDatabase(), { collections: [rows] });
    const pool = new pg.Pool({ connectionString: await server.createDatabase(), max: 10 });
    await pool.query(BARE_POSTGRES);
    const [ours, bare] = [storeWriter(store), barePostgresWriter(pool)];
    for (const writers of [1, WRITERS]) {
      await compare(
        `PostgreSQL: row + event, ${writers} writer${writers > 1 ? 's' : ''}`,
        () => perSecond(() => ours(writers)),
        () => perSecond(() => bare(writers)),
      );
    }
    const byKey = { name: 'key', text: 'SELECT key, version, schema, value FROM rows WHERE key = $1' };
    await compare(
      'PostgreSQL: get by key, parsed',
      () => perSecond(async () => ((await store.get(rows, keyOf(1))) ? 1 : 0)),
      () =>
        perSecond(async () => {
          const found = await pool.query({ ...byKey, values: [keyOf(1)] });
          JSON.parse(found.rows[0].value);
          return 1;
        }),
    );
    await pool.end();
    await store.close();
  } finally {
    await server.dispose();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'honmaru-bench-'));
try {
  await benchSqlite(folder);
  await benchPostgres();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
