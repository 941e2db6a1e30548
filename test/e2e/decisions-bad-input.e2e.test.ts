import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  ACCEPT,
  allow,
  decisionOf,
  edit,
  gitIn,
  keyIn,
  ok,
  prepare,
  programIn,
  riskOf,
  SATO,
  TANAKA,
} from './decisions-program.ts';
import { honmaru, inFolder } from './program.ts';

const LOG = 'honmaru.decisions.jsonl';

describe('honmaru.yaml', () => {
  test('says file, line and the nearest right word for unknown fields, owners, classes and names', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      const told = async (declaration: string) => {
        prepare(folder, declaration);
        const { code, err } = await program('2027-01-04', 'assess', '.', '--no-store');
        assert.equal(code, 2);
        return err;
      };
      assert.match(
        await told('name: x\nownr: Sato\n'),
        /honmaru.yaml:2:1: the field "ownr" is not known\n.*did you mean "owner"\?/,
      );
      assert.match(
        await told('assets:\n  Database: {confidentialty: 1}\n'),
        /honmaru.yaml:2:14: .*"confidentialty".*\n.*"confidentiality"\?/,
      );
      assert.match(
        await told('assets:\n  Database:\n    integrity: high\n'),
        /honmaru.yaml:3:16: integrity must be 1, 2 or 3/,
      );
      assert.match(
        await told('moved:\n  cfn:template/Db: cfn:template/Databse\n'),
        /honmaru.yaml:2:3: .*\n.*did you mean cfn:template\/Database\?/,
      );
      prepare(folder, 'assets:\n  Databse: {integrity: 1}\n');
      const { coverage } = JSON.parse((await program('2027-01-04', 'assess', '.', '--format', 'json')).out);
      const { reason, remedy, source } = coverage.notAnalysed.find(
        ({ what }: { what: string }) => what === 'Databse',
      );
      assert.match(reason.en, /declares something about Databse, which is not among what was read/);
      assert.deepEqual([remedy.en, source.file, source.line], ['did you mean Database?', 'honmaru.yaml', 2]);
      allow(folder, `sato@example.com ${keyIn(folder, 'sato').key}`);
      writeFileSync(join(folder, LOG), '');
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      prepare(folder, 'scope: application\nowner: Sato <satoo@example.com>\n');
      const { code, err } = await program('2027-01-05', 'assess', '.');
      assert.equal(code, 2);
      assert.match(
        err,
        /honmaru.yaml:2:8: the owner satoo@example.com is not among those whom .honmaru\/allowed_signers lists.*\n.*did you mean "sato@example.com"\?/,
      );
    }));
});

