import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CONSTRAINED, constraintsFile } from './generate-constraints.ts';

const TABLES = join(import.meta.dirname, '..', '..', 'shared', 'corpora', 'vault', 'constraints');
const missing = existsSync(TABLES)
  ? false
  : `NOT TESTED, missing: the tables of the service models (${TABLES})`;

test('the committed constraints are those of the service models', { skip: missing }, async () => {
  for (const service of CONSTRAINED) {
    const { path, text } = await constraintsFile(service, TABLES);
    assert.equal(readFileSync(path, 'utf8'), text, path);
  }
});
