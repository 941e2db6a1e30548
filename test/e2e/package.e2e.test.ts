import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inFolder, run } from './program.ts';

test('the packed package, installed into an empty folder, does the main job', () =>
  inFolder((folder) => {
    const packed = run('npm', ['pack', '--pack-destination', folder, '--silent']);
    assert.equal(packed.code, 0, packed.err);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    assert.ok(tarball, 'npm pack wrote no tarball');

    writeFileSync(join(folder, 'package.json'), '{"private": true}');
    const installed = run(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`],
      { cwd: folder },
    );
    assert.equal(installed.code, 0, installed.err);

    const home = join(folder, 'node_modules', 'honmaru');
    assert.ok(!existsSync(join(home, 'src')), 'sources are not published');
    const names = readdirSync(join(home, 'dist'), { recursive: true, encoding: 'utf8' });
    assert.deepEqual(
      names.filter((name) => /\.test\.|testing/.test(name)),
      [],
      'tests are not published',
    );

    const program = join(folder, 'node_modules', '.bin', 'honmaru');
    const report = join(folder, 'report.json');
    const words = [
      'assess',
      join(home, 'examples', 'webapp'),
      '--format',
      'json',
      '--out',
      report,
      '--no-store',
    ];
    const assessed = run(program, words, { cwd: folder });
    assert.equal(assessed.code, 0, assessed.err);
    assert.ok(JSON.parse(readFileSync(report, 'utf8')).risks.length >= 8);

    copyFileSync(join(home, 'examples/webapp/template.yaml'), join(folder, 'template.yaml'));
    const once = run('npm', ['exec', '--offline', '--', 'honmaru', 'assess', 'template.yaml', '--no-store'], {
      cwd: folder,
    });
    assert.equal(once.code, 0, once.err);
    assert.match(once.out, /risks: \d+ high/);

    const policy = run(program, ['collect', '--print-policy'], { cwd: folder });
    assert.equal(policy.code, 0, policy.err);
    assert.ok(JSON.parse(policy.out).Statement[0].Action.length > 200);
    // Nothing listens there: that it is tried shows that the clients are installed with the package.
    const nowhere = [
      '--endpoint-url',
      'http://localhost:9',
      '--regions',
      'eu-west-1',
      '--out',
      'snapshot.json',
    ];
    const collected = run(program, ['collect', ...nowhere], {
      cwd: folder,
      env: { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' },
    });
    assert.equal(collected.code, 2);
    assert.match(collected.err, /AWS cannot be reached in eu-west-1/);

    writeFileSync(
      join(folder, 'use.mjs'),
      "import * as iam from 'honmaru/iam'; console.log(Object.keys(iam).length);",
    );
    const imported = run(process.execPath, ['use.mjs'], { cwd: folder });
    assert.equal(imported.code, 0, imported.err);
    assert.ok(Number(imported.out) > 3);
  }));
