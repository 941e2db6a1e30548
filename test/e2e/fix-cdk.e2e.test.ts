import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { statesOf } from './fix-support.ts';
import { honmaru, ROOT, run } from './program.ts';

/** Inside of the package, so that the app finds aws-cdk-lib and honmaru-cdk as an installed one would. */
const FOLDER = join(ROOT, 'cdk/dist/fix-apps');
const TYPESCRIPT = join(ROOT, 'node_modules/typescript-7/bin/tsc');
const DOMAIN = ['--domain', 'shop.example.com', '--hosted-zone', 'Z0123456789ABCDEFGHIJ'];

const APPS = [
  { name: 'classic', build: 'classicApp', on: ['waf', 'imdsv2', 'logging', 's3-block-public-access'] },
  { name: 'containers', build: 'containersApp', on: ['waf', 'logging'] },
  { name: 'serverless', build: 'serverlessApp', on: ['waf', 'logging'] },
];

before(() => {
  const built = run(process.execPath, ['tools/build.ts'], { cwd: join(ROOT, 'cdk') });
  assert.equal(built.code, 0, built.out + built.err);
});

for (const { name, build, on } of APPS) {
  test(`the file that fix adds to the app "${name}" is well typed, synthesizes and attaches`, () => {
    const folder = join(FOLDER, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    try {
      synthesize(folder, program(name, build, ''));
      writeFileSync(join(folder, 'cdk.json'), '{"app": "node app.ts"}');
      const earlier = statesOf(folder, 'cdk.out');

      const written = honmaru(['fix', 'cdk.out', ...DOMAIN, '--write'], { cwd: folder });
      assert.equal(written.code, 0, written.err);
      assert.match(written.err, /added: honmaru-safeguards\.ts/);
      const added = readFileSync(join(folder, 'honmaru-safeguards.ts'), 'utf8');
      assert.match(added, /Safeguards\.attachTo\(stack, \{/);

      synthesize(folder, program(name, build, "import { attachSafeguards } from './honmaru-safeguards.ts';"));
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: join(ROOT, 'cdk/tsconfig.json'),
          include: [join(folder, '*.ts')],
          compilerOptions: { types: ['node'] },
        }),
      );
      const typed = run(process.execPath, [TYPESCRIPT, '-p', folder]);
      assert.equal(typed.code, 0, typed.out);

      const states = statesOf(folder, 'cdk.out');
      const worse = [...earlier].filter(([id, state]) => state === 'on' && states.get(id) !== 'on');
      assert.deepEqual(worse, [], 'nothing that was on is off');
      for (const id of on) {
        const places = [...states].filter(([place]) => place.startsWith(`${id}@`));
        assert.ok(places.length > 0, id);
        assert.ok(
          places.some(([, state]) => state === 'on'),
          `${id}: ${JSON.stringify(places)}`,
        );
      }
      const again = honmaru(['fix', 'cdk.out', ...DOMAIN, '--write'], { cwd: folder });
      assert.equal(again.code, 0, again.err);
      assert.doesNotMatch(again.err, /added|written/, 'the file of the app is its owner’s from then on');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function program(name: string, build: string, attach: string): string {
  return [
    "import { App } from 'aws-cdk-lib/core';",
    `import { ${build} } from '../../../test/apps/${name}.ts';`,
    ...(attach === '' ? [] : [attach]),
    '',
    "const app = new App({ outdir: 'cdk.out' });",
    `const stack = ${build}(app);`,
    attach === '' ? 'stack.node.validate();' : 'attachSafeguards(stack);',
    'app.synth();',
    '',
  ].join('\n');
}

function synthesize(folder: string, text: string): void {
  rmSync(join(folder, 'cdk.out'), { recursive: true, force: true });
  writeFileSync(join(folder, 'app.ts'), text);
  const ran = run(process.execPath, ['app.ts'], { cwd: folder });
  assert.equal(ran.code, 0, ran.err);
}
