import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { get, referenceFrom, showValue, stringFrom } from '../model/value.ts';
import { isDeclared } from './graph.ts';
import { readEnvironment } from './read.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'honmaru-read-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

async function read(paths: readonly string[] = ['.'], parameters: Readonly<Record<string, string>> = {}) {
  const reading = await readEnvironment({
    paths,
    parameters: new Map(Object.entries(parameters)),
    asOf: '2026-01-01T00:00:00.000Z',
    cwd: folder,
  });
  return {
    ...reading,
    ids: reading.graph.resources.filter(isDeclared).map(({ id }) => id),
    problems: reading.notAnalysed
      .filter(({ kind }) => kind === 'input')
      .map(({ source, what, reason }) => `${source ? `${source.file}:${source.line}` : what}: ${reason.en}`),
  };
}

const BUCKET = 'Resources:\n  Files:\n    Type: AWS::S3::Bucket\n';

describe('which files make an environment', () => {
  test('a walk takes the templates and leaves other YAML and JSON alone', async () => {
    write({
      'storage.yaml': BUCKET,
      'queue.template': '{"Resources": {"Jobs": {"Type": "AWS::SQS::Queue"}}}',
      'docs/notes.yaml': 'title: nothing of ours\n',
      'package.json': '{"name": "app", "Resources": 3}',
      'node_modules/x/template.yaml': BUCKET,
      '.git/template.yaml': BUCKET,
    });
    const { ids, problems } = await read();
    assert.deepEqual(ids, ['cfn:queue/Jobs', 'cfn:storage/Files']);
    assert.deepEqual(problems, []);
  });

  test('a file that is named must be a template', async () => {
    write({ 'notes.yaml': 'title: nothing of ours\n' });
    const { problems } = await read(['notes.yaml']);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^notes\.yaml/);
  });

  test('symbolic links do not lead out of the folder', async () => {
    write({ 'inside/storage.yaml': BUCKET, 'outside/secret.yaml': BUCKET.replace('Files', 'Secret') });
    symlinkSync(join(folder, 'outside'), join(folder, 'inside', 'link'));
    symlinkSync(join(folder, 'outside', 'secret.yaml'), join(folder, 'inside', 'link.yaml'));
    assert.deepEqual((await read(['inside'])).ids, ['cfn:storage/Files']);
  });

  test('honmaru.yaml is looked for in the path, never above it', async () => {
    write({ 'honmaru.yaml': 'scope: account\n', 'app/template.yaml': BUCKET });
    assert.equal((await read(['app'])).declaration.scope, 'application');
    write({ 'app/honmaru.yaml': 'scope: account\nname: shop\n' });
    const { declaration, ids } = await read(['app']);
    assert.equal(declaration.scope, 'account');
    assert.deepEqual(ids, ['cfn:shop/Files']);
    assert.equal((await read(['app/template.yaml'])).declaration.scope, 'account');
  });

  test('a folder below with a declaration of its own is left to its own assessment', async () => {
    write({
      'template.yaml': BUCKET,
      'other/honmaru.yaml': 'scope: account\n',
      'other/template.yaml': BUCKET,
    });
    const { ids, notAnalysed } = await read();
    assert.equal(ids.length, 1);
    assert.deepEqual(
      notAnalysed.map(({ kind, what }) => [kind, what]),
      [['outside', 'other']],
    );
  });

  test('two templates of one name get stacks of their own, without absolute paths', async () => {
    write({ 'a/template.yaml': BUCKET, 'b/template.yaml': BUCKET });
    const { ids } = await read();
    assert.equal(new Set(ids).size, 2);
    for (const id of ids) assert.ok(!id.includes(folder), id);
  });
});