describe('decisions', () => {
  test('about a risk that no longer exists stay, are told, and count for nothing', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      await ok(program('2027-01-04', 'risk', 'decide', id, '--by', SATO));
      edit(folder, 'template.yaml', [
        'CidrIp: 10.0.0.0/16 }',
        'SourceSecurityGroupId: !Ref WebSecurityGroup }',
      ]);
      const { status, gone, counts, why } = await decisionOf(program, '2027-01-05', id);
      assert.deepEqual(
        [status, gone, counts, why.en],
        ['lapsed', true, false, 'the environment has this risk no more'],
      );
      assert.match(
        await ok(program('2027-01-05', 'risk', 'list')),
        new RegExp(`^${id} .* lapsed \\(.*no longer in the environment`, 'm'),
      );
      assert.match(await ok(program('2027-01-05', 'risk', 'history', id)), /#1 .*approved/);
      const unknown = await program('2027-01-05', 'risk', 'treat', 'zzzz', ...ACCEPT, '--by', TANAKA);
      assert.match(unknown.err, /the last assessment has no risk "zzzz"/);

      // Missing data closes nothing; a person's word, or facts, do.
      writeFileSync(
        join(folder, 'unread.yaml'),
        'Resources: {A: {Type: AWS::S3::Bucket, Type: x}}\nAWSTemplateFormatVersion: 1\n',
      );
      await program('2027-01-06', 'assess', '.');
      const unread = await program('2027-01-06', 'risk', 'close', id, '--by', SATO);
      assert.equal(unread.code, 2);
      assert.match(unread.err, /could not read everything/);
      writeFileSync(join(folder, 'unread.yaml'), '');
      await program('2027-01-07', 'assess', '.');
      assert.match(
        await ok(program('2027-01-07', 'risk', 'close', id, '--by', SATO)),
        /closed, because not in the assessment of 2027-01-07/,
      );
      assert.equal((await decisionOf(program, '2027-01-08', id)).status, 'closed');
    }));

  test('of an environment that has another name now are not lost in silence', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      await ok(program('2027-01-04', 'risk', 'export', '--out', LOG));
      prepare(folder, `name: shop\nowner: ${SATO}\n`);
      const { err } = await program('2027-01-05', 'assess', '.');
      assert.match(
        err,
        /the decisions are about template, and this environment is called shop.*name: template/,
      );
    }));

  test('of two people at once: one is kept, the other told', () =>
    inFolder(async (folder) => {
      prepare(folder);
      const env = { HONMARU_DATA: join(folder, 'data') };
      honmaru(['assess', '.'], { cwd: folder, env });
      const id = honmaru(['risk', 'list'], { cwd: folder, env }).out.split(' ')[0] ?? '';
      const program = programIn(folder);
      const both = ['Tanaka', 'Suzuki'].map((by) =>
        program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', by),
      );
      const ran = await Promise.all(both);
      assert.deepEqual(ran.map(({ code }) => code).sort(), [0, 2]);
      assert.match(
        ran.map(({ err }) => err).join(''),
        /somebody else added to the history of this risk at the same moment/,
      );
      assert.equal((await ok(program('2027-01-04', 'risk', 'history', id))).trim().split('\n').length, 1);
    }));

  test('are not made, and do not hold, by a clock that jumped back', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      await ok(program('2027-01-05', 'risk', 'decide', id, '--by', SATO));
      const jumped = await program('2027-01-03', 'assess', '.', '--fail-on', 'high');
      assert.match(
        jumped.err,
        /the clock of this machine \(2027-01-03.*\) is behind the last decision \(2027-01-05/,
      );
      assert.equal(jumped.code, 1);
      const { status, why } = await decisionOf(program, '2027-01-03', id);
      assert.deepEqual([status, why.en], ['lapsed', 'the clock is behind the decision']);
      const acted = await program('2027-01-03', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA);
      assert.match(acted.err, /the clock of this machine is behind the last entry/);
      assert.equal((await decisionOf(program, '2027-01-06', id)).status, 'accepted');
    }));

  test('with HTML, formulas or control characters in their names run nothing and lose nothing', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      const by = '=HYPERLINK("http://x")<script>alert(1)</script>';
      const reason = '<img src=x onerror=alert(1)>\u001b[2J\u202e=cmd|calc\r\nsecond';
      prepare(folder, `owner: '${by}'\nteam: one\n`);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      const words = ['--response', 'accept', '--until', '2027-03-31', '--reason', reason];
      await ok(program('2027-01-04', 'risk', 'treat', id, ...words, '--by', by));
      assert.match(await ok(program('2027-01-04', 'risk', 'decide', id, '--by', by)), /self-approved/);
      const shown = await decisionOf(program, '2027-01-05', id);
      assert.deepEqual([shown.reason, shown.decidedBy, shown.selfApproved], [reason, by, true]);
      for (const words of [
        ['risk', 'list'],
        ['risk', 'history', id],
        ['risk', 'show', id],
      ]) {
        const out = await ok(program('2027-01-05', ...words));
        assert.doesNotMatch(out, /[\u001b\u202e\r]/, words.join(' '));
      }
      const html = await ok(program('2027-01-05', 'assess', '.', '--format', 'html'));
      assert.doesNotMatch(html, /<img src=x|<script>alert/);
      const csv = await ok(program('2027-01-05', 'assess', '.', '--format', 'csv'));
      assert.doesNotMatch(csv, /(^|,|\n)"?=(HYPERLINK|cmd)/);
      const markdown = await ok(program('2027-01-05', 'assess', '.', '--format', 'markdown'));
      assert.doesNotMatch(markdown, /<img src=x|<script>alert/);
      await ok(program('2027-01-05', 'risk', 'export', '--out', LOG, '--by', by));
      assert.match(await ok(program('2027-01-05', 'risk', 'verify', LOG)), /1 history is whole/);
      assert.equal((await ok(program('2027-01-06', 'risk', 'import', LOG))).startsWith('0 entries'), true);
    }));

  test('are not decided about when they changed between looking and deciding', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      const seen =
        /sha256 ([0-9a-f]{64})/.exec(await ok(program('2027-01-04', 'risk', 'show', id)))?.[1] ?? '';
      const { createHash } = await import('node:crypto');
      const canonical = (await ok(program('2027-01-04', 'risk', 'show', id, '--canonical'))).trimEnd();
      assert.equal(createHash('sha256').update(canonical).digest('hex'), seen);
      edit(folder, 'template.yaml', ['      EngineVersion:', '      # later\n      EngineVersion:']);
      edit(folder, 'template.yaml', ['MySQL from inside', '\n        MySQL from inside']);
      await program('2027-01-05', 'assess', '.');
      const other = await program('2027-01-05', 'risk', 'decide', id, '--by', SATO, '--shown', seen);
      assert.equal(other.code, 2);
      assert.match(other.err, /what is to be decided is not what [0-9a-f]+ stands for/);
    }));
});

