import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { openStore } from '../../src/store/open.ts';
import { put } from '../../src/store/operations.ts';
import { counters, people, testEvent } from '../../src/store/testing/fixtures.ts';
import { startPostgres } from '../../src/store/testing/postgres-server.ts';
import { describeStore } from '../../src/store/testing/suite.ts';
import { describeLargeRecords } from '../../src/store/testing/suite-large.ts';

const server = await startPostgres();

if ('missing' in server) {
  test('the store on PostgreSQL', { skip: `NOT TESTED, missing: ${server.missing}` }, () => {});
} else {
  after(() => server.dispose());
  describeStore('PostgreSQL', { fresh: () => server.createDatabase() });
  describeLargeRecords('PostgreSQL', { fresh: () => server.createDatabase() });

  describe('the outbox on PostgreSQL', () => {
    let url: string;
    before(async () => {
      url = await server.createDatabase();
    });

    test('never skips an event whose transaction commits late', async () => {
      const store = await openStore(url, { collections: [] });
      const late = new pg.Client({ connectionString: url });
      await late.connect();
      await store.transact({ events: [testEvent({ n: 'before' })] });
      await late.query('BEGIN');
      await late.query(`INSERT INTO honmaru.events (id, written_at, envelope) VALUES ('late', 0, $1)`, [
        JSON.stringify(testEvent({ n: 'late' }, 'late')),
      ]);
      await store.transact({ events: [testEvent({ n: 'after' })] });

      const seen: unknown[] = [];
      let position: string | undefined;
      const read = async () => {
        for (const each of await store.readEvents(position, 10)) {
          seen.push(each.event.detail.n);
          position = each.position;
        }
      };
      await read();
      assert.deepEqual(seen, ['before'], 'what was committed behind the running transaction waits');
      await late.query('COMMIT');
      await read();
      assert.deepEqual(seen, ['before', 'late', 'after']);
      await late.end();
      await store.close();
    });

    test('is in the order of the numbers of transactions, not of their digits', async () => {
      const fresh = await server.createDatabase();
      const store = await openStore(fresh, { collections: [] });
      const client = new pg.Client({ connectionString: fresh });
      await client.connect();
      for (const writer of [100, 9, 99]) {
        await client.query(
          `INSERT INTO honmaru.events (writer, id, written_at, envelope) VALUES ($1::text::xid8, $1::text, 0, $2)`,
          [String(writer), JSON.stringify(testEvent({ writer }))],
        );
      }
      await client.end();
      const found: unknown[] = [];
      for (let after: string | undefined; ; ) {
        const [next] = await store.readEvents(after, 1);
        if (!next) break;
        found.push(next.event.detail.writer);
        after = next.position;
      }
      assert.deepEqual(found, [9, 99, 100]);
      await store.close();
    });

    test('loses nothing to readers that read while many write', async () => {
      const store = await openStore(url, { collections: [counters] });
      let position = (await store.readEvents(undefined, 1_000)).at(-1)?.position;
      const sent: string[] = [];
      let writing = true;
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 25; n += 1) {
          const event = testEvent({ writer, n });
          const operations = [put(counters, `w${writer}`, { count: n })];
          await store.transact({ operations, events: [event] });
          sent.push(event.id);
        }
      });
      const seen: string[] = [];
      const reader = (async () => {
        for (;;) {
          const last = !writing;
          const events = await store.readEvents(position, 7);
          seen.push(...events.map(({ event }) => event.id));
          position = events.at(-1)?.position ?? position;
          if (last && events.length === 0) return;
        }
      })();
      await Promise.all(writers);
      writing = false;
      await reader;
      assert.deepEqual(seen.toSorted(), sent.toSorted());
      await store.close();
    });
  });

  describe('a database of PostgreSQL', () => {
    test('of a newer Honmaru is refused', async () => {
      const url = await server.createDatabase();
      await (await openStore(url, { collections: [] })).close();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('UPDATE honmaru.meta SET value = 2');
      await client.end();
      await assert.rejects(openStore(url, { collections: [] }), { code: 'store-newer' });
    });

    test('that does not exist or is not in UTF-8 is refused', async () => {
      const url = await server.createDatabase();
      await assert.rejects(openStore(url.replace('/test_', '/none_'), { collections: [] }), {
        code: 'store-refused',
      });
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`);
      await client.end();
      await assert.rejects(openStore(url.replace(/test_\d+/, 'latin'), { collections: [] }), {
        code: 'store-refused',
      });
    });

    test('that is not there is reported without the password', async () => {
      const url = 'postgres://someone:geheim@127.0.0.1:1/none';
      await assert.rejects(openStore(url, { collections: [] }), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'store-unreachable');
        assert.doesNotMatch(`${error.message} ${error.stack}`, /geheim/);
        return true;
      });
    });

    test('that sets synchronous_commit off by default still commits to the disk', async () => {
      const url = await server.createDatabase();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`);
      await client.end();
      const { connectTo } = await import('../../src/store/postgres/connection.ts');
      const connections = connectTo(url);
      const setting = await connections.use(async (session) => {
        const { rows } = await session.run(`SELECT current_setting('synchronous_commit') AS setting`);
        return rows[0]?.setting;
      });
      await connections.close();
      assert.equal(setting, 'on');
    });

    test('may be read page by page from its indexes', async () => {
      const url = await server.createDatabase();
      const store = await openStore(url, { collections: [people] });
      const operations = Array.from({ length: 1_000 }, (_, at) =>
        put(people, `k${at}`, { name: 'x'.repeat(200), team: `t${at % 300}` }),
      );
      await store.transact({ operations });
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('ANALYZE honmaru."r_people"');
      const { rows } = await client.query(
        `EXPLAIN SELECT key FROM honmaru."r_people" WHERE "i_team" >= 'st1' AND ("i_team", key) > ('st1', 'k1') ORDER BY "i_team", key LIMIT 20`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      assert.match(plan, /Index (?:Only )?Scan using "x:people:team"/);
      assert.doesNotMatch(plan, /Sort|Seq Scan/);
      await client.end();
      await store.close();
    });
  });
}
