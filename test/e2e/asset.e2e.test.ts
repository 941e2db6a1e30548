import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { honmaru, inFolder, ROOT } from './program.ts';

/** A folder with the example's template and declaration, and commands that run in it. */
async function inEnvironment(
  work: (folder: string, run: (...words: string[]) => ReturnType<typeof honmaru>) => unknown,
) {
  await inFolder(async (folder) => {
    for (const file of ['template.yaml', 'honmaru.yaml'])
      copyFileSync(join(ROOT, 'examples/webapp', file), join(folder, file));
    const env = { HONMARU_DATA: join(folder, 'data') };
    await work(folder, (...words) => honmaru(words, { cwd: folder, env }));
  });
}

const LAPTOP = [
  'asset',
  'add',
  '--name',
  '営業部のPC',
  '--kind',
  'pc',
  '--key',
  'sales-pc',
  '--confidentiality',
  '3',
];
const LOST = [
  ...[
    'risk',
    'add',
    '--title',
    'PCの紛失',
    '--key',
    'lost-pc',
    '--factor',
    'human-error',
    '--cause',
    '持ち出し',
  ],
  ...['--event', '紛失', '--effect', '流出', '--reaches', 'sales-pc', '--threat', '2'],
  ...['--measure', 'block:planned:ディスクの暗号化:free', '--measure', 'hinder:on:パスワード'],
];

