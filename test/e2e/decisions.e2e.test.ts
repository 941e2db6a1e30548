import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Terminal } from '../../src/cli/command.ts';
import { main } from '../../src/cli/main.ts';
import { inFolder, ROOT } from './program.ts';

/** Calls of the program at a chosen time, with records in a folder. */
function programIn(folder: string) {
  return async (day: string, ...words: string[]) => {
    let out = '';
    let err = '';
    const terminal: Terminal = {
      cwd: folder,
      environment: { HONMARU_DATA: join(folder, 'data'), LANG: 'C' },
      width: 100,
      color: false,
      interactive: false,
      out: (piece) => {
        out += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8');
      },
      error: (piece) => {
        err += piece;
      },
      now: () => new Date(`${day}T09:00:00Z`),
    };
    const code = await main(words, terminal);
    return { code, out, err };
  };
}

const ACCEPT = ['--response', 'accept', '--reason', 'test data only', '--until', '2027-03-31'];

test('a risk is found, proposed, accepted by its owner only, and its acceptance lapses', () =>
  inFolder(async (folder) => {
    const honmaru = programIn(folder);
    copyFileSync(join(ROOT, 'examples/webapp/template.yaml'), join(folder, 'template.yaml'));
    writeFileSync(join(folder, 'honmaru.yaml'), 'owner: Sato\n');
    await honmaru('2027-01-04', 'assess', '.');
    const id = (await honmaru('2027-01-04', 'risk', 'list')).out.split(' ')[0] ?? '';
    const stateOn = async (day: string) =>
      (await honmaru(day, 'risk', 'list')).out.split('\n').find((line) => line.startsWith(id)) ?? '';

    assert.match(await stateOn('2027-01-04'), /undecided/);
    assert.equal((await honmaru('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', 'Tanaka')).code, 0);
    const own = await honmaru('2027-01-05', 'risk', 'decide', id, '--by', 'Tanaka');
    assert.equal(own.code, 2);
    assert.match(own.err, /only the owner, Sato/);
    assert.equal((await honmaru('2027-01-05', 'risk', 'decide', id.slice(0, 8), '--by', 'Sato')).code, 0);

    await honmaru('2027-02-01', 'assess', '.');
    assert.match(await stateOn('2027-02-01'), /accepted until 2027-03-31/);
    assert.match(await stateOn('2027-04-01'), /lapsed \(its last day was 2027-03-31\)/);

    writeFileSync(
      join(folder, 'honmaru.yaml'),
      'owner: Sato\nassets:\n  Database: {confidentiality: 1, integrity: 1, availability: 1}\n',
    );
    await honmaru('2027-02-02', 'assess', '.');
    assert.match(await stateOn('2027-02-02'), /lapsed \(the facts that were accepted have changed\)/);
  }));

test('what two branches decided merges in git and verifies; what was changed is named', () =>
  inFolder(async (folder) => {
    const git = (...words: string[]) => {
      const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
      const result = spawnSync('git', [...who, ...words], { cwd: folder, encoding: 'utf8' });
      assert.equal(result.status, 0, result.stderr);
    };
    copyFileSync(join(ROOT, 'examples/webapp/template.yaml'), join(folder, 'template.yaml'));
    const log = join(folder, 'honmaru.decisions.jsonl');
    writeFileSync(log, '');
    writeFileSync(join(folder, '.gitattributes'), 'honmaru.decisions.jsonl merge=union\n');
    writeFileSync(join(folder, '.gitignore'), 'data*\n');
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'start');
    for (const [index, branch] of ['one', 'two'].entries()) {
      git('checkout', '-q', '-b', branch, 'main');
      const honmaru = programIn(folder);
      const data = ['--data', join(folder, `data-${branch}`)];
      await honmaru('2027-01-04', 'assess', 'template.yaml', ...data);
      const lines = (await honmaru('2027-01-04', 'risk', 'list', ...data)).out.split('\n');
      const id = lines[index]?.split(' ')[0] ?? '';
      await honmaru('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', 'Tanaka', ...data);
      assert.equal((await honmaru('2027-01-04', 'risk', 'export', '--out', log, ...data)).code, 0);
      git('commit', '-qam', branch);
    }
    git('merge', '-q', '--no-edit', 'one');

    const honmaru = programIn(folder);
    const merged = await honmaru('2027-01-05', 'risk', 'verify', log);
    assert.deepEqual([merged.code, merged.err], [0, '']);
    assert.match(merged.out, /2 histories are whole/);
    writeFileSync(log, readFileSync(log, 'utf8').replace('Tanaka', 'Suzuki'));
    const altered = await honmaru('2027-01-05', 'risk', 'verify', log);
    assert.equal(altered.code, 2);
    assert.match(altered.err, /#0 was altered/);
  }));
