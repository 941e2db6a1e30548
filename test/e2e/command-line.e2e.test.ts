import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { honmaru, inFolder, programOnPath, ROOT, run } from './program.ts';

const EXAMPLE = join(ROOT, 'examples/webapp');

describe('honmaru assess', () => {
  test('shows the risks of the reference environment, worst first, in both languages', () =>
    inFolder((folder) => {
      const english = honmaru(['assess', EXAMPLE, '--data', folder]);
      assert.equal(english.code, 0, english.err);
      assert.equal(english.err, '');
      assert.match(english.out, /high/i);
      const japanese = honmaru(['assess', EXAMPLE, '--data', folder, '--lang', 'ja']);
      assert.match(japanese.out, /リスク/);
      assert.match(japanese.out, /高/);
    }));

  test('writes JSON whose scores an independent program recomputes', () =>
    inFolder((folder) => {
      const out = join(folder, 'report.json');
      assert.equal(honmaru(['assess', EXAMPLE, '--format', 'json', '--out', out, '--no-store']).code, 0);
      assert.equal(statSync(out).mode & 0o777, 0o600);
      const verified = honmaru(['verify-scores', out]);
      assert.equal(verified.code, 0, verified.out);
      const report = JSON.parse(readFileSync(out, 'utf8'));
      const worst = report.risks.find((risk: { rule: string }) => risk.rule === 'inject-db');
      worst.current.high = 1;
      writeFileSync(out, JSON.stringify(report));
      const tampered = honmaru(['verify-scores', out]);
      assert.equal(tampered.code, 1);
      assert.match(tampered.out, new RegExp(worst.id));
    }));

  test('the exit code follows --fail-on', () => {
    assert.equal(honmaru(['assess', EXAMPLE, '--no-store', '--fail-on', 'high']).code, 1);
    assert.equal(honmaru(['check', EXAMPLE, '--fail-on', 'high']).code, 1);
    assert.equal(honmaru(['check', EXAMPLE, '--control', 'RDS.6', '--fail-on', 'high']).code, 0);
  });

  test('loads nothing of the AWS SDK, the wire or the services', () => {
    const watch = `
      import { registerHooks } from 'node:module';
      const seen = [];
      registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
      const { main } = await import('${ROOT}/src/cli/main.ts');
      const terminal = { cwd: '${ROOT}', environment: {}, width: 80, color: false, interactive: false,
        out() {}, error() {}, now: () => new Date() };
      await main(['assess', 'examples/webapp', '--no-store'], terminal);
      console.log(JSON.stringify(seen));`;
    const { code, out, err } = run(process.execPath, ['--input-type=module', '-e', watch]);
    assert.equal(code, 0, err);
    const seen: string[] = JSON.parse(out);
    assert.ok(seen.length > 100, 'the modules were not watched');
    assert.deepEqual(
      seen.filter((url) => /@aws-sdk|@smithy|\/src\/(wire|platform|services|edge|api)\//.test(url)),
      [],
    );
  });

  test('keeps the last assessment, so that explain needs no path', () =>
    inFolder((folder) => {
      const json = honmaru(['assess', EXAMPLE, '--data', folder, '--format', 'json']);
      const risk = JSON.parse(json.out).risks[0];
      const explained = honmaru(['explain', risk.id, '--data', folder]);
      assert.equal(explained.code, 0, explained.err);
      assert.ok(explained.out.includes(risk.title.en));
      assert.equal(statSync(folder).mode & 0o077, 0);
      assert.equal(statSync(join(folder, 'honmaru.db')).mode & 0o777, 0o600);
    }));

  test('a safeguard is explained under the spelling of the lecture note too', () => {
    for (const name of ['waf', 'Gurd Duty', 'Security Manager']) {
      const explained = honmaru(['explain', name, '--lang', 'ja', '--data', '/nonexistent/honmaru']);
      assert.equal(explained.code, 0, `${name}: ${explained.err}`);
      assert.match(explained.out, /防げないこと/);
    }
  });
});

describe('honmaru diff', () => {
  test('compares paths and written assessments; --fail-on-worse decides the exit code', () =>
    inFolder((folder) => {
      const old = join(folder, 'old.json');
      assert.equal(honmaru(['assess', EXAMPLE, '--no-store', '--format', 'json', '--out', old]).code, 0);
      const same = honmaru(['diff', old, EXAMPLE, '--fail-on-worse']);
      assert.equal(same.code, 0, same.out + same.err);
      assert.match(same.out, /alters no risk/);
      const template = readFileSync(join(EXAMPLE, 'template.yaml'), 'utf8');
      const changed = join(folder, 'webapp');
      mkdirSync(changed);
      copyFileSync(join(EXAMPLE, 'honmaru.yaml'), join(changed, 'honmaru.yaml'));
      writeFileSync(
        join(changed, 'template.yaml'),
        template.replace('ToPort: 22, CidrIp: 0.0.0.0/0', 'ToPort: 22, CidrIp: 10.0.0.0/16'),
      );
      assert.match(honmaru(['diff', old, changed]).out, /Risks that are gone/);
      const worse = honmaru([
        'diff',
        changed,
        old,
        '--fail-on-worse',
        '--format',
        'markdown',
        '--lang',
        'ja',
      ]);
      assert.equal(worse.code, 1);
      assert.match(worse.out, /^\*\*この変更で悪くなるリスク1件/);
      assert.equal(honmaru(['diff', old]).code, 2);
    }));
});

describe('bad use', () => {
  const cases: readonly [string, readonly string[], RegExp][] = [
    ['an unknown command', ['asess', '.'], /did you mean "honmaru assess"/],
    ['an unknown option', ['assess', EXAMPLE, '--formt', 'json'], /did you mean --format/],
    ['a word that is not among the choices', ['assess', EXAMPLE, '--format', 'jsn'], /did you mean json/],
    ['a parameter without a value', ['assess', EXAMPLE, '--parameter', 'Stage'], /NAME=VALUE/],
    ['a path that does not exist', ['assess', 'no-such-folder', '--no-store'], /no-such-folder/],
    ['a control that does not exist', ['check', EXAMPLE, '--control', 'S3.800'], /S3\.800/],
    ['a report that is none', ['verify-scores', join(EXAMPLE, 'template.yaml')], /template\.yaml/],
    [
      'a folder instead of a report',
      ['verify-scores', EXAMPLE, '--lang', 'ja'],
      /webapp をレポートとして読め/,
    ],
    ['a file that no disk takes', ['assess', EXAMPLE, '--no-store', '--out', EXAMPLE], /it is a folder/],
    ['a word that collect has no use for', ['collect', 'prod', '--out', 'x.json'], /takes no "prod"/],
    ['another machine without --host', ['collect', '--ssh', 'a@b', '--out', 'x.json'], /--ssh .* --host/],
    ['an account together with --host', ['collect', '--host', '--regions', 'all'], /--regions .* --host/],
    [
      'an endpoint that is no URL',
      ['collect', '--out', 'x.json', '--endpoint-url', 'localhost:5000'],
      /--endpoint-url is an http or https URL, not "localhost:5000"/,
    ],
    ['an id that nobody knows', ['explain', 'zzzzzzzz', '--data', '/nonexistent/honmaru'], /zzzzzzzz/],
  ];
  for (const [what, words, message] of cases) {
    test(`${what} ends with 2 and says what to do`, () => {
      const { code, err } = honmaru(words);
      assert.equal(code, 2);
      assert.match(err, message);
      assert.doesNotMatch(err, /\n\s+at /);
    });
  }
});

describe('bad input', () => {
  const templates: Record<string, { text: string | Buffer; says: RegExp }> = {
    'a YAML error': { text: 'Resources:\n  A:\n    Type: [AWS::S3::Bucket\n', says: /bad\.yaml:\d+:\d+/ },
    'a cyclic reference': {
      text: 'Resources:\n  A: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref B}}\n  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref A}}\n',
      says: /bad\.yaml:[23]/,
    },
    'an alias bomb': {
      text: `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)
        .join('\n')}\nResources: {A: {Type: AWS::S3::Bucket}}\n`,
      says: /bad\.yaml/,
    },
    'a Type that is not a string': {
      text: 'Resources:\n  A:\n    Type: [AWS::S3::Bucket]\n  B:\n    Type: AWS::S3::Bucket\n',
      says: /bad\.yaml:3/,
    },
    'duplicate keys': {
      text: 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n  A:\n    Type: AWS::SQS::Queue\n',
      says: /bad\.yaml:4/,
    },
    'invalid UTF-8': { text: Buffer.from([0x52, 0x3a, 0x20, 0xff, 0xfe, 0x0a]), says: /UTF-8/ },
  };
  for (const [what, { text, says }] of Object.entries(templates)) {
    test(`${what} ends with 2 and names the place; the rest is still assessed`, () =>
      inFolder((folder) => {
        writeFileSync(join(folder, 'bad.yaml'), text);
        copyFileSync(join(EXAMPLE, 'template.yaml'), join(folder, 'good.yaml'));
        const { code, out, err } = honmaru(
          ['assess', 'bad.yaml', 'good.yaml', '--format', 'json', '--no-store'],
          {
            cwd: folder,
          },
        );
        assert.equal(code, 2);
        assert.match(err, says);
        assert.doesNotMatch(err, /\n\s+at /);
        const report = JSON.parse(out);
        assert.ok(report.coverage.notAnalysed.some((each: { kind: string }) => each.kind === 'input'));
        assert.ok(report.risks.length > 0, 'the good template was not assessed');
      }));
  }

  test('__proto__ keys change nothing but themselves', () =>
    inFolder((folder) => {
      writeFileSync(
        join(folder, 'proto.json'),
        '{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"__proto__": {"BucketEncryption": {}}}}, "__proto__": {"Type": "AWS::SQS::Queue"}}}',
      );
      const { code, out } = honmaru(['check', 'proto.json', '--format', 'json'], { cwd: folder });
      assert.ok(code === 0 || code === 2);
      assert.ok(JSON.parse(out).some((finding: { resource: string }) => finding.resource === 'cfn:proto/A'));
    }));

  test('a file of one gigabyte is refused at once', () =>
    inFolder((folder) => {
      const path = join(folder, 'huge.json');
      writeFileSync(path, '{');
      truncateSync(path, 1024 ** 3);
      const { code, err } = honmaru(['assess', 'huge.json', '--no-store'], { cwd: folder });
      assert.equal(code, 2);
      assert.match(err, /huge\.json/);
    }));

  test(
    'a file that may not be read is named',
    { skip: !canDropRights() && 'needs root, to become another user' },
    () =>
      inFolder((folder) => {
        chmodSync(folder, 0o755);
        const path = join(folder, 'secret.yaml');
        writeFileSync(path, 'Resources: {}\n', { mode: 0o600 });
        const { code, err } = run(
          process.execPath,
          [join(ROOT, 'bin/honmaru.js'), 'assess', path, '--no-store'],
          {
            cwd: folder,
            uid: 65534,
            env: { HOME: folder },
          },
        );
        assert.equal(code, 2);
        assert.match(err, /secret\.yaml/);
      }),
  );

  test('a folder without a template is no green result', () =>
    inFolder((folder) => {
      mkdirSync(join(folder, 'docs'));
      writeFileSync(join(folder, 'docs', 'notes.yaml'), 'title: not a template\n');
      const { code, err } = honmaru(['assess', '.', '--no-store'], { cwd: folder });
      assert.equal(code, 2);
      assert.match(err, /template/i);
    }));
});

/** Whether the checkout can be read by another user, and this one may become that user. */
function canDropRights(): boolean {
  if (process.getuid?.() !== 0) return false;
  return (
    run(process.execPath, ['-e', `fs.readFileSync(${JSON.stringify(join(ROOT, 'bin/honmaru.js'))})`], {
      uid: 65534,
      cwd: '/',
    }).code === 0
  );
}

describe('finding Node.js', () => {
  const hosts = programOnPath('node');
  const version = hosts ? Number(run(hosts, ['-p', 'parseInt(process.versions.node)']).out) : 24;
  const skip = version >= 24 && 'no older Node.js on this machine';
  test('an older Node.js of the host hands over to the packaged one', { skip }, () => {
    const { code, out, err } = run(hosts ?? '', [
      join(ROOT, 'bin/honmaru.js'),
      'check',
      EXAMPLE,
      '--fail-on',
      'high',
    ]);
    assert.equal(code, 1, err);
    assert.match(out, /WebServer/);
  });

  test('the starter uses nothing that an old Node.js cannot parse', () => {
    const source = readFileSync(join(ROOT, 'bin/honmaru.js'), 'utf8').replace(/^\s*(\/\/|\/\*\*).*$/gm, '');
    assert.doesNotMatch(source, /=>|`|\b(const|let|class|async|import|export)\b(?!\.)/);
  });
});
