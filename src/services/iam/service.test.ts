import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ACTION_REFERENCE } from '../../../tools/action-reference.ts';
import { loadActionTable } from '../../iam/index.ts';
import { checkService } from '../../platform/check-service.ts';
import { AUTHORISATION } from './authorisation.ts';
import { awsPolicies } from './aws-policies/documents.ts';
import { demandDocument } from './documents.ts';
import { HANDLERS } from './operations.ts';
import { definition } from './service.ts';

test('every operation is authorised by actions and condition keys that AWS knows', async () => {
  assert.deepEqual(await checkService(definition, ACTION_REFERENCE), []);
});

test('every rule has an operation, and every operation a rule', () => {
  assert.deepEqual(Object.keys(HANDLERS).sort(), Object.keys(AUTHORISATION).sort());
  assert.ok(Object.keys(HANDLERS).length >= 140);
});

test('every operation is called by a test', () => {
  const folder = import.meta.dirname;
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  assert.deepEqual(
    Object.keys(HANDLERS).filter((name) => !tests.includes(`iam('${name}'`)),
    [],
  );
});

test("the documents that stand for AWS's policies are ones that IAM takes", async () => {
  const ids = new Set<string>();
  for (const { document, arn, id } of awsPolicies().values()) {
    demandDocument(document, 'managed');
    assert.match(arn, /^arn:aws:iam::aws:policy\/(?:[\w-]+\/)?[\w+=,.@-]+$/);
    ids.add(id);
  }
  assert.equal(ids.size, awsPolicies().size);
  const table = await loadActionTable();
  const patterns = [...awsPolicies().values()].flatMap(({ document }) => actionsIn(document));
  assert.deepEqual(
    [...new Set(patterns)].filter(
      (pattern) =>
        table.expand(pattern).length === 0 &&
        !WITH_NO_TWIN.test(pattern) &&
        !pattern.startsWith(OF_THE_CONSOLE),
    ),
    [],
  );
});

/** `svc:Query` and the like are in every reading policy; few services have such an action. */
const WITH_NO_TWIN =
  /:(?:BatchGet\*|Lookup\*|Search\*|Simulate\*|Generate\*Report|Query|Scan|Describe\*|Get\*|List\*)$/;

/** Actions of the console are none of AWS's; its own tests look after them. */
const OF_THE_CONSOLE = 'honmaru:';

function actionsIn(document: string): readonly string[] {
  const { Statement } = JSON.parse(document);
  return Statement.flatMap((statement: { Action?: string | string[] }) => statement.Action ?? []);
}
