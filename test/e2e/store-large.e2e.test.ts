import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { describeLargeRecords } from '../../src/store/testing/suite-large.ts';

const folder = mkdtempSync(join(tmpdir(), 'honmaru-store-large-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let stores = 0;
describeLargeRecords('SQLite', {
  async fresh() {
    stores += 1;
    return join(folder, `${stores}.db`);
  },
});
