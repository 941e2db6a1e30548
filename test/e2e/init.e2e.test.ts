import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { honmaru, inFolder, programOnPath, ROOT, run } from './program.ts';

const ANSWERS = [
  '--name',
  'shop: "1"',
  '--scope',
  'account',
  '--owner',
  '山田',
  '--alone',
  'yes',
  '--data',
  '2',
];

describe('init', () => {
  test('options answer the five questions; the program reads back what it wrote', () =>
    inFolder((folder) => {
      copyFileSync(join(ROOT, 'examples/webapp/template.yaml'), join(folder, 'template.yaml'));
      const done = honmaru(['init', folder, ...ANSWERS]);
      assert.equal(done.code, 0, done.err);
      const shown = JSON.parse(honmaru(['assess', folder, '--no-store', '--format', 'json']).out);
      assert.deepEqual(
        [shown.environment.name, shown.environment.scope, shown.environment.owner, shown.environment.team],
        ['shop: "1"', 'account', '山田', 'one'],
      );
      const database = shown.assets.find(({ name }: { name: string }) => name === 'Database');
      assert.deepEqual([database.confidentiality, database.assumed], [{ low: 2, high: 2 }, false]);
    }));

  test('never overwrites', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'honmaru.yaml'), 'name: mine\n');
      const done = honmaru(['init', folder, ...ANSWERS]);
      assert.equal(done.code, 2);
      assert.match(done.err, /left as it is/);
      assert.equal(readFileSync(join(folder, 'honmaru.yaml'), 'utf8'), 'name: mine\n');
    }));

  test('without a terminal it says which answers are open, and writes nothing', () =>
    inFolder((folder) => {
      const done = honmaru(['init', folder, '--name', 'shop']);
      assert.equal(done.code, 2);
      assert.match(done.err, /--scope --owner --alone --data/);
      assert.ok(!existsSync(join(folder, 'honmaru.yaml')));
    }));

  test(
    'at a terminal it asks, and asks again where the answer does not fit',
    {
      skip: programOnPath('script') ? false : 'script (util-linux) is not there: no terminal was played',
    },
    () =>
      inFolder((folder) => {
        const answers = 'shop\\n\\nYamada\\nmaybe\\nno\\n3\\n';
        const program = `${process.execPath} ${join(ROOT, 'bin/honmaru.js')} init`;
        const done = run('bash', ['-c', `printf '${answers}' | script -qec '${program}' /dev/null`], {
          cwd: folder,
        });
        assert.equal(done.code, 0, done.out + done.err);
        assert.match(done.out, /please choose one of these words/);
        const written = readFileSync(join(folder, 'honmaru.yaml'), 'utf8');
        assert.match(written, /^name: "shop"\nscope: application\n/m);
        assert.ok(!written.includes('team:'));
      }),
  );
});
