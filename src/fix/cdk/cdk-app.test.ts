import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type FixPlan, planFix } from '../plan/plan.ts';

/** Plans for a CDK app that was synthesized into `cdk.out`. */
async function planApp(command: string, more: Readonly<Record<string, string>> = {}): Promise<FixPlan> {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-cdk-'));
  try {
    mkdirSync(join(folder, 'cdk.out'));
    const files: Readonly<Record<string, string>> = {
      'cdk.json': JSON.stringify({ app: command }),
      'cdk.out/manifest.json': JSON.stringify({
        version: '48.0.0',
        artifacts: {
          Web: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Web.template.json' } },
        },
      }),
      'cdk.out/Web.template.json': JSON.stringify({ Resources: { Uploads: { Type: 'AWS::S3::Bucket' } } }),
      ...more,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await planFix({
      read: { paths: ['.'], parameters: new Map(), asOf: '2026-01-01T00:00:00.000Z', cwd: folder },
      answers: { values: new Map(), acceptedCosts: new Set() },
      wanted: ({ safeguard }) => ['backup', 'tls'].includes(safeguard.id),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a CDK app', () => {
  test('gets a file that calls the constructs; its templates are left alone', async () => {
    const { edited } = await planApp('npx tsx bin/app.ts');
    const [[path, { text }] = ['', { text: '' }], ...others] = edited;
    assert.equal(others.length, 0);
    assert.match(path, /honmaru-safeguards\.ts$/);
    assert.match(text, /import \{ Safeguards \} from 'honmaru-cdk';/);
    assert.match(text, /only: \[\n {6}'backup',\n {6}'tls',\n {4}\]/);
  });

  test('keeps a file of that name as it is', async () => {
    const { edited } = await planApp('npx tsx bin/app.ts', { 'honmaru-safeguards.ts': '// mine\n' });
    assert.equal(edited.size, 0);
  });

  test('in another language is refused', async () => {
    const { edited, changes } = await planApp('python3 app.py');
    assert.equal(edited.size, 0);
    assert.match(changes[0]?.reason?.en ?? '', /not written in TypeScript or JavaScript/);
  });
});