describe('the file of decisions', () => {
  test('that is no text, damaged or missing is a sentence, and nothing is written over it', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      const log = join(folder, LOG);
      for (const [content, expected] of [
        [Buffer.from([0x7b, 0xff, 0xfe]), /it is no text in UTF-8/],
        [Buffer.from('{"schema":"honmaru.decision/9"}\n'), /:1.*written by a newer version/],
        [Buffer.from('{"kind":"__proto__"}\n'), /:1.*no entry of a decision history/],
      ] as const) {
        writeFileSync(log, content);
        const assessed = await program('2027-01-05', 'assess', '.');
        assert.equal(assessed.code, 2);
        assert.match(assessed.err, expected);
        const exported = await program('2027-01-05', 'risk', 'export', '--out', LOG);
        assert.equal(exported.code, 2);
        assert.deepEqual(readFileSync(log), content);
      }
      const missing = await program('2027-01-05', 'assess', '.', '--decisions', 'nothing.jsonl');
      assert.equal(missing.code, 2);
      assert.match(missing.err, /there is no file nothing.jsonl/);
    }));

  test('is read with a byte order mark, as some editors write it', () =>
    inFolder(async (folder) => {
      const program = programIn(folder);
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat');
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
      const log = join(folder, LOG);
      await ok(program('2027-01-04', 'risk', 'export', '--out', LOG, '--by', TANAKA));
      writeFileSync(log, `\uFEFF${readFileSync(log, 'utf8')}`);
      assert.match(await ok(program('2027-01-05', 'risk', 'verify', LOG)), /^1 history is whole/);
      const unnamed = await program('2027-01-05', 'risk', 'treat', ...ACCEPT, '--by', TANAKA);
      assert.deepEqual([unnamed.code, /say which risk/.test(unnamed.err)], [2, true]);
    }));

  test('keeps what a colleague committed: it is continued, not forked or lost', () =>
    inFolder(async (folder) => {
      const [tanaka, sato] = ['data-tanaka', 'data-sato'].map((name) => ['--data', join(folder, name)]);
      const program = programIn(folder);
      prepare(folder);
      const id = await riskOf(program, '2027-01-04', 'db-flat', ...(tanaka ?? []));
      await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA, ...(tanaka ?? [])));
      await ok(program('2027-01-04', 'risk', 'export', '--out', LOG, ...(tanaka ?? [])));
      await program('2027-01-05', 'assess', '.', ...(sato ?? []));
      const decided = await program('2027-01-05', 'risk', 'decide', id, '--by', SATO, ...(sato ?? []));
      assert.match(decided.err, /1 entries taken over from honmaru.decisions.jsonl/);
      assert.match(decided.out, /#1: approved by Sato/);
      await ok(program('2027-01-05', 'risk', 'export', '--out', LOG, ...(sato ?? [])));
      await ok(program('2027-01-06', 'risk', 'export', '--out', LOG, ...(tanaka ?? [])));
      assert.match(
        await ok(program('2027-01-06', 'risk', 'verify', LOG)),
        /in force: 0 signed, 0 confirmed, 1 not signed/,
      );
    }));
});