describe('assets and risks that people add', () => {
  test('stand in the inventory, the reports and the list of risks, and are scored like the others', async () => {
    await inEnvironment((folder, run) => {
      for (const words of [LAPTOP, LOST]) {
        const added = run(...words);
        assert.equal(added.code, 0, added.err);
      }
      assert.equal(statSync(join(folder, 'honmaru.assets.yaml')).mode & 0o777, 0o600);
      const json = run('assess', '.', '--format', 'json', '--out', 'report.json');
      assert.equal(json.code, 0, json.err);
      const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
      const risk = report.risks.find(({ rule }: { rule: string }) => rule === 'own');
      assert.equal(risk.assets[0].resource, 'own:sales-pc');
      assert.ok(report.assets.some(({ byHand }: { byHand?: boolean }) => byHand));
      assert.match(run('verify-scores', 'report.json').out, /every score agrees/);
      assert.match(run('asset', 'list', '--lang', 'ja').out, /営業部のPC/);
      assert.match(run('asset', 'list', '.', '--format', 'csv').out, /営業部のPC,PC/);
      assert.match(run('risk', 'list', '--lang', 'ja').out, new RegExp(`${risk.id}.*PCの紛失`));
      assert.match(run('explain', 'lost-pc').out, /ディスクの暗号化: off, blocks \(proposed\)/);
      const treated = run(
        'risk',
        'treat',
        risk.id,
        '--response',
        'accept',
        '--reason',
        '社内のみ',
        '--until',
        '2099-12-31',
        '--by',
        'Tanaka',
      );
      assert.equal(treated.code, 0, treated.err);
      const decided = run('risk', 'decide', risk.id, '--by', report.environment.owner);
      assert.equal(decided.code, 0, decided.err);
      assert.match(run('risk', 'list', '--lang', 'ja').out, new RegExp(`${risk.id}.*受容.*PCの紛失`));
      assert.match(run('assess', '.', '--format', 'csv', '--lang', 'ja').out, /PCの紛失.*受容/);
      for (const format of ['html', 'csv', 'sarif', 'markdown', 'junit'])
        assert.match(run('assess', '.', '--format', format, '--lang', 'ja').out, /PCの紛失/, format);
    });
  });

  test('may be all there is', async () => {
    await inFolder((folder) => {
      const run = (...words: string[]) =>
        honmaru(words, { cwd: folder, env: { HONMARU_DATA: join(folder, 'data') } });
      assert.equal(run(...LAPTOP).code, 0);
      assert.equal(run(...LOST).code, 0);
      const shown = run('assess', '.');
      assert.equal(shown.code, 0, shown.err);
      assert.match(shown.out, /1 risk/);
    });
  });

  test('names with markup, formulas and control characters stay names', async () => {
    await inEnvironment((_, run) => {
      const evil = '=HYPERLINK("x")<script>alert(1)</script>\u001b[31m';
      assert.equal(
        run('asset', 'add', '--kind', 'pc', '--key', 'evil', '--name', evil, '--holds', evil).code,
        0,
      );
      const page = run('assess', '.', '--format', 'html').out;
      assert.doesNotMatch(page, /<script/);
      assert.match(page, /&lt;script&gt;/);
      assert.match(run('asset', 'list', '.', '--format', 'csv').out, /"'=HYPERLINK/);
      const listed = run('asset', 'list', '.').out;
      assert.ok(!listed.includes('\u001b'));
    });
  });

  test('what is wrong is a sentence with file, line and the nearest right word; the file is left as it was', async () => {
    await inEnvironment((folder, run) => {
      const path = join(folder, 'honmaru.assets.yaml');
      writeFileSync(path, 'assets:\n  pc:\n    kindd: pc\nrisks: {}\n');
      const before = readFileSync(path, 'utf8');
      const refused = run(...LAPTOP);
      assert.equal(refused.code, 2);
      assert.match(refused.err, /honmaru\.assets\.yaml:3:5: .*"kindd".*\n.*did you mean "kind"/);
      assert.equal(readFileSync(path, 'utf8'), before);
      const assessed = run('assess', '.');
      assert.equal(assessed.code, 2);
      assert.match(assessed.err, /honmaru\.assets\.yaml:3:5/);
      writeFileSync(path, `assets:\n  sales-pc: {kind: pc}\n`);
      const unknown = run(...LOST.with(LOST.indexOf('sales-pc'), 'sale-pc'));
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /there is no asset "sale-pc"\n.*did you mean "sales-pc"/);
      assert.equal(run(...LOST).code, 0);
      const written = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        written.replace(/- "?sales-pc/, (name) => name.replace('sales', 'sale')),
      );
      assert.notEqual(readFileSync(path, 'utf8'), written);
      const byHand = run('assess', '.');
      assert.equal(byHand.code, 2);
      assert.match(
        byHand.err,
        /honmaru\.assets\.yaml:\d+:\d+: there is no asset "sale-pc"\n.*did you mean "sales-pc"/,
      );
      writeFileSync(path, written);
      for (const words of [
        ['asset'],
        ['asset', 'ad'],
        ['asset', 'add'],
        ['asset', 'add', '--name', 'x', '--kind', 'laptop'],
        ['asset', 'add', '--name', 'x', '--kind', 'pc', '--key', 'No Key'],
        ['asset', 'add', 'nowhere', '--name', 'x', '--kind', 'pc'],
        ['risk', 'add', '--title', 'x'],
        [...LOST, '--measure', 'blok:on:x'],
        [...LOST, '--measure', 'block:on:'],
      ]) {
        const { code, err } = run(...words);
        assert.equal(code, 2, words.join(' '));
        assert.match(err, /^honmaru: /);
        assert.doesNotMatch(err, /at file:|defect/);
      }
    });
  });

  test('of two that are added at once none is lost: one is refused, or both are there', async () => {
    await inEnvironment(async (folder) => {
      const codes = await Promise.all(
        [1, 2, 3, 4].map(
          (number) =>
            new Promise<number | null>((done) => {
              const words = [
                'asset',
                'add',
                '--name',
                `PC ${number}`,
                '--kind',
                'pc',
                '--key',
                `pc-${number}`,
              ];
              spawn(process.execPath, [join(ROOT, 'bin/honmaru.js'), ...words], {
                cwd: folder,
                stdio: 'ignore',
              }).on('close', done);
            }),
        ),
      );
      const content = readFileSync(join(folder, 'honmaru.assets.yaml'), 'utf8');
      const added = codes.flatMap((code, index) => (code === 0 ? [`pc-${index + 1}`] : []));
      assert.ok(added.length > 0);
      for (const key of added) assert.ok(content.includes(`  ${key}:`), `${key} was said to be added`);
      assert.ok(!existsSync(join(folder, 'honmaru.assets.yaml.new')));
    });
  });
});
