import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Seal } from './contract.ts';
import { sealWatch } from './seal-watch.ts';

const message = { en: 'sealed', ja: '封印中' };
const SEALED: Seal = { kind: 'sealed', message, command: 'honmaru kms unseal' };
const SILENT: Seal = { kind: 'unreachable', message };

test('what keeps keys from being used is told once for each change, a short silence not at all', async () => {
  const seen = [undefined, SILENT, undefined, SEALED, SEALED, SILENT, SILENT, SILENT, undefined];
  const told: (string | undefined)[] = [];
  await new Promise<void>((resolve) => {
    const watch = sealWatch(async () => {
      if (seen.length > 0) return seen.shift();
      watch.close();
      resolve();
      return undefined;
    }, 0);
    watch.subscribe(() => told.push(watch.now()?.kind));
  });
  assert.deepEqual(told, ['sealed', 'unreachable', undefined]);
});
