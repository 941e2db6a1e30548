import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { describeStore } from './testing/suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'honmaru-store-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let stores = 0;
describeStore('SQLite', {
  async fresh() {
    stores += 1;
    return join(folder, `${stores}.db`);
  },
});
