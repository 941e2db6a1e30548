import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { addResource } from '../../safeguards/edits.ts';
import { planFix } from './plan.ts';
import { isUndoKnown, undoOf } from './undo.ts';

const EXAMPLE = join(import.meta.dirname, '../../../examples/webapp/template.yaml');

describe('the way back', () => {
  test('was thought of for every type that a plan for a whole environment adds', async () => {
    const { changes } = await planFix({
      read: {
        paths: [EXAMPLE],
        parameters: new Map(),
        asOf: '2026-01-01T00:00:00.000Z',
        cwd: '/',
        scope: 'account',
      },
      answers: {
        domain: 'shop.example.com',
        hostedZone: 'Z0123456789ABC',
        email: 'security@example.com',
        values: new Map([['MonthlyBudgetDollars', '100']]),
        acceptedCosts: new Set(['shield', 'network-firewall']),
      },
      wanted: () => true,
    });
    const types = changes.flatMap(({ edits }) =>
      edits.flatMap((edit) => (edit.kind === 'add-resource' ? [edit.type] : [])),
    );
    assert.ok(types.length > 20);
    assert.deepEqual(
      [...new Set(types)].filter((type) => !isUndoKnown(type)),
      [],
    );
  });

  test('says each thing to mind once', () => {
    const bucket = (name: string) => addResource(name, 'AWS::S3::Bucket', {});
    const { en } = undoOf([bucket('A'), bucket('B'), addResource('Key', 'AWS::KMS::Key', {})]);
    assert.equal(en.match(/empty the added bucket first/g)?.length, 1);
    assert.match(en, /a deleted key makes it unreadable/);
  });
});
