import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { ROOT, run } from './program.ts';

const CDK = join(ROOT, 'cdk');
const TYPESCRIPT = join(ROOT, 'node_modules/typescript-7/bin/tsc');

before(() => {
  const built = run(process.execPath, ['tools/build.ts'], { cwd: CDK });
  assert.equal(built.code, 0, built.out + built.err);
});

test('honmaru-cdk is well typed', () => {
  const checked = run(process.execPath, [TYPESCRIPT, '-p', CDK]);
  assert.equal(checked.code, 0, checked.out);
});

for (const file of readdirSync(join(CDK, 'test')).filter((name) => name.endsWith('.test.ts'))) {
  test(`honmaru-cdk: ${file}`, () => {
    const words = ['--test', '--test-reporter=tap', join('test', file)];
    const tested = run(process.execPath, words, { cwd: CDK, env: { NODE_TEST_CONTEXT: undefined } });
    const count = (word: string) => Number(tested.out.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
    assert.equal(
      tested.code,
      0,
      tested.out
        .split('\n')
        .filter((line) => !line.startsWith('ok'))
        .join('\n'),
    );
    assert.ok(count('pass') > 0, 'no test was seen');
    assert.equal(count('fail'), 0);
  });
}

test("the readme's example of ten lines works with the published form", () => {
  const readme = readFileSync(join(CDK, 'README.md'), 'utf8');
  const [, example = ''] = readme.match(/```ts\n([\s\S]*?)```/) ?? [];
  assert.ok(example.trim().split('\n').length <= 12);
  const file = join(CDK, 'dist', 'readme-example.ts');
  writeFileSync(file, example.replace('new App()', "new App({ outdir: 'dist/readme-example.out' })"));
  try {
    const ran = run(process.execPath, [file], { cwd: CDK });
    assert.equal(ran.code, 0, ran.err);
    assert.match(ran.out, /attached +waf at WebApp\/App\/Balancer\/LoadBalancer/);
  } finally {
    rmSync(file);
    rmSync(join(CDK, 'dist', 'readme-example.out'), { recursive: true, force: true });
  }
});

test('it is published without sources and tests, and loads by require too', () => {
  const packed = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: CDK });
  assert.equal(packed.code, 0, packed.err);
  const files: readonly { readonly path: string }[] = JSON.parse(packed.out)[0].files;
  const names = files.map(({ path }) => path);
  assert.ok(
    names.includes('dist/index.js') && names.includes('dist/index.d.ts') && names.includes('README.md'),
  );
  assert.deepEqual(
    names.filter((name) => /^(src|test|tools)\//.test(name)),
    [],
  );
  const script = "const { Safeguards } = require('honmaru-cdk'); console.log(typeof Safeguards.attachTo)";
  const loaded = run(process.execPath, ['-e', script], { cwd: CDK });
  assert.equal(loaded.out.trim(), 'function', loaded.err);
});
