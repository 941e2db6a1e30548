import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { stringOf } from '../../kernel/document.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import { itemsOf, referenceFrom, showValue, stringFrom } from '../../model/value.ts';
import { subnetsWithin } from './address-block.ts';
import { expandLoops } from './loops.ts';
import { readForTest, templateFile } from './testing.ts';

describe('parameters', () => {
  const shown = (declaration: string, given: Record<string, string> = {}) =>
    readForTest(
      `Parameters:\n  P: ${declaration}\nResources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Ref P}\n`,
      given,
    ).property('A', 'BucketName');

  test('what is given goes before the default', () => {
    assert.equal(stringFrom(shown('{Type: String, Default: a}')), 'a');
    assert.equal(stringFrom(shown('{Type: String, Default: a}', { P: 'b' })), 'b');
  });
  test('lists are split at commas', () => {
    const value = shown('{Type: "List<String>", Default: "a, b"}');
    assert.deepEqual(itemsOf(value).map(stringFrom), ['a', 'b']);
  });
  test('a secret is never shown, whether by default or given', () => {
    for (const value of [
      shown('{Type: String, NoEcho: true, Default: hunter2}'),
      shown('{Type: String, NoEcho: true}', { P: 'hunter2' }),
    ]) {
      assert.equal(value.kind, 'unknown');
      assert.ok(
        !JSON.stringify(value.kind === 'unknown' ? [value.expression, value.parts] : '').includes('hunter2'),
      );
    }
  });
  test('a secret that is empty by default says that there is none', () => {
    assert.equal(stringFrom(shown('{Type: String, NoEcho: true, Default: ""}')), '');
  });
  test('a name in the Parameter Store is not the value', () => {
    const value = shown("{Type: 'AWS::SSM::Parameter::Value<String>', Default: /my/ami}");
    assert.equal(value.kind, 'unknown');
    assert.match(showValue(value), /\/my\/ami/);
  });
});

describe('loops', () => {
  test('make their resources, with names in keys, texts and references', () => {
    const reading = readForTest(`
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'files, logs-1'}
Resources:
  Fn::ForEach::Buckets:
    - Name
    - !Ref Names
    - Bucket&{Name}:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: !Sub 'x-\${Name}'
          Other: !Ref Name
`);
    assert.deepEqual(
      reading.resources.map(({ name }) => name),
      ['Bucketfiles', 'Bucketlogs1'],
    );
    assert.equal(stringFrom(reading.property('Bucketlogs1', 'BucketName')), 'x-logs-1');
    assert.equal(stringFrom(reading.property('Bucketfiles', 'Other')), 'files');
  });

  test('over what is not known are noted with their line', () => {
    const { resources, noteLines } = readForTest(`
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Fixed: {Type: AWS::S3::Bucket}
  Fn::ForEach::Buckets: [Name, !Ref Names, {'B\${Name}': {Type: AWS::S3::Bucket}}]
`);
    assert.equal(resources.length, 1);
    assert.match(noteLines.join(), /^unsupported test\.yaml:5:3 the collection of this loop is not known/);
  });

  test('that multiply without end are cut off with a problem', () => {
    const items = `[${Array.from({ length: 60 }, (_, index) => `a${index}`).join(', ')}]`;
    const nested = (depth: number): string =>
      depth === 0
        ? '{"B${X1}${X2}${X3}${X4}": {Type: "AWS::S3::Bucket"}}'
        : `{"Fn::ForEach::L${depth}": [X${depth}, ${items}, ${nested(depth - 1)}]}`;
    const { file, root } = templateFile(`Resources: ${nested(4)}\n`);
    const notes: NotAnalysed[] = [];
    expandLoops(root, {
      file,
      collection: (node) =>
        node.kind === 'list' ? node.items.map((item) => stringOf(item) ?? '') : undefined,
      report: (note) => notes.push(note),
      mostNodes: 1_000,
    });
    assert.deepEqual(
      notes.map(({ kind, reason }) => [kind, reason.en]),
      [['input', 'the loops of this template make more than 1000 nodes; the rest was not read']],
    );
  });
});

describe('dependencies', () => {
  const cycles = (body: string) =>
    readForTest(`Resources:\n${body}`).noteLines.filter((line) => line.includes('circular'));

  test('in a circle are a problem at the first of them, once', () => {
    const lines = cycles(
      '  A: {Type: AWS::S3::Bucket, DependsOn: B}\n  B: {Type: AWS::S3::Bucket, Properties: {Name: !Ref C}}\n  C: {Type: AWS::S3::Bucket, Properties: {Name: !Sub "${A.Arn}"}}\n',
    );
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^input test\.yaml:2:3 .*A, B, C$/);
  });
  test('on itself are a circle, too', () => {
    assert.equal(cycles('  A: {Type: AWS::S3::Bucket, Properties: {Name: !Ref A}}\n').length, 1);
  });
  test('without a circle are none', () => {
    assert.deepEqual(
      cycles(
        '  A: {Type: AWS::S3::Bucket}\n  B: {Type: AWS::S3::Bucket, DependsOn: A, Properties: {X: !Ref A}}\n',
      ),
      [],
    );
  });
});

