import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable, Writable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type Counter, counters } from '../../src/store/testing/fixtures.ts';
import { startPostgres } from '../../src/store/testing/postgres-server.ts';

const KILLS = 50;
const SERVER_CRASHES = 3;
const LONGEST_RUN = 120;

/** What a writer said was saved. */
interface Acknowledged {
  readonly key: string;
  readonly version: number;
  readonly headVersion: number;
  readonly lane: string;
  readonly count: number;
}

type Writer = ChildProcessByStdio<Writable, Readable, null>;

function startWriter(location: string, run: string): Writer {
  const script = join(import.meta.dirname, 'store-crash-writer.ts');
  const quiet = '--disable-warning=ExperimentalWarning';
  return spawn(process.execPath, [quiet, script, location, run], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

function parse(line: string): Acknowledged {
  const [key = '', version, headVersion, lane = '', count] = line.split(' ');
  return { key, version: Number(version), headVersion: Number(headVersion), lane, count: Number(count) };
}

/** Lets writers run one after the other, interrupting each at a moment of its own. */
async function interruptWriters(
  location: string,
  runs: number,
  prefix: string,
  interrupt: (writer: Writer) => Promise<void>,
): Promise<Acknowledged[]> {
  const all: Acknowledged[] = [];
  let next = startWriter(location, `${prefix}0`);
  for (let run = 0; run < runs; run += 1) {
    const writer = next;
    const ended = once(writer, 'close');
    let output = '';
    writer.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    writer.stdin.write('go\n');
    // The next one loads its modules meanwhile, which takes longer than a run.
    if (run + 1 < runs) next = startWriter(location, `${prefix}${run + 1}`);
    await once(writer.stdout, 'data');
    await delay((run * 37) % LONGEST_RUN);
    await interrupt(writer);
    await ended;
    const lines = output.split('\n');
    lines.pop();
    all.push(...lines.map(parse));
  }
  return all;
}

async function killWriter(writer: Writer): Promise<void> {
  writer.kill('SIGKILL');
}

async function allRecords(store: Store): Promise<Map<string, { version: number; value: Counter }>> {
  const found = new Map<string, { version: number; value: Counter }>();
  for (let after: string | undefined, first = true; first || after; first = false) {
    const page = await store.list(counters, { limit: 1_000, ...(after ? { after } : {}) });
    for (const record of page.records) found.set(record.key, record);
    after = page.next;
  }
  return found;
}

async function allEvents(store: Store): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const events = await store.readEvents(after, 1_000);
    if (events.length === 0) return found;
    found.push(...events.map(({ event }) => String(event.detail.key)));
    after = events.at(-1)?.position;
  }
}

/** No acknowledged record or event is lost, no event stands without its record, no version twice. */
async function verify(location: string, acknowledged: readonly Acknowledged[]): Promise<void> {
  const store = await openStore(location, { collections: [counters] });
  const records = await allRecords(store);
  const events = await allEvents(store);
  await store.close();

  for (const { key, version, count } of acknowledged) {
    assert.deepEqual(records.get(key), { key, version, value: { count } }, `record ${key}`);
  }
  const written = [...records.keys()].filter((key) => !key.startsWith('head-'));
  assert.deepEqual(events.toSorted(), written.toSorted(), 'each record has its one event, and the reverse');
  const versions = [...records.values()].map((record) => record.version);
  assert.equal(new Set(versions).size, versions.length, 'stored versions');
  const given = acknowledged.flatMap((each) => [each.version, each.headVersion]);
  assert.equal(new Set(given).size, given.length, 'acknowledged versions');
  for (const { lane, count, headVersion } of acknowledged) {
    const head = records.get(`head-${lane}`);
    assert.ok(head && head.value.count >= count && head.version >= headVersion, `head of lane ${lane}`);
  }
  const counted = written.map((key) => `${key.split('-')[1]}:${records.get(key)?.value.count}`);
  assert.equal(new Set(counted).size, counted.length, 'no count of a lane was given twice');
}

/** Waits until the server has noticed the death of all writers: one may still commit what it was sent. */
async function untilAlone(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (;;) {
    const { rows } = await client.query(
      'SELECT count(*)::int AS others FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    if (rows[0].others === 0) break;
    await delay(20);
  }
  await client.end();
}

describe('a writer that is killed loses nothing that it acknowledged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-crash-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  test(`on SQLite, ${KILLS} times SIGKILL`, async (context) => {
    const path = join(folder, 'store.db');
    const acknowledged = await interruptWriters(path, KILLS, 'k', killWriter);
    assert.ok(acknowledged.length >= KILLS);
    await verify(path, acknowledged);
    const database = new DatabaseSync(path);
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    database.close();
    context.diagnostic(`${acknowledged.length} acknowledged transactions`);
  });
});

const server = await startPostgres();

describe('on PostgreSQL', () => {
  if ('missing' in server) {
    test('a killed writer loses nothing', { skip: `NOT TESTED, missing: ${server.missing}` }, () => {});
    return;
  }
  after(() => server.dispose());

  test(`a writer killed ${KILLS} times loses nothing that it acknowledged`, async (context) => {
    const url = await server.createDatabase();
    const acknowledged = await interruptWriters(url, KILLS, 'k', killWriter);
    assert.ok(acknowledged.length >= KILLS);
    await untilAlone(url);
    await verify(url, acknowledged);
    context.diagnostic(`${acknowledged.length} acknowledged transactions`);
  });

  test(`a server that crashes ${SERVER_CRASHES} times loses nothing that was acknowledged`, async (context) => {
    const url = await server.createDatabase();
    const acknowledged = await interruptWriters(url, SERVER_CRASHES, 's', async () => {
      await server.stopImmediately();
      await server.start();
    });
    await verify(url, acknowledged);
    context.diagnostic(`${acknowledged.length} acknowledged transactions`);
  });
});