test('who acts is whom git names, when nobody is named', () =>
  inFolder((folder) => {
    prepare(folder);
    const nobody = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    const env = { HONMARU_DATA: join(folder, 'data'), ...nobody };
    const git = gitIn(folder);
    git('init', '-q');
    honmaru(['assess', '.'], { cwd: folder, env });
    const id = honmaru(['risk', 'list'], { cwd: folder, env }).out.split(' ')[0] ?? '';
    const unnamed = honmaru(['risk', 'treat', id, ...ACCEPT], { cwd: folder, env });
    assert.equal(unnamed.code, 2);
    assert.match(unnamed.err, /git names nobody here, so --by is needed/);
    git('config', 'user.name', 'Tanaka');
    git('config', 'user.email', 'tanaka@example.com');
    const named = honmaru(['risk', 'treat', id, ...ACCEPT], { cwd: folder, env });
    assert.match(named.out, /proposed by Tanaka <tanaka@example.com>/);
  }));

test('records that somebody altered are named, and decide nothing', () =>
  inFolder(async (folder) => {
    const program = programIn(folder);
    prepare(folder);
    const id = await riskOf(program, '2027-01-04', 'db-flat');
    await ok(program('2027-01-04', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
    await ok(program('2027-01-04', 'risk', 'decide', id, '--by', SATO));
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(folder, 'data/honmaru.db'));
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    for (const { name } of tables) {
      const columns = database.prepare(`SELECT name FROM pragma_table_info(?)`).all(String(name));
      if (!String(name).includes('decision') || !columns.some((column) => column.name === 'value')) continue;
      database.exec(`UPDATE "${name}" SET value = replace(value, '2027-03-31', '2037-03-31')`);
    }
    database.close();
    const { code, err } = await program('2027-01-05', 'assess', '.', '--fail-on', 'high');
    assert.equal(code, 2);
    assert.match(err, /was altered: its hash does not fit/);
    assert.equal((await decisionOf(program, '2027-01-05', id)).status, 'undecided');
    assert.equal((await program('2027-01-05', 'risk', 'list')).code, 2);
  }));

test('where several environments are kept, the one that has the risk is meant, or the one that is named', () =>
  inFolder(async (folder) => {
    const program = programIn(folder);
    for (const name of ['shop', 'blog']) {
      prepare(folder, `name: ${name}\nowner: ${SATO}\nstacks: { template.yaml: ${name} }\n`);
      await program(`2027-01-0${name === 'shop' ? 4 : 5}`, 'assess', '.');
    }
    const list = await program('2027-01-06', 'risk', 'list');
    assert.match(list.err, /environment blog \(kept: blog, shop; choose with --environment\)/);
    const id = (await ok(program('2027-01-06', 'risk', 'list', '--environment', 'shop'))).split(' ')[0] ?? '';
    const treated = await ok(program('2027-01-06', 'risk', 'treat', id, ...ACCEPT, '--by', TANAKA));
    assert.match(treated, /proposed by Tanaka/);
    const wrong = await program('2027-01-06', 'risk', 'list', '--environment', 'shp');
    assert.match(
      wrong.err,
      /no assessment of an environment "shp" is kept \(kept: blog, shop\)\n.*did you mean shop\?/,
    );
  }));