describe('several templates are one environment', () => {
  test('an import finds the export of another template', async () => {
    write({
      'network.yaml': `${BUCKET}Outputs:\n  Out:\n    Value: !GetAtt Files.Arn\n    Export: {Name: files-arn}\n`,
      'app.yaml':
        'Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !ImportValue files-arn\n',
    });
    const { graph } = await read();
    const jobs = graph.get('cfn:app/Jobs');
    assert.ok(jobs);
    const reference = referenceFrom(get(jobs.properties, 'QueueName'));
    assert.deepEqual(reference, { resource: 'cfn:network/Files', attribute: 'Arn' });
  });

  test('a nested stack in a local file gets its parameters and gives its outputs', async () => {
    write({
      'parent.yaml': `Resources:
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./child.yaml
      Parameters: {Name: given}
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !GetAtt Storage.Outputs.Bucket
`,
      'child.yaml': `Parameters:
  Name: {Type: String}
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Ref Name
Outputs:
  Bucket:
    Value: !Ref Files
`,
    });
    const { graph } = await read(['parent.yaml']);
    const files = graph.resources.find(({ name }) => name === 'Files');
    const jobs = graph.resources.find(({ name }) => name === 'Jobs');
    assert.ok(files && jobs);
    assert.equal(stringFrom(get(files.properties, 'BucketName')), 'given');
    assert.equal(graph.target(get(jobs.properties, 'QueueName')), files);
  });

  test('a cdk.out folder gives the stacks of its manifest', async () => {
    write({
      'cdk.out/manifest.json': JSON.stringify({
        version: '36.0.0',
        artifacts: {
          Shop: {
            type: 'aws:cloudformation:stack',
            environment: 'aws://unknown-account/unknown-region',
            properties: { templateFile: 'Shop.template.json' },
          },
        },
      }),
      'cdk.out/Shop.template.json': '{"Resources": {"Files": {"Type": "AWS::S3::Bucket"}}}',
    });
    assert.deepEqual((await read(['cdk.out'])).ids, ['cfn:Shop/Files']);
  });

  test('parameters come from the command line before the declaration before the default', async () => {
    write({
      'template.yaml': `Parameters:
  A: {Type: String, Default: default}
  B: {Type: String, Default: default}
  C: {Type: String, Default: default}
  D: {Type: String}
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub '\${A}-\${B}-\${C}'
      Other: !Ref D
`,
      'honmaru.yaml': 'parameters: {B: declared, C: declared}\n',
    });
    const { graph } = await read(['.'], { C: 'given' });
    const files = graph.resources.find(({ name }) => name === 'Files');
    assert.ok(files);
    assert.equal(showValue(get(files.properties, 'BucketName')), 'default-declared-given');
    assert.equal(get(files.properties, 'Other').kind, 'unknown');
  });
});

