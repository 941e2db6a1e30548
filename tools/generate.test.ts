import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CONTROL_LIST, controlListText } from './control-list.ts';
import { LOADERS_FILE, loadersText } from './control-loaders.ts';
import { generatedPages, staleRegistries } from './generate.ts';
import { SERVICE_REGISTRY, serviceRegistryText } from './service-registry.ts';

test('the committed registries list exactly the modules of their folders', () => {
  assert.deepEqual(staleRegistries(), []);
});

test('the committed loaders of the controls are those of the registry', async () => {
  assert.equal(readFileSync(LOADERS_FILE, 'utf8'), await loadersText());
});

test('the committed list of controls is that of the registry', async () => {
  assert.equal(readFileSync(CONTROL_LIST, 'utf8'), await controlListText());
});

test('the committed list of services is that of their folders', async () => {
  assert.equal(readFileSync(SERVICE_REGISTRY, 'utf8'), await serviceRegistryText());
});

test('the committed pages about risks, safeguards, the scale and operations are those of the code', async () => {
  for (const { path, content } of await generatedPages()) {
    assert.equal(readFileSync(path, 'utf8'), content, `${path}: run npm run generate`);
  }
});