describe('several stacks', () => {
  test('an export named after its stack is found by the name of the stack', () => {
    const reading = readForTest([
      templateFile(
        "Resources: {Vpc: {Type: AWS::EC2::VPC}}\nOutputs:\n  Id: {Value: !Ref Vpc, Export: {Name: !Sub '${AWS::StackName}-vpc'}}\n",
        'network',
      ),
      templateFile(
        "Parameters: {Network: {Type: String, Default: network}}\nResources:\n  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue {'Fn::Sub': '${Network}-vpc'}}}\n",
        'app',
      ),
    ]);
    assert.equal(referenceFrom(reading.property('S', 'VpcId'))?.resource, 'cfn:network/Vpc');
  });

  test('imports that lead back to themselves stay unknown', () => {
    const loop = (own: string, other: string) =>
      templateFile(
        `Resources: {${own}: {Type: AWS::S3::Bucket, Properties: {BucketName: !ImportValue ${other}}}}\nOutputs:\n  O: {Value: !ImportValue ${other}, Export: {Name: ${own}}}\n  P: {Value: x, Export: {Name: !ImportValue ${other}}}\n`,
        own,
      );
    const reading = readForTest([loop('A', 'B'), loop('B', 'A')]);
    assert.equal(reading.property('A', 'BucketName').kind, 'unknown');
  });

  test('a nested stack below an open condition may not exist, and a list comes to it whole', () => {
    const child = templateFile(
      'Parameters: {Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}}\nResources:\n  G: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: !Ref Subnets}}\n',
      'parent.Child',
    );
    const parent = templateFile(
      `Parameters: {Open: {Type: String}}
Conditions: {Maybe: !Equals [!Ref Open, x]}
Resources:
  A: {Type: AWS::EC2::Subnet}
  B: {Type: AWS::EC2::Subnet}
  Child:
    Type: AWS::CloudFormation::Stack
    Condition: Maybe
    Properties: {TemplateURL: child.yaml, Parameters: {Subnets: !Join [',', [!Ref A, !Ref B]]}}
`,
      'parent',
    );
    const reading = readForTest([{ ...parent, nested: new Map([['Child', child]]) }]);
    const group = reading.resource('G');
    assert.equal(group.id, 'cfn:parent.Child/G');
    assert.equal(group.exists.is, 'unknown');
    assert.deepEqual(
      itemsOf(reading.property('G', 'SubnetIds')).map((item) => referenceFrom(item)?.resource),
      ['cfn:parent/A', 'cfn:parent/B'],
    );
  });
});

describe('quotas', () => {
  test('more than 500 resources are read, and CloudFormation would refuse them', () => {
    const many = Array.from({ length: 501 }, (_, index) => `  B${index}: {Type: AWS::S3::Bucket}\n`).join('');
    const { resources, noteLines } = readForTest(`Resources:\n${many}`);
    assert.equal(resources.length, 501);
    assert.match(
      noteLines.join(),
      /^outside test\.yaml:1:1 resources: 501, CloudFormation takes at most 500$/,
    );
  });
});

describe('a template means the same in YAML and in JSON', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{1,6}$/);
  const leaf = fc.oneof(
    fc.string({ maxLength: 8 }).filter((text) => !text.includes('${') && !text.includes('{{')),
    fc.integer({ min: -1000, max: 1000 }),
    fc.boolean(),
    name.map((target) => ({ Ref: target })),
    name.map((target) => ({ 'Fn::Sub': `a-\${${target}}-\${AWS::Region}` })),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    ),
  }));

  test('with every property and reference', async () => {
    const { stringify } = await import('yaml');
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.dictionary(name, value, { maxKeys: 3 }), { minKeys: 1, maxKeys: 4 }),
        (all) => {
          const Resources = Object.fromEntries(
            Object.entries(all).map(([key, Properties]) => [key, { Type: 'AWS::S3::Bucket', Properties }]),
          );
          const shape = (content: string) =>
            readForTest(content).resources.map(({ id, properties }) => [id, plain(properties)]);
          assert.deepEqual(shape(stringify({ Resources })), shape(JSON.stringify({ Resources })));
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** A value without its places and its way of writing. */
function plain(value: ReturnType<ReturnType<typeof readForTest>['property']>): unknown {
  switch (value.kind) {
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
    case 'list':
      return value.items.map(plain);
    case 'unknown':
      return value.parts;
    case 'oneOf':
      return value.options.map(plain);
    default:
      return value.kind === 'known' ? value.value : null;
  }
}

describe('address blocks', () => {
  test('are cut into parts that follow each other and stay inside', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 24 }), fc.integer({ min: 1, max: 16 }), (prefix, count) => {
        const parts = subnetsWithin(`10.0.0.0/${prefix}`, count, 4);
        assert.equal(parts?.length, count);
        assert.equal(parts?.[0], '10.0.0.0/28');
        assert.equal(new Set(parts).size, count);
      }),
      { numRuns: 50 },
    );
  });
  test('without room, or that are none, give nothing', () => {
    assert.equal(subnetsWithin('10.0.0.0/28', 17, 2), undefined);
    assert.equal(subnetsWithin('10.0.0/8', 1), undefined);
    assert.equal(subnetsWithin('nonsense', 1), undefined);
  });
});