describe('bad input is named with its place, and the rest is read', () => {
  const files: Readonly<Record<string, readonly [string | Uint8Array, RegExp]>> = {
    'a YAML error': ['Resources:\n  A:\n    Type: [AWS::S3::Bucket\n', /^bad\.yaml:\d/],
    'a cyclic reference': [
      'Resources:\n  A: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref B}}\n  B: {Type: AWS::S3::Bucket, DependsOn: A}\n',
      /^bad\.yaml:[23].*(cycle|circ)/i,
    ],
    'a cyclic condition': [
      'Conditions:\n  A: !Condition B\n  B: !Condition A\nResources:\n  X: {Type: AWS::S3::Bucket, Condition: A}\n',
      /^bad\.yaml:\d/,
    ],
    'a Type that is not a string': ['Resources:\n  A:\n    Type: [x]\n', /^bad\.yaml:3/],
    'a Type that is missing': ['Resources:\n  A:\n    Properties: {}\n', /^bad\.yaml:2/],
    'duplicate keys': [
      'Resources:\n  A: {Type: AWS::S3::Bucket}\n  A: {Type: AWS::SQS::Queue}\n',
      /^bad\.yaml:3/,
    ],
    'invalid UTF-8': [Uint8Array.from([0x52, 0x3a, 0x20, 0xff, 0x0a]), /UTF-8/],
    'an empty file': ['', /bad\.yaml/],
    'a list at the top': ['- Resources\n', /bad\.yaml/],
    'Resources that is a list': ['Resources: []\nAWSTemplateFormatVersion: "2010-09-09"\n', /^bad\.yaml:1/],
  };
  for (const [what, [content, says]] of Object.entries(files)) {
    test(what, async () => {
      write({ 'bad.yaml': content, 'good.yaml': BUCKET });
      const { problems, ids } = await read(['bad.yaml', 'good.yaml']);
      assert.ok(problems.length > 0, 'no problem was reported');
      assert.match(problems.join('\n'), says);
      assert.ok(ids.includes('cfn:good/Files'));
    });
  }

  test('a huge file is refused without being read', async () => {
    write({ 'huge.yaml': 'Resources:\n' });
    truncateSync(join(folder, 'huge.yaml'), 1024 ** 3);
    const { problems } = await read(['huge.yaml']);
    assert.match(problems[0] ?? '', /^huge\.yaml/);
  });

  test('a reference to nothing becomes an external resource and is said', async () => {
    write({ 'a.yaml': `${BUCKET}    Properties:\n      BucketName: !Ref Nothing\n` });
    const { graph, notAnalysed } = await read(['a.yaml']);
    assert.ok(graph.resources.some((resource) => resource.external && resource.name === 'Nothing'));
    assert.ok(notAnalysed.some(({ source }) => source?.line === 5));
  });

  test('a macro leaves what it would change undecided, and says so', async () => {
    write({ 'a.yaml': `Transform: MyMacro\n${BUCKET}` });
    const { notAnalysed } = await read(['a.yaml']);
    assert.ok(notAnalysed.some(({ what, source }) => what === 'MyMacro' && source?.line === 1));
  });

  test('Windows line ends, a byte order mark and tabs in JSON are no trouble', async () => {
    write({
      'a.yaml': `\ufeff${BUCKET.replaceAll('\n', '\r\n')}`,
      'b.json': '{\r\n\t"Resources": {"Jobs": {"Type": "AWS::SQS::Queue"}}}',
    });
    const { ids, problems } = await read();
    assert.deepEqual(problems, []);
    assert.deepEqual(ids, ['cfn:a/Files', 'cfn:b/Jobs']);
  });

  test('the declaration names unknown fields, wrong classes and the nearest right word', async () => {
    write({
      'template.yaml': BUCKET,
      'honmaru.yaml': 'scop: account\nassets:\n  Files: {confidentialty: 3}\n',
    });
    const { problems, notAnalysed } = await read();
    assert.match(problems.join('\n'), /honmaru\.yaml:1.*scop/);
    const advice = notAnalysed.map(({ remedy }) => remedy?.en ?? '').join('\n');
    assert.match(advice, /scope/);
    assert.match(advice, /confidentiality/);
    write({ 'honmaru.yaml': 'assets:\n  Files: {confidentiality: 4}\n' });
    assert.match((await read()).problems.join('\n'), /honmaru\.yaml:2/);
  });

  test('a team of one is declared in one word', async () => {
    write({ 'template.yaml': BUCKET, 'honmaru.yaml': 'owner: Sato\nteam: one\n' });
    assert.equal((await read()).declaration.team, 'one');
    write({ 'honmaru.yaml': 'owner: Sato\nteam: two\n' });
    assert.match((await read()).problems.join('\n'), /honmaru\.yaml:2.*team/);
  });

  test('declared states of safeguards are read with their place; a wrong state is named', async () => {
    write({
      'template.yaml': BUCKET,
      'honmaru.yaml':
        'safeguards:\n  dependabot: on\n  mfa: {state: partial, says: administrators only}\n  macie:\n    - {state: off, resource: Files}\n  backup: maybe\n',
    });
    const { declaration, problems } = await read();
    assert.deepEqual(
      declaration.safeguards?.map(({ safeguard, state, resource, says, source }) => [
        safeguard,
        state,
        resource,
        says,
        source?.line,
      ]),
      [
        ['dependabot', 'on', undefined, undefined, 2],
        ['mfa', 'partial', undefined, 'administrators only', 3],
        ['macie', 'off', 'Files', undefined, 4],
      ],
    );
    assert.match(problems.join('\n'), /honmaru\.yaml:6.*backup/);
  });
});

describe('what people entered by hand', () => {
  const REGISTER = 'assets:\n  pc: {name: PC, kind: pc}\n';

  test('is read from honmaru.assets.yaml of the folders that are given, and is no template', async () => {
    write({ 'template.yaml': BUCKET, 'honmaru.assets.yaml': REGISTER });
    const { register, problems, ids } = await read();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      register?.assets.map(({ id, source }) => [id, source.file, source.line]),
      [['own:pc', 'honmaru.assets.yaml', 2]],
    );
    assert.deepEqual(ids, ['cfn:template/Files']);
    assert.equal((await read(['template.yaml'])).register?.assets.length, 1);
  });

  test('makes an environment by itself; without the file there is no register', async () => {
    write({ 'honmaru.assets.yaml': REGISTER });
    assert.deepEqual((await read()).problems, []);
    write({ 'other/template.yaml': BUCKET });
    assert.equal((await read(['other'])).register, undefined);
  });

  test('problems are told with the line; of two files the first that names a key counts', async () => {
    write({
      'a/honmaru.assets.yaml': 'assets:\n  pc: {kind: pc, nmae: x}\n',
      'b/honmaru.assets.yaml': 'assets:\n  pc: {kind: paper}\n  box: {kind: paper}\n',
    });
    const { register, problems } = await read(['a', 'b']);
    assert.match(problems.join('\n'), /a\/honmaru\.assets\.yaml:2: the field "nmae" is not known/);
    assert.deepEqual(
      register?.assets.map(({ id, kind }) => `${id} ${kind}`),
      ['own:pc pc', 'own:box paper'],
    );
    write({ 'a/honmaru.assets.yaml': '\t- [' });
    assert.ok((await read(['a'])).problems.length > 0);
  });
});
