/**
 * The writer that the crash test kills: writes numbered records with one event each, several at a time,
 * and says on standard output what was acknowledged. `node store-crash-writer.ts LOCATION RUN`; begins
 * when standard input has a line.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open.ts';
import { put } from '../../src/store/operations.ts';
import { counters, testEvent } from '../../src/store/testing/fixtures.ts';

const [location = '', run = ''] = process.argv.slice(2);
const LANES = 8;

await once(process.stdin, 'data');
const store = await openStore(location, { collections: [counters] });

async function writeLane(lane: number): Promise<void> {
  let head = await store.get(counters, `head-${lane}`);
  for (let n = 0; ; n += 1) {
    const key = `${run}-${lane}-${n}`;
    const count = (head?.value.count ?? 0) + 1;
    const { versions } = await store.transact({
      operations: [
        put(counters, key, { count }, 'absent'),
        put(counters, `head-${lane}`, { count }, head?.version ?? 'absent'),
      ],
      events: [testEvent({ key }, key)],
    });
    const version = versions[1] ?? 0;
    head = { key: `head-${lane}`, version, value: { count } };
    // Written at once to the pipe: what is in it survives the death of this process.
    writeSync(1, `${key} ${versions[0]} ${version} ${lane} ${count}\n`);
  }
}

await Promise.all(Array.from({ length: LANES }, (_, lane) => writeLane(lane)));
